import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import { officerNames } from '../people/queries.ts';
import type { Share } from '../panels/committee-rules.ts';
import { placeByNo } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import { recusalsFrom } from '../recusals/queries.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { benchOf, chairMay, follows, kinds, quorumOf, verdictOf, type Ballot, type Count, type Decision, type SittingStage, type State, type Verdict, type Vote } from './sitting.ts';

export interface Sitting {
  readonly id: string; readonly round: number; readonly place_no: number; readonly stage: SittingStage; readonly day: string; readonly venue: string; readonly ballot: Ballot; readonly chair: string;
  readonly share: Share; readonly confirms: number; readonly state: State; readonly version: number; readonly opened_at: string | null; readonly ended_at: string | null; readonly by: string;
}
const columns = ['id', 'round', 'place_no', 'stage', 'day', 'venue', 'ballot', 'chair', 'share', 'confirms', 'state', 'version', 'opened_at', 'ended_at', 'by'] as const;

export interface Seat { readonly officer: string; readonly name: string; readonly present: boolean; readonly voted: boolean }
/** A case of an item as the members saw it. `household_no` is null for a title. */
export interface Before { readonly subject: number; readonly id: string; readonly mark_seq: number; readonly household_no: number | null; readonly head_name: string; readonly standing: string; readonly now: number }

export interface Item {
  /** 0 is the rest of the docket, as one. */
  readonly no: number;
  readonly cases: readonly Before[];
  /** Members who stand aside from it. From one case of the rest: that case leaves it, see `aside` in `kept`. */
  readonly aside: readonly string[];
  readonly votes: ReadonlyMap<string, Vote>;
  readonly count: Count;
  readonly verdict: Verdict;
  /** Everybody present who may vote has. */
  readonly isVoted: boolean;
  readonly looked: boolean;
  /** The chair's own, if any. */
  readonly decision: Decision | null;
  readonly words: string;
  readonly chairMay: readonly Decision[];
  /** What it comes to. */
  readonly outcome: Decision;
}

export interface Whole { readonly sitting: Sitting; readonly round: Round; readonly place: Place; readonly seats: readonly Seat[]; readonly items: readonly Item[]; readonly quorum: number; readonly present: readonly Seat[]; readonly confirmed: readonly string[] }

export async function sittingById(read: Knex, id: string): Promise<Sitting> {
  const row: Sitting | undefined = await read('sittings').where({ id }).first(...columns);
  return row ?? common.refuse('not-found');
}

export async function sittingsAt(read: Knex, where: { readonly round: number; readonly places: readonly number[] }): Promise<readonly Sitting[]> {
  return where.places.length === 0 ? [] : read('sittings').where({ round: where.round }).whereIn('place_no', [...where.places]).orderBy('day', 'desc').orderBy('at', 'desc').select(...columns);
}

/** Everything of a sitting, reckoned anew each time: who may vote on what, what the votes say, what it comes to. */
export async function wholeSitting(read: Knex, id: string): Promise<Whole> {
  const sitting = await sittingById(read, id);
  const [round, place, seats, cases, items, hands, confirmed] = await Promise.all([
    roundByNo(read, sitting.round), placeByNo(read, sitting.place_no), seatsOf(read, sitting), casesOf(read, sitting),
    read('sitting_items').where({ sitting: id }).orderBy('no').select<ItemRow[]>('*'), read('sitting_votes').where({ sitting: id }).select<Hand[]>('item', 'officer', 'vote'),
    read('sitting_confirmations').where({ sitting: id, version: sitting.version }).select<{ officer: string }[]>('officer'),
  ]);
  const aside = await asideOf(read, seats, cases);
  const whole = { sitting, seats, present: seats.filter(seat => seat.present) };
  return { ...whole, round, place, quorum: quorumOf(seats.length, sitting.share), confirmed: confirmed.map(row => row.officer), items: items.map(row => itemOf(whole, row, { cases: cases.filter(one => one.item === Number(row.no)), hands: hands.filter(hand => Number(hand.item) === Number(row.no)), aside })) };
}

interface ItemRow { readonly no: number; readonly subject: number | null; readonly ayes: number; readonly noes: number; readonly abstained: number; readonly looked: number; readonly decision: Decision | null; readonly words: string }
interface Hand { readonly item: number; readonly officer: string; readonly vote: Vote }
type Listed = Before & { readonly item: number };

/** The chair first. */
async function seatsOf(read: Knex, { id: sitting, chair }: Pick<Sitting, 'id' | 'chair'>): Promise<readonly Seat[]> {
  const rows: { officer: string; present: number; voted: number }[] = await read('sitting_seats').where({ sitting }).select('officer', 'present', 'voted');
  const names = await officerNames(read, rows.map(row => row.officer));
  return rows.map(row => ({ officer: row.officer, name: names.get(row.officer) ?? '', present: row.present === 1, voted: row.voted === 1 })).sort((a, b) => a.officer === chair ? -1 : b.officer === chair ? 1 : a.officer < b.officer ? -1 : 1);
}

async function casesOf(read: Knex, { id, round }: Sitting): Promise<readonly Listed[]> {
  return read('sitting_cases').join('cases', join => join.on('cases.subject', 'sitting_cases.subject').andOnIn('cases.round', [round])).join('subjects', 'subjects.no', 'sitting_cases.subject').leftJoin('households', 'households.no', 'sitting_cases.subject')
    .where('sitting_cases.sitting', id).orderBy('sitting_cases.item').orderBy('households.household_no')
    .select<Listed[]>('sitting_cases.item', 'sitting_cases.subject', 'subjects.id', 'sitting_cases.mark_seq', 'households.household_no', read.raw('coalesce(households.head_name, \'\') as head_name'), 'cases.standing', 'cases.mark_seq as now');
}

/** Which members stand aside from which cases, as it stands now. */
async function asideOf(read: Knex, seats: readonly Seat[], cases: readonly Listed[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const members = new Set(seats.map(seat => seat.officer));
  const recusals = (await recusalsFrom(read, cases.flatMap(one => one.household_no === null ? [] : [one.id]))).filter(one => members.has(one.officer));
  return new Map(cases.map(one => [one.id, [...new Set(recusals.filter(recusal => recusal.household === one.id).map(recusal => recusal.officer))]]));
}

function itemOf({ sitting, seats, present }: Pick<Whole, 'sitting' | 'seats' | 'present'>, row: ItemRow, { cases, hands, aside: byCase }: { readonly cases: readonly Listed[]; readonly hands: readonly Hand[]; readonly aside: ReadonlyMap<string, readonly string[]> }): Item {
  const isRest = Number(row.no) === 0;
  // Whoever came to stand aside from one of the rest while it was being decided: that one is left for another day, the others go on.
  const kept = isRest ? cases.filter(one => (byCase.get(one.id) ?? []).length === 0) : cases;
  const aside = isRest ? [] : [...new Set(kept.flatMap(one => byCase.get(one.id) ?? []))];
  const able = (seat: Seat): boolean => !aside.includes(seat.officer);
  const voting = present.filter(able);
  const cast = new Map(hands.filter(hand => voting.some(seat => seat.officer === hand.officer)).map(hand => [hand.officer, hand.vote]));
  const shown = (vote: Vote): number => [...cast.values()].filter(one => one === vote).length;
  const said = sitting.ballot === 'open' ? { for: shown('for'), against: shown('against'), abstain: shown('abstain') } : { for: Number(row.ayes), against: Number(row.noes), abstain: Number(row.abstained) };
  const count = { members: seats.filter(able).length, present: voting.length, ...said };
  const all = said.for + said.against + said.abstain;
  // Somebody stood aside after a secret vote, and nobody knows which: the item is left for another day.
  const verdict = all > voting.length ? 'few' : verdictOf(count, sitting.share);
  const { returns } = kinds[sitting.stage];
  const may = chairMay(verdict, { returns, isAside: aside.includes(sitting.chair) });
  const decision = row.decision !== null && may.includes(row.decision) ? row.decision : null;
  return {
    no: Number(row.no), cases: kept, aside, votes: cast, count, verdict, isVoted: all >= voting.length, looked: row.looked === 1,
    decision, words: row.words, chairMay: may, outcome: decision ?? follows(verdict, returns),
  };
}

/** Cases of an item on which nothing happened since the members saw them. */
export const unmoved = (item: Item): readonly Before[] => item.cases.filter(one => one.now === one.mark_seq);
export const benchIn = ({ sitting, place }: Pick<Whole, 'sitting' | 'place'>) => benchOf(sitting.stage, place.kind);
