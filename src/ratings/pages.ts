import { may } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { householdKeyColumns, householdSubject, type HouseholdKey } from '../households/subject.ts';
import { usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { dayOf } from '../kit/time.ts';
import { isOver } from '../observations/span.ts';
import { placeNames } from '../places/queries.ts';
import { isDecided, isRated, marksAllowed, markWords, standingWords } from '../rounds/case.ts';
import { marksOf, roundAt } from '../rounds/queries.ts';
import { caseOf, type Round } from '../rounds/round.ts';
import { loadStandard } from '../standards/load.ts';
import { overridesOf } from '../standards/overrides.ts';
import { listBehind } from '../standards/village-items.ts';
import { sha256 } from '../store/trace.ts';
import { formModel } from '../web/form-model.ts';
import { qr } from '../web/qr.ts';
import { json, page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { adjust } from './adjust.ts';
import { adjustForm, reopenForm } from './form.ts';
import { gradeTable, ratingInForce, revisionsOf, type Rating } from './queries.ts';
import { rateOne } from './rate-one.ts';
import { outcomeWords } from './outcome.ts';
import { reopenCase } from './reopen.ts';
import { sheetCode } from './sheet-code.ts';
import { changedSince } from './since-approved.ts';
import { tellWhy } from './why.ts';
import { whyJson } from './why-json.ts';

interface Shown { readonly round: Round; readonly household: HouseholdKey; readonly head: string; readonly number: string; readonly village: string; readonly group: string; readonly here: string }

/** The household and round of the address, for somebody who may see its rating. */
async function shown(visit: Visit): Promise<Shown> {
  const { read } = visit.office;
  const round = await roundAt(read, visit.params['round'] ?? '');
  const row: (HouseholdKey & { readonly head_name: string; readonly household_no: number }) | undefined = await read('households').join('places', 'places.no', 'households.village_no').where('households.id', visit.params['household'] ?? '').first(...householdKeyColumns, 'households.head_name', 'households.household_no');
  if (row === undefined) return common.refuse('not-found');
  const { head_name, household_no, ...household } = row;
  const leave = may(visit.actor, 'rating.read', householdSubject(household));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const names = await placeNames(read, [household.village_no, ...household.group_no === null ? [] : [household.group_no]]);
  return {
    round, household, head: head_name, number: numberText(household_no),
    village: names.get(household.village_no)?.full ?? '', group: household.group_no === null ? '' : names.get(household.group_no)?.name ?? '', here: `/ratings/${round.id}/${household.id}`,
  };
}

/** Why this grade: rule, fact, source and day, points, caps, what is missing, the distance to the next grade. */
export async function showWhy(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const at = await shown(visit);
  const { round, household, here } = at;
  const [one, rating] = await Promise.all([caseOf(read, round.no, household.no), ratingInForce(read, round.no, household.no)]);
  const crumbs = [{ label: round.name, href: `/rounds/${round.id}` }, { label: at.village }, ...at.group === '' ? [] : [{ label: at.group }]];
  const subject = householdSubject(household);
  const marks = marksAllowed('household', one.standing, one.held > 0);
  const canRate = round.closed_on === null && marks.includes('rated') && may(visit.actor, 'rating.run', subject) === true;
  // The county sees why, and not what stands on the sheets.
  const reads = may(visit.actor, 'observation.read', subject) === true;
  const common_ = { tablet: usesTablet(visit), crumbs, number: at.number, head: at.head, here, standing: standingWords[one.standing], held: one.held > 0, canRate, back: reads ? `/rounds/${round.id}/cases/${household.id}` : undefined, statementHref: reads ? `/statements/${round.id}/${household.id}` : undefined, maySay: may(visit.actor, 'statement.keep', subject) === true, sheetHref: reads ? `/observations/${round.id}/${household.id}` : undefined };
  if (rating === undefined) return page('ratings/unrated', { title: '还没有算分', heading: `${at.head}户还没有算分`, ...common_ });
  const [told, revisions, overrides, trail] = await Promise.all([tellWhy(read, rating), rating.revision < 2 ? [] : revisionsOf(read, round.no, household.no), overridesOf(read, round.household_standard), marksOf(read, round.no, household.no)]);
  const [since] = isDecided(one.standing) ? await changedSince({ read, dialect: visit.office.store.dialect }, { round, day: visit.day, villages: [household.village_no], subject: household.no }) : [];
  const canAdjust = round.closed_on === null && marks.includes('adjusted') && rating.outcome !== 'provisional' && (told.standard.adjustment?.grades ?? 0) > 0 && may(visit.actor, 'rating.adjust', subject) === true;
  const canReopen = round.closed_on === null && marks.includes('reopened') && may(visit.actor, 'case.review', subject) === true;
  const isAdjusting = typeof visit.raw['to'] === 'string' || typeof visit.raw['reason'] === 'string';
  const isReopening = typeof visit.raw['why'] === 'string';
  return page('ratings/why', {
    title: `${at.head}户为什么是${rating.grade < 0 ? told.mark.code : ` ${told.mark.code}`}`, ...common_, ...whyModel(told, rating, round), overrides, lift: told.lifted === undefined ? undefined : `${here}/lift`,
    since: since?.words, changeHref: one.standing === 'published' && round.closed_on === null && may(visit.actor, 'award.propose', subject) === true ? `/awards/propose/${round.id}/${household.id}` : undefined, isStale: isRated(one.standing) ? undefined : '内容改过，还没有重新算。下面是上一次的结果。',
    trail: trail.map((mark, index, all) => ({ icon: index === all.length - 1 ? 'half' : 'tick', kind: index === all.length - 1 ? 'moving' : 'done', words: `${dayOf(mark.at).slice(5)} ${markWords[mark.mark]}${mark.who === null ? '' : `，${mark.who}`}`, now: index === all.length - 1 })),
    revisions: revisions.length < 2 ? [] : revisions.map(each => ({ on: each.day, no: each.revision, got: each.points, mark: gradeTable(told.standard).mark(each.grade), words: outcomeWords[each.outcome], now: each.revision === rating.revision })),
    canAdjust, isAdjusting, adjustForm: formModel(adjustForm(told.standard, (rating.adjusted ?? rating).grade, rating.grade), { raw: { ...visit.raw, seen: rating.revision }, faults: isAdjusting ? trouble?.faults ?? [] : [] }),
    canReopen, isReopening, reopenForm: formModel(reopenForm, { raw: visit.raw, faults: isReopening ? trouble?.faults ?? [] : [] }),
    troubleWords: trouble !== undefined && trouble.faults.length === 0 ? trouble.words : undefined,
  });
}

/** What would lift the grade, by itself: searching takes longer than all the rest, so the page asks for it once it stands. */
export async function showLift(visit: Visit): Promise<Reply> {
  const at = await shown(visit);
  const rating = await ratingInForce(visit.office.read, at.round.no, at.household.no) ?? common.refuse('not-found');
  const { lifted } = await tellWhy(visit.office.read, rating);
  if (lifted === undefined) return common.refuse('not-found');
  return page('ratings/lift', {
    title: `${at.head}户怎样提高等级`, tablet: usesTablet(visit), crumbs: [{ label: at.round.name, href: `/rounds/${at.round.id}` }, { label: `${at.head}户`, href: at.here }, { label: '怎样提高等级' }], here: at.here, lift: lifted().words,
  }, { region: 'ratings/_lift' });
}

/** The same for the household itself: one A4 sheet in plain words. */
export async function printWhy(visit: Visit): Promise<Reply> {
  const at = await shown(visit);
  const rating = await ratingInForce(visit.office.read, at.round.no, at.household.no) ?? common.refuse('not-found');
  const told = await tellWhy(visit.office.read, rating);
  return page('ratings/print', {
    title: `${at.head}户评定结果说明`, paper: 'a4-large', back: { label: '回到评定依据', href: at.here }, head: at.head, number: at.number, village: at.village, group: at.group, year: at.round.year, round: at.round.name,
    ...whyModel(told, rating, at.round), lift: told.lifted?.().words, overrides: await overridesOf(visit.office.read, at.round.household_standard), on: visit.day, code: qr(`${visit.origin}/object/sheet/${sheetCode(visit.office.secrets, rating)}`, '扫码提意见'),
    written: told.events.filter(({ entry }) => !isOver(told.standard, entry, visit.day)).map(({ no, entry, label, disputed }) => ({ no, on: entry.day, words: label, disputed })), groups: told.groups.map(group => ({ ...group, isHeaded: group.lines.length > 1 || group.note !== null })),   // One A4: a block of one line needs no head.
  });
}

/** The same for a program that acts for somebody who may see the page: standard, evaluation, and what would lift the grade. Points in hundredths. */
export async function jsonWhy(visit: Visit): Promise<Reply> {
  const at = await shown(visit);
  const rating = await ratingInForce(visit.office.read, at.round.no, at.household.no) ?? common.refuse('not-found');
  const told = await tellWhy(visit.office.read, rating);
  const list = rating.standard === at.round.household_standard ? undefined : await listBehind(visit.office.read, rating);
  const by = list === undefined ? { standardHash: rating.standard } : { standardHash: list.base, villageItems: { village: list.place, hash: sha256(list.items) } };
  return json(whyJson(told, rating, { round: at.round.id, household: at.household.id, by }));
}

/** What a village set for itself is part of the standard it is rated by, not of the one that has a page. */
function whyModel(told: Awaited<ReturnType<typeof tellWhy>>, rating: Rating, round: Round) {
  const { standard, evaluation: _, lifted: __, events: ___, ...rest } = told;
  return { ...rest, notes: rating.outcome === 'adjusted' ? [] : told.notes, totalText: String(rating.points / 100), standardTitle: standard.title, standardYear: standard.year, standardHref: `/standards/${round.household_standard}`, version: standard.version, day: rating.day, revision: rating.revision };
}

export async function takeAdjust(visit: Visit): Promise<Reply> {
  const at = await shown(visit);
  const rating = await ratingInForce(visit.office.read, at.round.no, at.household.no) ?? common.refuse('not-found');
  const { standard } = await loadStandard(visit.office.read, rating.standard);
  const given = taken(adjustForm(standard, (rating.adjusted ?? rating).grade, rating.grade), visit.raw);
  await adjust(visit.office, visit.actor, { round: at.round.no, household: at.household.id, ...given });
  return seeOther(at.here, `${at.head}户调成了 ${given.to === 'none' ? standard.ungraded.label : given.to}，理由和原来的等级都留着。`);
}

export async function takeReopen(visit: Visit): Promise<Reply> {
  const at = await shown(visit);
  const { why } = taken(reopenForm, visit.raw);
  await reopenCase(visit.office, visit.actor, { round: at.round.no, household: at.household.id, reason: why });
  return seeOther(at.here, `${at.head}户退回去重新核实。核完再算，别的户不受影响。`);
}

export async function takeRate(visit: Visit): Promise<Reply> {
  const at = await shown(visit);
  const { points } = await rateOne(visit.office, visit.actor, { round: at.round.no, household: at.household.id });
  return seeOther(at.here, `算好了，${points / 100} 分。`);
}
