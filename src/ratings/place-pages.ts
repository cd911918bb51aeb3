import type { Knex } from 'knex';
import { may } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeNames, placesBelow, placeSubject } from '../places/queries.ts';
import { roundAt } from '../rounds/queries.ts';
import type { Round } from '../rounds/round.ts';
import { spanOf } from '../standards/bounds.ts';
import { loadStandard } from '../standards/load.ts';
import { overridesOf } from '../standards/overrides.ts';
import type { Standard } from '../standards/standard.ts';
import { subjectOfPlace } from '../subjects/subject.ts';
import { distribution as draw } from '../web/charts.ts';
import { json, page, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import type { Evaluation } from './evaluate.ts';
import type { Explanation } from './explain.ts';
import { distribution, gradeTable, ratingInForce } from './queries.ts';
import { runsOf, runPhases } from './run.ts';
import { nearlyHundredths, placeSteps } from './lift/place-steps.ts';
import { nearlyCount, villageCounts, type VillageCount } from './shares.ts';
import { today, type Today } from './today.ts';
import { tellWhy } from './why.ts';

/** A village or township in a round: how its title is reckoned, with numerator, denominator and what is wanting, and the grades below it. */
export async function showPlace(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundAt(read, visit.params['round'] ?? '');
  const place = await placeById(read, visit.params['place'] ?? '');
  const leave = may(visit.actor, 'rating.read', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  if (!place.path.startsWith(round.path) || (place.kind !== 'village' && place.kind !== 'township' && place.path !== round.path)) return common.refuse('not-found');
  const villages = place.kind === 'village' ? [place] : await placesBelow(read, place.path, 'village');
  const counts = await villageCounts(read, round.no, villages.map(village => village.no));
  const spread = await distribution(read, round, villages.map(village => village.no));
  const title = await titleOf(read, round, place);
  const soFar = await wouldBe(read, round, place, counts.get(place.no));
  const name = (await placeNames(read, [place.no])).get(place.no)?.full ?? place.name;
  const sum = total([...counts.values()]);
  const here = `/ratings/${round.id}/places/${place.id}`;
  const steps = title === undefined || title.isCredit ? [] : await stepsOf(read, round, place, { told: soFar ?? title, sum });
  return page('ratings/place', {
    title: `${place.name} · ${round.name}`, heading: `${name}：算好 ${sum.ratedSoFar} 户，信用户 ${sum.creditSoFar} 户`, here, kind: place.kind,
    crumbs: [{ label: round.name, href: `/rounds/${round.id}` }, { label: name }],
    titleWord: place.kind === 'village' ? '信用村' : '信用乡镇', mine: title, soFar, steps, sum,
    chart: draw(spread.bars.map(bar => ({ label: bar.code === 'none' ? bar.label : bar.code, now: bar.now, ...bar.before === undefined ? {} : { before: bar.before } }))), compared: spread.bars.some(bar => bar.before !== undefined),
    provisional: spread.provisional,
    villages: place.kind === 'village' ? [] : villages.map(village => { const count = counts.get(village.no); return { name: village.name, href: `/ratings/${round.id}/places/${village.id}`, all: count?.all ?? 0, rated: count?.ratedSoFar ?? 0, credit: count?.creditSoFar ?? 0, confirmed: count?.rated ?? 0 }; }),
    runs: (await runsOf(read, round.no)).filter(run => run.scope.startsWith(place.path) || place.path.startsWith(run.scope)).slice(0, 5).map(run => ({ href: `/ratings/runs/${run.id}`, at: run.at, words: runPhases[run.phase], done: run.done, total: run.total, fresh: run.fresh })),
    canRun: round.closed_on === null && may(visit.actor, 'rating.run', placeSubject(place)) === true,
    canTell: round.closed_on === null && place.kind !== 'county' && may(visit.actor, 'import.load', placeSubject(place)) === true,
  });
}

interface TitleTold { readonly standard: Standard; readonly evaluation: Evaluation; readonly headline: string; readonly conditions: Explanation['conditions']; readonly missing: readonly string[]; readonly on: string; readonly isCredit: boolean; readonly hash: string }

async function titleOf(read: Knex, round: Round, place: Place): Promise<TitleTold | undefined> {
  if (place.kind !== 'village' && place.kind !== 'township') return undefined;
  const subject = await subjectOfPlace(read, place.no);
  const rating = await ratingInForce(read, round.no, subject.no);
  if (rating === undefined) return undefined;
  const told = await tellWhy(read, rating);
  return { standard: told.standard, evaluation: told.evaluation, headline: told.headline, conditions: told.conditions, missing: told.missing, on: rating.day, isCredit: rating.credit === 1, hash: rating.standard };
}

/** How the village would stand if everything rated so far were approved: an estimate, said so. */
async function wouldBe(read: Knex, round: Round, place: Place, count: VillageCount | undefined): Promise<Today | undefined> {
  if (place.kind !== 'village' || count === undefined || (count.ratedSoFar === count.rated && count.creditSoFar === count.credit)) return undefined;
  return today(read, round, place, round.opened_on, 'soFar');
}

/** What a village or township that is not there yet can lawfully do. */
async function stepsOf(read: Knex, round: Round, place: Place, { told, sum }: { readonly told: Pick<TitleTold, 'standard' | 'evaluation'>; readonly sum: Omit<VillageCount, 'village'> }): Promise<readonly string[]> {
  const { standard } = await loadStandard(read, round.household_standard);
  const credit = standard.grades.findLast(grade => grade.credit);
  const from = credit === undefined ? Infinity : spanOf(credit, 100).from;
  const nearly = place.kind === 'village' && Number.isFinite(from) ? await nearlyCount(read, round.no, place.no, from - nearlyHundredths) : 0;
  return placeSteps(told, { waiting: sum.ratedSoFar - sum.rated, unrated: Math.max(0, sum.all - sum.ratedSoFar - sum.excused), nearly, objections: sum.objections });
}

const total = (counts: readonly VillageCount[]): Omit<VillageCount, 'village'> => counts.reduce((sum, one) => ({
  all: sum.all + one.all, rated: sum.rated + one.rated, credit: sum.credit + one.credit, ratedSoFar: sum.ratedSoFar + one.ratedSoFar, creditSoFar: sum.creditSoFar + one.creditSoFar,
  excused: sum.excused + one.excused, objections: sum.objections + one.objections,
}), { all: 0, rated: 0, credit: 0, ratedSoFar: 0, creditSoFar: 0, excused: 0, objections: 0 });

/** A village or township of the address with the title it has in the round, and what it can do, for somebody who may see it. */
async function titled(visit: Visit): Promise<{ readonly round: Round; readonly place: Place; readonly told: TitleTold; readonly steps: readonly string[] }> {
  const { read } = visit.office;
  const round = await roundAt(read, visit.params['round'] ?? '');
  const place = await placeById(read, visit.params['place'] ?? '');
  const leave = may(visit.actor, 'rating.read', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const told = await titleOf(read, round, place) ?? common.refuse('not-found');
  if (told.isCredit) return { round, place, told, steps: [] };
  const counts = await villageCounts(read, round.no, (place.kind === 'village' ? [place] : await placesBelow(read, place.path, 'village')).map(village => village.no));
  const soFar = await wouldBe(read, round, place, counts.get(place.no));
  return { round, place, told, steps: await stepsOf(read, round, place, { told: soFar ?? told, sum: total([...counts.values()]) }) };
}

/** The same for programs, in the keys of its standard: days YYYY-MM-DD, points in hundredths; `steps` are sentences. */
export async function jsonPlace(visit: Visit): Promise<Reply> {
  const { round, place, told: { standard, evaluation, on, isCredit, hash, conditions }, steps } = await titled(visit);
  return json({ round: round.id, place: place.id, day: on, standardHash: hash, standardHref: `/standards/${hash}`, grade: evaluation.grade === null ? null : standard.grades[evaluation.grade.index]?.code ?? null, isCredit, evaluation, conditions, steps });
}

/** A village's or township's sheet in print: the application for its title rests on it. */
export async function printPlace(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const { round, place, told, steps } = await titled(visit);
  const { standard } = await loadStandard(read, place.kind === 'village' ? round.village_standard : round.township_standard);
  const name = (await placeNames(read, [place.no])).get(place.no)?.full ?? place.name;
  return page('ratings/print-place', {
    title: `${place.name}占比核算表`, paper: 'a4', back: { label: '回到汇总', href: `/ratings/${round.id}/places/${place.id}` }, name, year: round.year, round: round.name,
    titleWord: place.kind === 'village' ? '信用村' : '信用乡镇', standardTitle: standard.title, standardYear: standard.year, version: standard.version, grades: gradeTable(standard).rows, overrides: await overridesOf(read, place.kind === 'village' ? round.village_standard : round.township_standard), ...told, steps, printed: visit.day,
  });
}
