import { setTimeout as wait } from 'node:timers/promises';
import { may, reach } from '../access/may.ts';
import { within } from '../access/subject.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeByNo, placeNames, placeSubject } from '../places/queries.ts';
import { roundAt } from '../rounds/queries.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { loadStandard } from '../standards/load.ts';
import type { Standard } from '../standards/standard.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { choices } from './choices.ts';
import { clauseWords, resultWords } from './clause-words.ts';
import { drop } from './keep.ts';
import { openSimulation } from './open.ts';
import { unfitItems } from './own-items.ts';
import { groupLines, type GroupLine } from './lines.ts';
import { partOf, seen, type Outlook } from './outlook.ts';
import { presentOutlook } from './present.ts';
import { cellsOf, flipsOf, groupNames, named, owedOf, type Flip } from './queries.ts';
import { mustCover } from './round-places.ts';
import { simulate } from './simulate.ts';
import { phases, simulationById, simulationsOf, type Simulation, type TitleChange } from './simulation.ts';
import { told } from './told.ts';

const shortMs = 700;   // A village is counted in this time: no page of progress is needed.
const mostListed = 50;

export async function showSimulations(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { office: { read }, actor } = visit;
  const [list, offered] = await Promise.all([simulationsOf(read, reach(actor, 'simulation.read'), mostListed), choices(visit)]);
  const rows = await Promise.all(list.map(one => lineOf(visit, one)));
  const first = trouble === undefined ? { standard: visit.query['standard'] ?? '', round: offered.rounds.find(round => round.closed_on === null)?.id ?? offered.rounds[0]?.id ?? '', place: offered.places[0]?.id ?? '' } : visit.raw;
  const compared = rows.filter(row => row.isDone);
  return page('simulations/index', {
    title: '模拟', rows, compared, isPair: compared.length > 1, pairHref: `/simulations/pair?${new URLSearchParams({ one: compared[0]?.id ?? '', other: compared[1]?.id ?? '' }).toString()}`,
    canTry: offered.places.length > 0 && offered.standards.length > 0 && offered.rounds.length > 0, form: formModel(offered.form, { raw: first, faults: trouble?.faults ?? [] }),
    empty: { words: '还没有模拟过。', act: undefined },
  });
}

async function lineOf({ office: { read }, actor }: Visit, one: Simulation) {
  const subject = placeSubject(await placeByNo(read, one.place_no));
  // A township is told of its own part on the page only.
  const isTold = one.phase === 'done' && may(actor, 'simulation.read', subject) === true;
  const sees = may(actor, 'household.read', subject) === true;
  const [standard, round, names] = await Promise.all([loadStandard(read, one.standard), roundByNo(read, one.round), placeNames(read, [one.place_no])]);
  return {
    id: one.id, href: `/simulations/${one.id}`, what: standardWords(standard.standard), place: names.get(one.place_no)?.full ?? '', round: round.name, note: one.note, at: one.at,
    isDone: one.phase === 'done', words: !isTold ? phases[one.phase] : told(one.done, sees).isFew ? '户数太少，不显示' : `${told(one.done, sees).words} 户里 ${told(one.changed, sees).words} 户会变`,
  };
}

export const standardWords = (standard: Standard): string => `${standard.title} ${standard.year} 年第 ${standard.version} 版`;

/** Sets a scenario going, or leads to the sliders. */
export async function takeTry(visit: Visit): Promise<Reply> {
  const { office, actor } = visit;
  const { form } = await choices(visit);
  const { standard, round, place, note } = taken(form, visit.raw);
  const [inRound, at] = [await roundAt(office.read, round), await placeById(office.read, place)];
  mustCover(inRound, at);
  if (typed(visit.raw, 'way') === 'slide') return seeOther(`/simulations/slide?${new URLSearchParams({ standard, round, place }).toString()}`);
  const one = await openSimulation(office, actor, { standard, place, round: inRound.no, note: note ?? '' });
  await Promise.race([simulate(office, actor, one.id).catch(() => undefined), wait(shortMs, undefined)]);
  return seeOther(`/simulations/${one.id}`);
}

/** A kept scenario as far as this visitor may see it: all of it, or the part that lies in his place; `?place=`, a village or township, narrows it further. */
export interface Opened { readonly one: Simulation; readonly round: Round; readonly outlook: Outlook; readonly place: string; readonly tried: Standard; readonly part: Place | undefined }

export async function openedFor(visit: Visit, id: string): Promise<Opened> {
  const { office: { read }, actor } = visit;
  const one = await simulationById(read, id);
  const round = await roundByNo(read, one.round);
  const [view, { standard: tried }, names] = await Promise.all([seen(read, actor, round, one.path), loadStandard(read, one.standard), placeNames(read, [one.place_no])]);
  const [cells, owed] = one.phase === 'done' ? await Promise.all([cellsOf(read, one.no), owedOf(read, one.no)]) : [[], []];
  const unfit = await unfitItems(read, round, tried, view.villages);
  const whole = outlookOf(await inForce(visit, round), tried, { ...view, cells, owed, unfit, changes: JSON.parse(one.titles) as TitleChange[] });
  const wanted = visit.query['place'];
  const part = wanted === undefined || wanted === '' ? undefined : [...whole.townships, ...whole.villages].find(each => each.id === wanted) ?? (await placeById(read, wanted), common.refuse('not-allowed', { why: '不在您的片区，或不在这次模拟里' }));
  return { one, round, outlook: partOf(whole, part === undefined ? whole.villages : whole.villages.filter(village => within(village.path, part.path))), place: names.get(one.place_no)?.full ?? '', tried, part };
}

export type InForce = Readonly<Record<'household' | 'village' | 'township', Standard>>;
export async function inForce({ office: { read } }: Pick<Visit, 'office'>, round: Round): Promise<InForce> {
  const [household, village, township] = await Promise.all([round.household_standard, round.village_standard, round.township_standard].map(async hash => (await loadStandard(read, hash)).standard));
  if (household === undefined || village === undefined || township === undefined) throw new Error('a round has three standards');
  return { household, village, township };
}

/** Puts the standard tried in the place of the one of its kind. */
export function outlookOf(own: InForce, tried: Standard, parts: Omit<Outlook, 'before' | 'after' | 'titles'>): Outlook {
  const after = { ...own, [tried.subject]: tried };
  return { ...parts, before: own.household, after: after.household, titles: { village: { before: own.village, after: after.village }, township: { before: own.township, after: after.township } } };
}

export async function showSimulation(visit: Visit): Promise<Reply> {
  const { office: { read }, actor } = visit;
  const { one, round, outlook, place, tried, part } = await openedFor(visit, visit.params['id'] ?? '');
  const here = `/simulations/${one.id}`;
  const shown = presentOutlook(outlook);
  const counted = Math.floor(one.done / Math.max(1, one.total) * 100);   // A share: how many they are is not told to everybody.
  const found = shown.isTooFew ? '户数太少，不显示' : `${shown.households.words} 户里 ${shown.changed.words} 户的等级会变`;
  const flips = await flipsOf(read, one.no, outlook.villages.filter(each => outlook.sees.has(each.no)).map(each => each.no), visit.query['after']);
  const cursor = (after: string | undefined): string | undefined => after === undefined ? undefined : visit.link({ place: part?.id, after });
  const canRun = may(actor, 'simulation.run', placeSubject(await placeByNo(read, one.place_no))) === true;
  return page('simulations/show', {
    title: '模拟', heading: one.phase === 'done' ? `${part?.name ?? place}：${found}` : `${place}的模拟${phases[one.phase]}`, crumbs: [{ label: '模拟', href: '/simulations' }, ...part === undefined ? [] : [{ label: place, href: here }], { label: part?.name ?? place }],
    here, townHere: outlook.townships.length > 1 ? here : '', phase: one.phase, isOpen: one.phase === 'counting', isDone: one.phase === 'done', done: counted, total: 100, words: `${counted}%`, canDrop: canRun, canSlide: canRun && one.phase === 'done',
    slide: `/simulations/slide?${new URLSearchParams({ standard: one.standard, round: round.id, place: (await placeByNo(read, one.place_no)).id }).toString()}`,
    ...shown, facts: [
      { term: '试的标准', value: standardWords(tried) }, { term: '正在用的', value: standardWords((await inForce(visit, round))[tried.subject as keyof InForce]) }, { term: '哪一轮', value: `${round.name}，按 ${one.day} 的日子算` },
      ...one.note === '' ? [] : [{ term: '为什么试', value: one.note }],
    ],
    apart: told(one.apart, shown.rounded === undefined), hash: one.hash, groups: await groupsOf(visit, outlook),
    flips: await flipLines(visit, outlook, flips.rows), pager: flips.prev === undefined && flips.next === undefined ? undefined : { prev: cursor(flips.prev), next: cursor(flips.next) },
    ways: { print: `${here}/print${part === undefined ? '' : `?place=${part.id}`}`, file: `${here}/file?format=xlsx${part === undefined ? '' : `&place=${part.id}`}` },
  }, { region: 'simulations/_progress' });
}

/** Villagers' groups, where it is about one village. */
export async function groupsOf({ office: { read } }: Visit, outlook: Outlook): Promise<readonly GroupLine[]> {
  const [village] = outlook.villages;
  if (village === undefined || outlook.villages.length > 1) return [];
  const names = await groupNames(read, village.no);
  return groupLines(outlook, [...names].map(([no, label]) => ({ label, cells: outlook.cells.filter(cell => cell.group === no) })), outlook.sees.has(village.no));
}

/** Households by name: only those of villages that the reader looks after ever get here. */
export const flipLines = async ({ office: { read } }: Visit, { before, after }: Outlook, flips: readonly Flip[]) => (await named(read, flips)).map(flip => ({
  href: `/households/${flip.id}`, head: flip.head, number: flip.number, place: flip.place, was: resultWords(before, flip.before), now: resultWords(after, flip.after),
  pointsWas: flip.points_before, pointsNow: flip.points_after, clause: clauseWords(before, after, flip.clause),
}));

export async function takeDrop(visit: Visit): Promise<Reply> {
  const one = await simulationById(visit.office.read, visit.params['id'] ?? '');
  await drop(visit.office, visit.actor, one);
  return seeOther('/simulations', '删掉了这次模拟。评定结果本来就没有动过。');
}
