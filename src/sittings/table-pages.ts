import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { docketOf, drawn } from '../panels/docket.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { post, get, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { begin } from './begin.ts';
import { confirm } from './confirm.ts';
import { choicesOf, itemForm, pinForm, rollForm } from './form.ts';
import type { Item, Whole } from './load.ts';
import { show } from './pages.ts';
import { docketHref, headOf, itemLine, mayAct, sittingFor } from './present.ts';
import { callOff, endVoting, isFinished, itemName, voteAgain } from './settle.ts';
import { decisions, isVote, kinds, votes, voteNames, type Vote } from './sitting.ts';
import { castBallot, decideItem, votersOn } from './vote.ts';

async function roll(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { seats } = await sittingFor(visit);
  const count = await begin(visit.office, visit.actor, { id, ...taken(rollForm(choicesOf(seats)), visit.raw) });
  return seeOther(`/sittings/${id}`, `开会了，${count} 项要表决。`);
}

async function itemAsked(visit: Visit): Promise<{ readonly whole: Whole; readonly item: Item }> {
  const whole = await sittingFor(visit);
  return { whole, item: whole.items.find(one => String(one.no) === visit.params['no']) ?? common.refuse('not-found') };
}

/** One item on the table: what is proposed, who votes how, what the chair says. */
async function showItem(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { whole, item } = await itemAsked(visit);
  const { sitting } = whole;
  // What was decided stands in the minutes; the households have moved on since.
  if (sitting.state === 'done') return seeOther(`/sittings/${sitting.id}`);
  const head = await headOf(visit, whole);
  const isNew = visit.method !== 'POST';
  const raw = isNew ? { decision: item.decision ?? '', words: item.words, looked: item.looked ? 'yes' : '' } : visit.raw;
  const form = formModel(itemForm, { raw, faults: trouble?.faults ?? [] });
  const said = (officer: string): string => isNew ? item.votes.get(officer) ?? 'for' : typed(visit.raw, `vote_${officer}`);
  return page('sittings/item', {
    title: `${itemName(item)} ${head.name}`, heading: `${itemName(item)}${item.no === 0 ? '，一起表决' : ''}`, crumbs: [...head.crumbs, { label: `${head.says}会`, href: head.here }], here: head.here, line: itemLine(whole, item), ...await proposed(visit, whole, item),
    isOpen: sitting.ballot === 'open', voting: sitting.state === 'voting', acts: mayAct(visit, sitting.stage, whole.place), isVoted: item.isVoted, faults: form.faults,
    hands: sitting.ballot !== 'open' ? [] : votersOn(whole, item).map(seat => ({ name: `vote_${seat.officer}`, id: `vote_${seat.officer}`, kind: 'choices', label: seat.name, value: said(seat.officer), options: voteNames.map(vote => ({ name: `vote_${seat.officer}`, value: vote, label: votes[vote], checked: said(seat.officer) === vote })) })),
    decision: form.by['decision'], words: form.by['words'], looked: { on: raw['looked'] === 'yes', fault: trouble?.faults.find(fault => fault.field === 'looked')?.say }, decisionNote: Object.values(decisions).join('、'),
  });
}

/** What lies before the members: the household as its docket shows it, the drawn ones of the rest, or the title's page. */
async function proposed(visit: Visit, { sitting, round, place }: Whole, item: Item) {
  const { step } = kinds[sitting.stage];
  const link = docketHref(sitting.stage, round.id, place.id);
  if (step.of === 'title') return { titleHref: link, row: undefined, sample: [], drawn: 0 };
  const { read } = visit.office;
  const wanted = item.no === 0 ? drawn(item.cases.map(one => ({ ...one, household_no: one.household_no ?? 0 })), sitting.id) : item.cases;
  const dockets = await Promise.all(wanted.map(one => docketOf(read, { round, village: place, stage: step.stage, subject: one.subject })));
  const rows = dockets.flatMap(docket => [...docket.alone, ...docket.rest].map(row => ({ no: String(row.household_no).padStart(3, '0'), head: row.head_name, group: row.group_name ?? '', points: row.points, mark: docket.grades.mark(row.grade), before: row.before === undefined ? '—' : row.before === null ? '未参评' : row.before === '' ? '无等级' : row.before, reasons: row.reasons.map(reason => reason.words), why: `/ratings/${round.id}/${row.id}` })));
  return { titleHref: undefined, row: item.no === 0 ? undefined : rows[0], sample: item.no === 0 ? rows : [], drawn: item.no === 0 ? rows.length : 0 };
}

async function saveItem(visit: Visit): Promise<Reply> {
  const { whole, item } = await itemAsked(visit);
  const id = whole.sitting.id;
  const hands = new Map(Object.entries(visit.raw).flatMap(([name, value]): [string, Vote][] => name.startsWith('vote_') && isVote(value) ? [[name.slice(5), value]] : []));
  await decideItem(visit.office, visit.actor, { id, no: item.no, hands, ...taken(itemForm, visit.raw) });
  const next = whole.items.find(one => one.no !== item.no && one.cases.length > 0 && !isFinished(one));
  return seeOther(next === undefined ? `/sittings/${id}` : `/sittings/${id}/items/${next.no}`, `${itemName(item)}记下了。${next === undefined ? '每一项都表决过了。' : '接着看下一项。'}`);
}

async function showBallot(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const whole = await sittingFor(visit);
  const head = await headOf(visit, whole);
  const officer = visit.method === 'POST' ? typed(visit.raw, 'officer') : visit.query['who'] ?? '';
  const seat = whole.present.find(one => one.officer === officer && !one.voted) ?? common.refuse('not-found');
  const form = formModel(pinForm(choicesOf([seat])), { faults: trouble?.faults ?? [] });
  return page('sittings/ballot', {
    title: `投票：${seat.name}`, heading: `${seat.name}，请投票`, crumbs: [...head.crumbs, { label: `${head.says}会`, href: head.here }], here: head.here, action: `${head.here}/ballot`, officer: seat.officer, pin: form.by['pin'], faults: form.faults,
    items: whole.items.filter(item => item.cases.length > 0 && !item.aside.includes(seat.officer)).map(item => ({ ...itemLine(whole, item), kind: 'choices', name: `item_${item.no}`, id: `item_${item.no}`, label: `${itemName(item)} ${item.no === 0 ? '' : item.cases[0]?.head_name ?? ''}`, value: typed(visit.raw, `item_${item.no}`), fault: trouble?.faults.find(fault => fault.field === `item_${item.no}`)?.say, options: voteNames.map(vote => ({ name: `item_${item.no}`, value: vote, label: votes[vote], checked: typed(visit.raw, `item_${item.no}`) === vote })) })),
  });
}

async function saveBallot(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const cast = new Map(Object.entries(visit.raw).flatMap(([name, value]): [number, Vote][] => name.startsWith('item_') && isVote(value) ? [[Number(name.slice(5)), value]] : []));
  await castBallot(visit.office, visit.actor, { id, officer: typed(visit.raw, 'officer'), pin: typed(visit.raw, 'pin'), votes: cast });
  return seeOther(`/sittings/${id}`, '投好了，请把平板递给下一位。');
}

/** The step from vote to confirmation, back, or off. */
async function move(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const to = typed(visit.raw, 'to');
  if (to === 'confirming') { await endVoting(visit.office, visit.actor, id); return seeOther(`/sittings/${id}`, '表决完了。请委员看一遍，各自输确认密码。'); }
  if (to === 'voting') { await voteAgain(visit.office, visit.actor, id); return seeOther(`/sittings/${id}`, '回到表决，改好以后再请大家确认。'); }
  if (to !== 'dropped') return common.refuse('not-found');
  await callOff(visit.office, visit.actor, id);
  return seeOther('/sittings', '会取消了，什么都没有定。');
}

async function saveConfirm(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { present } = await sittingFor(visit);
  const outcome = await confirm(visit.office, visit.actor, { id, ...taken(pinForm(choicesOf(present)), visit.raw) });
  return seeOther(`/sittings/${id}`, outcome === 'done' ? '确认够了，会上定的都办好了，纪要也存好了。' : '确认了，请把平板递给下一位。');
}

export const tableRoutes: readonly Route[] = [
  post('/sittings/:id/roll', { power: 'sitting.hold', handle: roll, again: show }),
  get('/sittings/:id/items/:no', { power: 'sitting.read', handle: showItem }),
  post('/sittings/:id/items/:no', { power: 'sitting.hold', handle: saveItem, again: showItem }),
  get('/sittings/:id/ballot', { power: 'sitting.hold', handle: showBallot }),
  post('/sittings/:id/ballot', { power: 'sitting.hold', handle: saveBallot, again: showBallot }),
  post('/sittings/:id/state', { power: 'sitting.hold', handle: move, again: show }),
  post('/sittings/:id/confirm', { power: 'sitting.hold', handle: saveConfirm, again: show }),
];
