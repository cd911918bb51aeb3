import type { Knex } from 'knex';
import { may, reach } from '../access/may.ts';
import { calendarNow } from '../calendar/queries.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { nameFor } from '../kit/mask.ts';
import type { Day } from '../kit/time.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeByNo, placeSubject } from '../places/queries.ts';
import { roundById, roundByNo } from '../rounds/round.ts';
import { titlesHanging } from '../titles/notice.ts';
import { titleKinds } from '../titles/title.ts';
import { overridesOf } from '../standards/overrides.ts';
import { formModel } from '../web/form-model.ts';
import { json, page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { qr } from '../web/qr.ts';
import { endNotice } from './end.ts';
import { postForm, unpostForm } from './form.ts';
import { letterNumber } from '../objections/letter.ts';
import { inThreeRuns, isNoticeStage, lastDay, noticeDays, noticeStages } from './notice.ts';
import { keepPhoto } from './photo.ts';
import { proofOf, rootOf } from './proof.ts';
import { noticeSubject, postNotice, toPost } from './post.ts';
import { gradesFor, gradeText, shownMany, shownOf } from './present.ts';
import { correctedBy, heldUnder, lettersOf, namedIn, noticeById, noticesBelow, noticesInForce, type Notice } from './queries.ts';
import { unpostNotice } from './unpost.ts';

/** Officers see what hangs in their places; anyone else sees what hangs now, and may object. */
async function index(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  if (visit.actor.kind !== 'officer') {
    const hanging = (await shownMany(read, await noticesInForce(read, visit.day), visit.day)).map(shown => ({ ...shown, href: `/notices/${shown.id}/public` }));
    const titles = (await titlesHanging(read, '/', visit.day)).map(({ title, notice, round }) => ({ name: title.place.name, what: titleKinds[title.kind], until: notice.until, href: `/titles/${round}/${title.place.id}/public` }));
    const all = hanging.length + titles.length;
    return page('notices/in-force', { title: '公示', heading: all === 0 ? '现在没有正在公示的名单' : `正在公示 ${all} 份`, hanging, titles });
  }
  const rows = await noticesBelow(read, reach(visit.actor, 'notice.read'), 500);
  const ended = new Set(rows.filter(notice => notice.ended_on !== null).map(notice => notice.id));
  const found = (await shownMany(read, rows, visit.day)).map(shown => ({ ...shown, href: `/notices/${shown.id}`, ended: ended.has(shown.id) }));
  const hanging = found.filter(one => one.down === undefined && !one.ended);
  return page('notices/index', { title: '公示', heading: hanging.length === 0 ? '现在没有正在公示的名单' : `正在公示 ${hanging.length} 份`, hanging, past: found.filter(one => one.down !== undefined || one.ended) });
}

/** Posting cannot be taken back once somebody has objected: its own page states the effect in numbers. */
async function showNew(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const asked = (name: string): string => visit.method === 'POST' ? typed(visit.raw, name) : visit.query[name] ?? '';
  const stage = asked('stage');
  const [round, village] = [await roundById(read, asked('round')), await placeById(read, asked('place'))];
  if (!isNoticeStage(stage) || village.kind !== 'village' || !village.path.startsWith(round.path)) return common.refuse('not-found');
  const leave = may(visit.actor, 'notice.post', await noticeSubject({ read }, village, stage));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  const waiting = await toPost({ read }, { round, village, stage });
  const last = await read('notices').where({ place_no: village.no }).orderBy('posted_on', 'desc').first('where_posted', 'phone') as { where_posted: string; phone: string } | undefined;
  const raw = visit.method === 'POST' ? visit.raw : { id: newId(), round: round.id, place: village.id, stage, where: last?.where_posted ?? '', phone: last?.phone ?? '' };
  const until = lastDay(visit.day, noticeDays(stage, round), await calendarNow(read));
  return page('notices/new', {
    title: noticeStages[stage].says, heading: waiting.length === 0 ? `${village.name}：现在没有可以公示的户` : `${village.name}：贴${noticeStages[stage].says}，${waiting.length} 户`, crumbs: [{ label: '公示', href: '/notices' }, { label: round.name, href: `/rounds/${round.id}` }, { label: village.name }],
    count: waiting.length, again: waiting.filter(one => one.corrects !== null).length, days: noticeDays(stage, round), until, final: stage === 'final', form: formModel(postForm, { raw, faults: trouble?.faults ?? [] }), hidden: ['id', 'round', 'place', 'stage'].map(name => ({ name, value: typed(raw, name) })),
  });
}

async function hang(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const given = taken(postForm, visit.raw);
  const [round, village] = [await roundById(read, given.round), await placeById(read, given.place)];
  const hung = await postNotice(visit.office, visit.actor, { ...given, round, village });
  return seeOther(`/notices/${hung.id}`, `贴出了 ${hung.named + hung.unnamed} 户：列名 ${hung.named} 户，不列名的 ${hung.unnamed} 户另外送信。现在打印出来贴上，再拍一张照片。`);
}

interface Open { readonly notice: Notice; readonly village: Place; readonly canPost: boolean }
async function opened({ office: { read }, actor, params }: Visit, power: 'notice.read' | 'notice.post' = 'notice.read'): Promise<Open> {
  const notice = await noticeById(read, params['id'] ?? '');
  const village = await placeByNo(read, notice.place_no);
  const leave = may(actor, power, power === 'notice.read' ? placeSubject(village) : await noticeSubject({ read }, village, notice.stage));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  return { notice, village, canPost: may(actor, 'notice.post', await noticeSubject({ read }, village, notice.stage)) === true };
}

async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const { notice, canPost } = await opened(visit);
  const shown = await shownOf(read, notice, visit.day);
  const grades = await gradesFor(read, notice);
  const [held, named] = await Promise.all([heldUnder(read, notice), namedIn(read, notice.id)]);
  const running = notice.ended_on === null && shown.down === undefined;
  return page('notices/show', {
    title: `${shown.says} ${shown.village}`, heading: headingOf(shown, { running, canPost }), crumbs: [{ label: '公示', href: '/notices' }, { label: shown.roundName, href: `/rounds/${shown.roundId}` }, { label: shown.full }], sheet: shown, held, running, canPost, final: notice.stage === 'final',
    canEnd: canPost && running && shown.over, canUnpost: canPost && running && !shown.over, photo: notice.photo === null ? undefined : `/evidence/${notice.photo}`, root: (await rootOf(read, notice.id)).slice(0, 16), proof: `/notices/${notice.id}/proof.json`,
    rows: named.map(entry => ({ shown: entry.shown, group: entry.group_name, mark: grades.mark(entry.grade), again: entry.corrects !== null })), corrected: await correctedDays(read, named), form: formModel(unpostForm, { raw: visit.raw, faults: trouble?.faults ?? [] }),
    photoFault: trouble !== undefined && trouble.faults.every(fault => fault.field !== 'reason') ? trouble.words : undefined,
  });
}

function headingOf(shown: { readonly village: string; readonly says: string; readonly over: boolean; readonly left: number; readonly down: unknown }, { running, canPost }: { readonly running: boolean; readonly canPost: boolean }): string {
  if (shown.down !== undefined) return `${shown.village}：${shown.says}已经取下`;
  if (!running) return `${shown.village}：${shown.says}已经期满`;
  return shown.over ? `${shown.village}：${shown.says}期满了，${canPost ? '可以结束' : '等着结束'}` : `${shown.village}：${shown.says}，还有 ${shown.left} 个工作日`;
}

async function end(visit: Visit): Promise<Reply> {
  const { notice } = await opened(visit);
  const count = await endNotice(visit.office, visit.actor, notice.id);
  return seeOther(`/notices/${notice.id}`, `结束了公示，${count} 户往下走。有异议的户等答复以后再走。`);
}

async function unpost(visit: Visit): Promise<Reply> {
  const { notice } = await opened(visit);
  const count = await unpostNotice(visit.office, visit.actor, { id: notice.id, ...taken(unpostForm, visit.raw) });
  return seeOther(`/notices/${notice.id}`, `取下了公示，${count} 户回到贴公示以前。`);
}

async function addPhoto(visit: Visit): Promise<Reply> {
  const { notice } = await opened(visit);
  const photo = visit.files.find(file => file.field === 'photo');
  if (photo === undefined) return common.refuse('faults', { say: '请选一张照片。' });
  await keepPhoto(visit.office, visit.actor, { id: notice.id, source: { path: photo.path } });
  return seeOther(`/notices/${notice.id}`, '照片收好了。');
}

/** Whose paper it is: the village's first, the township's after. */
const senderOf = (notice: Notice, shown: { readonly village: string; readonly township: string }): string => notice.stage === 'village' ? `${shown.village}评议小组` : `${shown.township}信用评定委员会`;

/** The sheet for the board: A4, three runs, place to object and QR. */
async function print(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const { notice } = await opened(visit);
  const shown = await shownOf(read, notice, visit.day);
  const grades = await gradesFor(read, notice);
  const named = await namedIn(read, notice.id);
  const rows = named.map(entry => ({ group: entry.group_name, name: entry.shown, text: `${gradeText(grades, entry.grade)}${entry.corrects === null ? '' : '※'}` }));
  return page('notices/print', {
    title: `${shown.heading} ${shown.full}`, paper: 'a4', back: { label: '回到这份公示', href: `/notices/${notice.id}` }, sheet: shown, sender: senderOf(notice, shown), final: notice.stage === 'final', corrected: await correctedDays(read, named), runs: inThreeRuns(rows).map(cells => ({ cells: cells.map((cell, at) => ({ cell, first: at === 0 })) })),
    code: qr(`${visit.origin}/object/${notice.id}`, '扫码对公示提意见'), root: (await rootOf(read, notice.id)).match(/.{32}/g) ?? [], overrides: await overridesFor(read, notice),
  });
}

/** The proof of each line of what hung, as a file for the archive or for whoever wants to check one of them. */
async function proof(visit: Visit): Promise<Reply> {
  const { notice } = await opened(visit);
  return json(await proofOf(visit.office.read, notice.id) ?? common.refuse('not-found'));
}

/** One sheet for each household that is not named: the same result, the same days to object. */
async function letters(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const { notice } = await opened(visit, 'notice.post');
  const shown = await shownOf(read, notice, visit.day);
  const grades = await gradesFor(read, notice);
  const found = await lettersOf(read, notice);
  if (found.length > lettersMost) return common.refuse('bad-request', { say: `没列名的有 ${found.length} 户，一次最多印 ${lettersMost} 封。` });
  const corrected = await correctedBy(read, found);
  return page('notices/letters', {
    title: `结果通知 ${shown.full}`, paper: 'a4', back: { label: '回到这份公示', href: `/notices/${notice.id}` }, sheet: shown, sender: senderOf(notice, shown), final: notice.stage === 'final',
    letters: found.map(one => ({ no: letterNumber(one), corrected: corrected.get(one.corrects ?? ''), head: nameFor('self', one.head_name), group: one.group_name, text: gradeText(grades, one.grade), code: qr(`${visit.origin}/object/${notice.id}?row=${letterNumber(one)}`, '扫码提意见') })), overrides: await overridesFor(read, notice),
  });
}
const lettersMost = 2_000;

/** What the standard of the round holds on a county's written word only. */
const overridesFor = async (read: Knex, notice: Notice): Promise<readonly string[]> => overridesOf(read, (await roundByNo(read, Number(notice.round))).household_standard);

/** Days of the announcements that this one corrects. */
const correctedDays = async (read: Knex, named: Parameters<typeof correctedBy>[1]): Promise<readonly Day[]> => [...new Set((await correctedBy(read, named)).values())];

/** For anyone: what hangs on the board, masked as there, each line with the way to object. */
async function showPublic(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const notice = await noticeById(read, visit.params['id'] ?? '');
  const shown = await shownOf(read, notice, visit.day);
  const grades = await gradesFor(read, notice);
  const isVisible = shown.down === undefined && (!shown.over || notice.stage === 'final');
  const named = isVisible ? await namedIn(read, notice.id) : [];
  return page('notices/public', {
    title: `${shown.heading} ${shown.full}`, sheet: shown, visible: isVisible, objectHref: `/object/${notice.id}`, corrected: await correctedDays(read, named),
    rows: named.map(entry => ({ group: entry.group_name, name: entry.shown, mark: grades.mark(entry.grade), again: entry.corrects !== null, href: `/object/${notice.id}?row=${entry.seq}` })),
  }, { cache: 'public' });
}

export const noticeRoutes: readonly Route[] = [
  get('/notices', { power: 'anyone', handle: index }),
  get('/notices/new', { power: 'notice.post', handle: showNew }),
  post('/notices', { power: 'notice.post', handle: hang, again: showNew }),
  get('/notices/:id', { power: 'notice.read', handle: show }),
  post('/notices/:id/end', { power: 'notice.post', handle: end, again: show }),
  post('/notices/:id/unpost', { power: 'notice.post', handle: unpost, again: show }),
  post('/notices/:id/photo', { power: 'notice.post', handle: addPhoto, again: show, uploads: { fields: ['photo'], mostBytes: limits.photoBytes } }),
  get('/notices/:id/print', { power: 'notice.read', handle: print }),
  get('/notices/:id/proof.json', { power: 'notice.read', handle: proof }),
  get('/notices/:id/letters', { power: 'notice.post', handle: letters }),
  get('/notices/:id/public', { power: 'anyone', open: true, handle: showPublic }),
];
