import { holds, may, reach } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { typed } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeByNo, placesBelow, placeSubject } from '../places/queries.ts';
import { gradesOf } from '../panels/grades.ts';
import { changedSince } from '../ratings/since-approved.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { endOf, isOpen, outcomeWords } from './award.ts';
import { agreeable, agreeAll, seenOf } from './agree.ts';
import { isUntouched, takeBackCheck } from './check.ts';
import { outcomeLine, stateOf } from './present.ts';
import { proposeKept } from './propose.ts';
import { annualById, changesOf, type Annual } from './queries.ts';
import { reckonHouseholds, reckonTitle, type Reckoned } from './reckon.ts';

interface At { readonly annual: Annual; readonly round: Round }
async function checkAt(visit: Visit): Promise<At> {
  const annual = await annualById(visit.office.read, visit.params['id'] ?? '');
  if (!reach(visit.actor, 'award.read').some(path => annual.path.startsWith(path) || path.startsWith(annual.path))) common.refuse('not-allowed', { why: '不在您的片区' });
  return { annual, round: await roundByNo(visit.office.read, annual.round) };
}
const readingOf = ({ office }: Visit) => ({ read: office.read, dialect: office.store.dialect });

/** Village by village: how many certificates, how many looked at; and the titles themselves. */
async function showCheck(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const { annual, round } = await checkAt(visit);
  const villages = (await placesBelow(read, annual.path, 'village')).filter(village => may(visit.actor, 'award.read', placeSubject(village)) === true);
  const counts: { village: number; n: number | string }[] = await read('certificates').join('cases', join => join.on('cases.round', 'certificates.round').andOn('cases.subject', 'certificates.subject')).join('subjects', 'subjects.no', 'certificates.subject')
    .where({ 'certificates.round': round.no, 'subjects.kind': 'household', 'cases.standing': 'published' }).whereNull('certificates.revoked_on').whereIn('cases.village', villages.map(one => one.no)).groupBy('cases.village').select('cases.village').count({ n: '*' });
  const left: typeof counts = await read('certificates').join('cases', join => join.on('cases.round', 'certificates.round').andOn('cases.subject', 'certificates.subject')).join('subjects', 'subjects.no', 'certificates.subject')
    .where({ 'certificates.round': round.no, 'subjects.kind': 'household', 'cases.standing': 'published' }).whereNull('certificates.revoked_on').whereIn('cases.village', villages.map(one => one.no))
    .whereNotExists(read('award_changes').join('award_steps', 'award_steps.change', 'award_changes.id').where('award_changes.annual', annual.id).whereRaw('award_changes.subject = certificates.subject').whereIn('award_steps.step', ['agreed', 'declined']).select('award_changes.id')).groupBy('cases.village').select('cases.village').count({ n: '*' });
  const of = (rows: typeof counts, village: Place): number => Number(rows.find(row => row.village === village.no)?.n ?? 0);
  const own = await placeByNo(read, annual.place_no);
  const titled = (await Promise.all([...villages, ...may(visit.actor, 'award.read', placeSubject(own)) === true ? [own] : []].map(async place => ({ place, found: await reckonTitle(read, round, place, visit.day) })))).flatMap(({ place, found }) => found === undefined ? [] : [{ place, found }]);
  const changes = await changesOf(read, round.no, titled.map(({ found }) => found.subject));
  return page('awards/check', {
    title: `${annual.place} ${annual.year} 年年审`, crumbs: [{ label: '年审和变动', href: '/awards' }, { label: `${annual.year} 年` }], until: annual.until, valid: annual.valid_until, here: `/awards/checks/${annual.id}`, canDrop: may(visit.actor, 'award.check', placeSubject(own)) === true && await isUntouched(read, annual.id),
    rows: villages.map(village => ({ name: village.name, href: `/awards/checks/${annual.id}/${village.id}`, all: of(counts, village), left: of(left, village) })).filter(row => row.all > 0),
    titles: titled.map(({ place, found }) => { const change = changes.findLast(one => one.subject === found.subject && (isOpen(one) || one.annual === annual.id)); return { name: place.name, what: place.kind === 'village' ? '信用村' : '信用乡镇', met: found.outcome === 'keep', href: change === undefined ? `/awards/propose/${round.id}/${place.id}?annual=${annual.id}` : `/awards/${change.id}`, state: change === undefined ? { icon: 'circle', kind: '', words: '还没提' } : stateOf(change, visit.day, 'village') }; }),
  });
}

/** One village: nothing changed, something changed, put forward, done. */
async function showVillage(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const { annual, round } = await checkAt(visit);
  const village = await villageIn(visit, annual);
  const [found, since, grades] = [await reckonHouseholds(readingOf(visit), round, village, visit.day), await changedSince(readingOf(visit), { round, day: visit.day, villages: [village.no] }), (await gradesOf(read, round.household_standard)).rows];
  const changes = await changesOf(read, round.no, found.map(one => one.subject));
  const latest = new Map(changes.filter(one => isOpen(one) || one.annual === annual.id && endOf(one)?.step !== 'dropped').map(one => [one.subject, one]));
  const fresh = found.filter(one => !latest.has(one.subject));
  const lineOf = (one: Reckoned) => ({ number: numberText(one.household_no ?? 0), name: one.name, href: `/awards/propose/${round.id}/${one.id}?annual=${annual.id}`, code: one.code, what: one.outcome === undefined ? '' : outcomeLine(one.outcome, one.code, grades[one.score.grade]?.code ?? ''), words: [...one.held > 0 ? ['有异议在办，答复了再提'] : [], ...one.outcome === undefined ? ['还缺项，算不出来，先补齐'] : [], ...since.find(row => row.subject === one.subject)?.words ?? []] });
  const openOnes = found.flatMap(one => { const change = latest.get(one.subject); return change === undefined ? [] : [{ one, change }]; });
  const agree = holds(visit.actor, 'case.approve') ? await agreeable(readingOf(visit), visit.actor, { round, village, day: visit.day }) : [];
  return page('awards/village', {
    title: `${village.name} ${annual.year} 年年审`, crumbs: [{ label: '年审和变动', href: '/awards' }, { label: `${annual.place} ${annual.year} 年`, href: `/awards/checks/${annual.id}` }, { label: village.name }], here: `/awards/checks/${annual.id}/${village.id}`, valid: annual.valid_until,
    heading: fresh.length === 0 ? `${village.name}：都看过了` : `${village.name}：还有 ${fresh.length} 户要看`, canPropose: may(visit.actor, 'award.propose', placeSubject(village)) === true,
    kept: fresh.filter(one => one.outcome === 'keep' && one.held === 0).map(lineOf), changed: fresh.filter(one => one.outcome !== undefined && one.outcome !== 'keep' && one.held === 0).map(lineOf), stopped: fresh.filter(one => one.outcome === undefined || one.held > 0).map(lineOf),
    open: openOnes.filter(({ change }) => isOpen(change)).map(({ one, change }) => ({ number: numberText(one.household_no ?? 0), name: one.name, href: `/awards/${change.id}`, what: outcomeWords[change.outcome], state: stateOf(change, visit.day, 'household') })),
    agree: agree.length, seen: seenOf(agree), done: openOnes.filter(({ change }) => !isOpen(change)).length,
  });
}

async function villageIn(visit: Visit, annual: Annual): Promise<Place> {
  const village = await placeById(visit.office.read, visit.params['village'] ?? '');
  if (village.kind !== 'village' || !village.path.startsWith(annual.path)) return common.refuse('not-found');
  const leave = may(visit.actor, 'award.read', placeSubject(village));
  return leave === true ? village : common.refuse('not-allowed', { why: leave });
}

async function takeKept(visit: Visit): Promise<Reply> {
  const { annual } = await checkAt(visit);
  const village = await villageIn(visit, annual);
  const count = await proposeKept(visit.office, visit.actor, { annual: annual.id, village: village.id });
  return seeOther(`/awards/checks/${annual.id}/${village.id}`, `${count} 户提了“保持”，等镇里定。`);
}

async function takeAgree(visit: Visit): Promise<Reply> {
  const { annual } = await checkAt(visit);
  const village = await villageIn(visit, annual);
  const count = await agreeAll(visit.office, visit.actor, { round: annual.round, village, seen: typed(visit.raw, 'seen') });
  return seeOther(`/awards/checks/${annual.id}/${village.id}`, `${count} 户定好了。`);
}

async function takeDrop(visit: Visit): Promise<Reply> {
  await takeBackCheck(visit.office, visit.actor, visit.params['id'] ?? '');
  return seeOther('/awards', '撤回了。改好日子，可以重新开。');
}

export const checkRoutes: readonly Route[] = [
  get('/awards/checks/:id', { power: 'award.read', handle: showCheck }),
  get('/awards/checks/:id/:village', { power: 'award.read', handle: showVillage }),
  post('/awards/checks/:id/drop', { power: 'award.check', handle: takeDrop }),
  post('/awards/checks/:id/:village/kept', { power: 'award.propose', handle: takeKept, again: showVillage }),
  post('/awards/checks/:id/:village/agree', { power: 'case.approve', handle: takeAgree, again: showVillage }),
];
