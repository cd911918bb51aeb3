import { may } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { householdKeys } from '../households/subject.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { officeTitle, placeByNo, placeNames, placeSubject } from '../places/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { qr } from '../web/qr.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { drawForm, revisitForm } from './form.ts';
import { holdDraw } from './hold-draw.ts';
import { lotsAmong } from './lots.ts';
import { showVillage, villageAt } from './pages.ts';
import { drawById, lotsOf, results } from './queries.ts';
import { recordRevisit, revisitSubject } from './revisit.ts';

async function takeDraw(visit: Visit): Promise<Reply> {
  const { round, village } = await villageAt(visit, 'fairness.check');
  const { seed, source } = taken(drawForm, visit.raw);
  const given = typed(visit.raw, 'id');
  const id = isId(given) ? given : newId();
  await holdDraw(visit.office, visit.actor, { id, round: round.no, village: village.no, seed, source });
  return seeOther(`/draws/${id}`, '抽好了。把号码和抽法打印出来，贴到公示栏。');
}

async function drawAt(visit: Visit) {
  const { read } = visit.office;
  const draw = await drawById(read, visit.params['id'] ?? '');
  const [village, round, names] = [await placeByNo(read, draw.village), await roundByNo(read, draw.round), await placeNames(read, [draw.village])];
  const lots = await lotsOf(read, draw.id);
  const seen = lots.filter(lot => lot.result === 'same' || lot.result === 'differs');
  return { draw, village, round, lots, told: { seed: draw.seed, source: draw.source, among: draw.among, lots: lotsAmong(draw.among), on: draw.drawn_on, seen: seen.length, same: seen.filter(lot => lot.result === 'same').length, place: names.get(draw.village)?.full ?? '', round: round.name } };
}

/** The households that were drawn, for whoever goes to see them again. */
async function showDraw(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { draw, village, round, lots, told } = await drawAt(visit);
  const leave = may(visit.actor, 'revisit.read', placeSubject(village));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const { read } = visit.office;
  const keys = new Map((await householdKeys(read, lots.map(lot => lot.subject))).map(key => [key.no, key]));
  const rows = await Promise.all(lots.map(async (lot, at) => {
    const key = keys.get(lot.subject);
    const isOpen = lot.result === null || lot.result === 'away';
    const allowed = key === undefined || !isOpen ? false : may(visit.actor, 'revisit.record', await revisitSubject(read, round.no, key));
    const isTyped = visit.method === 'POST' && typed(visit.raw, 'household') === lot.id;
    return {
      id: lot.id, number: numberText(lot.household_no), name: lot.head_name, group: lot.group ?? '', sheet: `/observations/${round.id}/${lot.id}/check`, state: lot.result === null ? undefined : { icon: lot.result === 'same' ? 'tick' : lot.result === 'differs' ? 'half' : 'clock', kind: lot.result === 'same' ? 'done' : 'moving', words: results[lot.result] }, words: lot.words ?? '',
      can: allowed === true, why: typeof allowed === 'string' && isOpen ? allowed : undefined, opened: isTyped, form: formModel(revisitForm, { prefix: `l${at}-`, raw: isTyped ? visit.raw : {}, faults: isTyped ? trouble?.faults ?? [] : [] }),
    };
  }));
  return page('fairness/draw', {
    title: `抽查回访 ${village.name}`, heading: `${village.name}抽查回访`, crumbs: [...may(visit.actor, 'fairness.read', placeSubject(village)) === true ? [{ label: '公平监测', href: '/fairness' }, { label: village.name, href: `/fairness/${round.id}/${village.id}` }] : [{ label: village.name }], { label: '抽查回访' }],
    here: `/draws/${draw.id}`, rows, told, seesFacts: may(visit.actor, 'observation.read', placeSubject(village)) === true,
  });
}

async function takeRevisit(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { result, words = '' } = taken(revisitForm, visit.raw);
  await recordRevisit(visit.office, visit.actor, { draw: id, household: typed(visit.raw, 'household'), result, words });
  return seeOther(`/draws/${id}`, result === 'differs' ? '记下了。要改的，照平常采集去改，两份不一样的由村里定。' : '记下了。');
}

/** To be posted beside the notices: the number, where it comes from, how it draws. Nobody is named. */
async function printDraw(visit: Visit): Promise<Reply> {
  const { draw, village, told } = await drawAt(visit);
  const leave = may(visit.actor, 'revisit.read', placeSubject(village));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  return page('fairness/print', { title: `抽查回访公告 ${village.name}`, paper: 'a4', back: { label: '回到抽查回访', href: `/draws/${draw.id}` }, told, office: await officeTitle(visit.office.read), code: qr(`${visit.origin}/draws/${draw.id}/public`, '扫码看抽法和结果') });
}

async function showPublic(visit: Visit): Promise<Reply> {
  const { told } = await drawAt(visit);
  return page('fairness/public', { title: '抽查回访', heading: `${told.place}抽查回访`, told }, { cache: 'public' });
}

export const drawRoutes: readonly Route[] = [
  post('/fairness/:round/:village/draw', { power: 'fairness.check', handle: takeDraw, again: showVillage }),
  get('/draws/:id', { power: 'revisit.read', handle: showDraw }),
  post('/draws/:id/revisits', { power: 'revisit.record', handle: takeRevisit, again: showDraw }),
  get('/draws/:id/print', { power: 'revisit.read', handle: printDraw }),
  get('/draws/:id/public', { power: 'anyone', handle: showPublic, open: true }),
];
