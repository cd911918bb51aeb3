import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import type { Office } from '../office.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { keepHouse } from '../store/housekeeping.ts';
import { inUnit } from '../store/unit.ts';
import { takenBy, type Scope } from './candidates.ts';
import { caseKeys, casesIn, type Run } from './run.ts';

/** A case to be told of its rating, and the number of the last sheet that the rating saw. */
export interface Seen { readonly subject: number; readonly id: string; readonly sheet: number }
interface Marking { readonly run: Run; readonly scope: Scope; readonly subject: Subject }

const casesPerUnit = 1_500;
const unitsAtOnce = 2;   // One is read while another is written.

/**
 * Tells every case of the run that it is rated, in short units. A household whose facts changed meanwhile keeps its standing: the next run takes it.
 * A run that was interrupted has forgotten what it saw (`seen` undefined) and finds it again from the ratings in force.
 */
export async function markRated(office: Office, actor: Actor, { seen, ...marking }: Marking & { readonly seen: readonly Seen[] | undefined }): Promise<void> {
  const list = seen ?? await stillUntold(office, marking);
  const chunks = Array.from({ length: Math.ceil(list.length / casesPerUnit) }, (_, at) => list.slice(at * casesPerUnit, (at + 1) * casesPerUnit)).values();
  await Promise.all(Array.from({ length: unitsAtOnce }, async () => {
    for (const chunk of chunks) await markSome(office, actor, marking, chunk);
  }));
}

const stillUntold = (office: Office, { run, scope }: Marking): Promise<readonly Seen[]> =>
  inForce(takenBy(office.jobs, scope), run).orderBy('c.subject').select<Seen[]>('c.subject', 'households.id', 'r.sheet');

/** Cases with a rating in force that their standing does not know of yet. */
const inForce = (cases: ReturnType<typeof takenBy>, run: Run): ReturnType<typeof takenBy> =>
  cases.join('current_ratings as k', join => join.on('k.round', 'c.round').andOn('k.subject', 'c.subject'))
    .join('ratings as r', join => join.on('r.round', 'k.round').andOn('r.subject', 'k.subject').andOn('r.revision', 'k.revision'))
    .where(either => { void either.whereNot('c.standing', 'rated').orWhere('r.run', run.no); });

async function markSome(office: Office, actor: Actor, { run, scope, subject }: Marking, chunk: readonly Seen[]): Promise<void> {
  const [first, last] = [chunk[0]?.subject ?? 0, chunk.at(-1)?.subject ?? 0];
  const cases = casesIn(office.jobs, scope.round, scope.villages).whereBetween('c.subject', [first, last]);
  const sheets = new Map(chunk.map(one => [one.subject, one.sheet]));
  const isKept = await inUnit(office, actor, chunk.flatMap(one => caseKeys(run.round, one)), async unit => {
    unit.require('rating.run', subject);
    const rows: { list: string }[] = await office.jobs.from(inForce(cases, run)
      .select(...caseColumns.map(column => `c.${column}`), 'r.revision', office.jobs.raw('(select max(x.seq) from sheets x where x.round = c.round and x.subject = c.subject) as sheet')).as('q'))
      .select(office.jobs.raw(`${office.store.dialect.asJsonArray([...caseColumns.map(column => `"${column}"`), 'revision', 'sheet'])} as list`));
    const told = new Map<number, number>();
    const settled: Case[] = [];
    for (const [round, no, village, grid, group, standing, held, reason, mark_seq, revision, sheet] of JSON.parse(rows[0]?.list ?? '[]') as Listed[]) {
      if (sheets.get(no) !== (sheet ?? 0)) continue;
      settled.push({ round, subject: no, village, grid, group, standing, held, reason, mark_seq });
      told.set(no, revision);
    }
    if (settled.length === 0) return unit.nothingNew(false);
    mark(unit, settled, { mark: 'rated', track: 'household', body: one => ({ revision: told.get(one.subject), run: run.id }) });
    unit.change('rating_runs', { no: run.no, after_no: last, beat_at: unit.at });
    unit.record({ act: 'rating.marked', power: 'rating.run', subject });
    return true;
  });
  if (!isKept) await keepHouse(office, 'change', 'rating_runs', [{ no: run.no, after_no: last, beat_at: office.clock.now() }]);
}

type Listed = [number, number, number, number | null, number | null, Case['standing'], number, string | null, number, number, number | null];
