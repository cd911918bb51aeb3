import type { Knex } from 'knex';
import { actorId } from '../access/actor.ts';
import { canonical } from '../kit/canonical.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { officerNames } from '../people/queries.ts';
import { placeByNo, placeNames } from '../places/queries.ts';
import { ancestorNo } from '../places/place.ts';
import { sha256 } from '../store/trace.ts';
import type { Unit } from '../store/unit.ts';
import { benchIn, unmoved, type Item, type Whole } from './load.ts';
import { itemName } from './settle.ts';
import type { Ballot, Decision, SittingStage, Verdict, Vote } from './sitting.ts';
import type { Share } from '../panels/committee-rules.ts';

/** One line: what was voted on, by household numbers, never a name. It stands beside the minutes, which keep its digest, so that one person's line can be erased and the rest still be proved. */
export interface Line {
  readonly what: string; readonly numbers: readonly number[]; readonly moved: readonly number[]; readonly aside: readonly string[];
  readonly count: { readonly members: number; readonly present: number } & Readonly<Record<Vote, number>>; readonly hands: Readonly<Record<Vote, readonly string[]>> | null;
  readonly verdict: Verdict; readonly outcome: Decision; readonly byChair: boolean; readonly words: string;
}
/** 会议纪要 as it is kept: who sat, who came, who stood aside from what, who confirmed when. */
export interface Minutes {
  readonly committee: string; readonly round: string; readonly about: string; readonly stage: SittingStage; readonly day: string; readonly venue: string; readonly ballot: Ballot; readonly share: Share; readonly quorum: number;
  readonly opened: string; readonly ended: string; readonly chair: string; readonly keeper: string; readonly present: readonly string[]; readonly absent: readonly string[];
  readonly aside: readonly { readonly name: string; readonly numbers: readonly number[] }[]; readonly confirmed: readonly { readonly name: string; readonly at: string }[]; readonly lines: readonly { readonly no: number; readonly digest: string }[];
}

/** Unit-level: the minutes of a sitting that has just been confirmed, `last` being the member who confirmed it now. */
export async function writeMinutes(unit: Unit, whole: Whole, last: string): Promise<void> {
  const { sitting, round, place, seats, present, items, quorum } = whole;
  const own = await placeByNo(unit.read, ancestorNo(place.path, benchIn(whole).at) ?? place.no);
  const [names, places] = [await officerNames(unit.read, [actorId(unit.actor)]), await placeNames(unit.read, [place.no, own.no])];
  const nameOf = (officer: string): string => seats.find(seat => seat.officer === officer)?.name ?? '';
  const earlier: { officer: string; at: string }[] = await unit.read('sitting_confirmations').where({ sitting: sitting.id, version: sitting.version }).orderBy('at').select('officer', 'at');
  const results = items.filter(item => item.cases.length > 0).map(item => ({ sitting: sitting.id, no: item.no, subject: item.no === 0 ? null : item.cases[0]?.subject ?? null, body: canonical({ ...lineOf(whole, item, nameOf) }), salt: newId(), at: unit.at, by: actorId(unit.actor) }));
  const body: Minutes = {
    committee: `${own.name}${benchIn(whole).name}`, round: round.name, about: places.get(place.no)?.full ?? place.name, stage: sitting.stage, day: sitting.day, venue: sitting.venue, ballot: sitting.ballot, share: sitting.share, quorum,
    opened: sitting.opened_at ?? unit.at, ended: unit.at, chair: nameOf(sitting.chair), keeper: names.get(actorId(unit.actor)) ?? '命令行', present: present.map(seat => seat.name), absent: seats.filter(seat => !seat.present).map(seat => seat.name),
    aside: seats.map(seat => ({ name: seat.name, numbers: items.filter(item => item.aside.includes(seat.officer)).flatMap(item => numbersOf(item.cases)) })).filter(one => one.numbers.length > 0),
    confirmed: [...earlier, { officer: last, at: unit.at }].map(one => ({ name: nameOf(one.officer), at: one.at })), lines: results.map(row => ({ no: row.no, digest: sha256(`${row.salt} ${row.body}`) })),
  };
  const text = canonical({ ...body });
  unit.insert('sitting_results', results);
  unit.insert('minutes', { sitting: sitting.id, body: text, hash: sha256(text), at: unit.at, by: actorId(unit.actor) });
}

function lineOf({ sitting }: Pick<Whole, 'sitting'>, item: Item, nameOf: (officer: string) => string): Line {
  const fresh = unmoved(item);
  const raised = (vote: Vote): readonly string[] => [...item.votes].filter(([, one]) => one === vote).map(([officer]) => nameOf(officer));
  return {
    what: itemName(item), numbers: numbersOf(fresh), moved: numbersOf(item.cases.filter(one => !fresh.includes(one))), aside: item.aside.map(nameOf), count: item.count,
    hands: sitting.ballot === 'secret' ? null : { for: raised('for'), against: raised('against'), abstain: raised('abstain') }, verdict: item.verdict, outcome: item.outcome, byChair: item.decision !== null, words: item.words,
  };
}

const numbersOf = (cases: Item['cases']): readonly number[] => cases.flatMap(one => one.household_no === null ? [] : [one.household_no]);

export interface Kept { readonly minutes: Minutes; readonly hash: string; /** In the order of the minutes; a line that was erased for its person is missing. */ readonly lines: readonly (Line | undefined)[]; readonly isWhole: boolean }

/** The minutes as they were kept, and whether they still are what was confirmed. */
export async function minutesOf(read: Knex, sitting: string): Promise<Kept> {
  const row: { body: string; hash: string } = await read('minutes').where({ sitting }).first('body', 'hash') ?? common.refuse('not-found');
  const rows: { no: number; body: string; salt: string }[] = await read('sitting_results').where({ sitting }).select('no', 'body', 'salt');
  const minutes = JSON.parse(row.body) as Minutes;
  const found = minutes.lines.map(line => { const own = rows.find(one => Number(one.no) === line.no); return own === undefined ? undefined : { own, isSame: sha256(`${own.salt} ${own.body}`) === line.digest }; });
  return { minutes, hash: row.hash, lines: found.map(one => one === undefined ? undefined : JSON.parse(one.own.body) as Line), isWhole: sha256(row.body) === row.hash && found.every(one => one?.isSame !== false) };
}
