import type { Knex } from 'knex';
import { mayBeRated } from '../consents/queries.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { householdKeyColumns, type HouseholdKey } from '../households/subject.ts';
import { acceptsFacts } from '../rounds/case.ts';
import { caseColumns, type Case } from '../rounds/mark.ts';
import { rounds } from '../rounds/refusals.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import type { Compiled } from '../standards/compile.ts';
import { dialectFor } from '../store/dialect.ts';
import { together } from '../store/together.ts';
import type { SignOff } from './follow.ts';
import { pictureOf, type Picture, type Sheet } from './observation.ts';
import { observations } from './refusals.ts';
import { sheetOf, type SheetSource } from './sheet.ts';

/** Everything about one household in one round that taking down facts needs. */
export interface World {
  readonly round: Round; readonly household: HouseholdKey; readonly standing: Case;
  readonly compiled: Compiled; readonly coding: Coding;
  readonly sheets: readonly Sheet[]; readonly picture: Picture; readonly signOffs: readonly SignOff[];
  /** Numbers of the sheets, by the id of the save that made them. */
  readonly saved: ReadonlyMap<string, number>;
}

/** The household by its id; refuses where it has no case in the round. */
export async function worldOf(read: Knex, roundNo: number, household: string): Promise<World> {
  const [round, found] = await Promise.all([roundByNo(read, roundNo), casesWithSheets(read, roundNo, household)]);
  if (found === undefined) return common.refuse('not-found');
  const { own, ...told } = found;
  return { round, ...told, ...await loadCoding(read, own ?? round.household_standard), picture: pictureOf(found.sheets) };
}

/** `own`: hash of the standard with what the village added. */
type Found = Pick<World, 'household' | 'standing' | 'sheets' | 'signOffs' | 'saved'> & { readonly own: string | null };
type Row = HouseholdKey & { readonly [column in keyof Case as `case_${column}`]: Case[column] } & { readonly sheets: string; readonly sign_offs: string; readonly own_standard: string | null };

/** One statement: what belongs to a household in a round lies together, so it is read together. */
const casesWithSheets = together(async (read, round: number, households: readonly string[]): Promise<ReadonlyMap<string, Found>> => {
  const { asJsonArray } = dialectFor(read);
  const about = 'where round = cases.round and subject = cases.subject';
  const rows: Row[] = await read('households').join('places', 'places.no', 'households.village_no')
    .crossJoin(read.ref('cases'))   // Not `join`: SQLite, which knows no numbers of rows, would walk all cases of the round.
    .where('cases.subject', read.ref('households.no')).where('cases.round', round).whereIn('households.id', [...households])
    .select(...householdKeyColumns, ...caseColumns.map(column => `cases.${column} as case_${column}`),
      read.raw(`(select ${asJsonArray(['id', 'seq', 'base_seq', '"by"', 'source', 'at', 'body'])} from sheets ${about}) as sheets`),
      read.raw(`(select ${asJsonArray(['sheet', 'how', 'reason', 'evidence', 'at', '"by"'])} from sign_offs ${about}) as sign_offs`),
      read.raw('(select standard from village_items where round = cases.round and village = cases.village and standard is not null order by seq desc limit 1) as own_standard'));
  return new Map(rows.map(row => [row.id, foundIn(row)]));
});

function foundIn(row: Row): Found {
  const { id, no, village_no, group_no, grid_no, path } = row;
  const sheets = JSON.parse(row.sheets) as [string, number, number, string, SheetSource, string, string][];
  return {
    own: row.own_standard, household: { id, no, village_no, group_no, grid_no, path },
    standing: { round: row.case_round, subject: row.case_subject, village: row.case_village, grid: row.case_grid, group: row.case_group, standing: row.case_standing, held: row.case_held, reason: row.case_reason, mark_seq: row.case_mark_seq },
    sheets: sheets.map(([, seq, base_seq, by, source, at, body]) => sheetOf({ seq, base_seq, by, source, at, body })).sort((a, b) => a.seq - b.seq),
    saved: new Map(sheets.map(([save, seq]) => [save, seq])),
    signOffs: (JSON.parse(row.sign_offs) as [number, string, string, string | null, string, string][])
      .map(([sheet, how, reason, evidence, at, by]) => ({ sheet, how, reason, evidence, at, by })).sort((a, b) => a.sheet - b.sheet),
  };
}

/** Whether somebody wrote an event down: nobody lets off alone what they themselves put down. */
export const wroteDown = (world: Pick<World, 'sheets' | 'picture'>, event: string, officer: string): boolean =>
  world.sheets.find(sheet => sheet.seq === world.picture.events.get(event)?.seq)?.by === officer;

export const lastSeq = (world: Pick<World, 'sheets'>): number => world.sheets.at(-1)?.seq ?? 0;

type Openness = Pick<World, 'round' | 'standing' | 'household'>;

/** Refuses where nothing may be taken down: round over, household not in it, content already locked, no consent to be rated (PIPL 13). A deed (`isDeed`) may be: see `closedByStanding`. */
export function openForFacts(world: Openness, mayBeRated: boolean, isDeed = false): void {
  const why = closedFor(world, mayBeRated, isDeed);
  if (why === undefined) return;
  if (why === 'round-closed') return rounds.refuse(why);
  observations.refuse(why, { standing: world.standing.standing, household: world.household.id });
}

export type Closed = 'round-closed' | 'case-excused' | 'facts-locked' | 'consent-missing';

export const closedBecause = async (read: Knex, world: Openness, day: Day): Promise<Closed | undefined> => closedFor(world, await mayBeRated(read, world.household.id, day));

const closedFor = ({ round, standing }: Openness, mayBeRated: boolean, isDeed = false): Closed | undefined => closedByStanding(round, standing, isDeed) ?? (mayBeRated ? undefined : 'consent-missing');

/** What an approved result rests on is locked. Life goes on after the award: what somebody did then, or a bank tells then, is new (`isDeed`), and the next look at the award counts it. */
export function closedByStanding(round: Pick<Round, 'closed_on'>, { standing }: Pick<Case, 'standing'>, isDeed = false): Exclude<Closed, 'consent-missing'> | undefined {
  if (round.closed_on !== null) return 'round-closed';
  if (standing === 'excused') return 'case-excused';
  return acceptsFacts(standing) || isDeed && standing === 'published' ? undefined : 'facts-locked';
}
