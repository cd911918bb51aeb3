import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { mayRate } from '../consents/queries.ts';
import type { Office } from '../office.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { keepHouse } from '../store/housekeeping.ts';
import { inUnit } from '../store/unit.ts';
import type { Scope } from './candidates.ts';
import { caseKeys, casesIn, type Run } from './run.ts';

const marksPerUnit = 1_000;

interface Rated extends Case { readonly sheet: number | null; readonly rated_sheet: number; readonly run: number; readonly revision: number; readonly outcome: string }

/**
 * Tells every case of the run that it is rated, in short units. A household whose facts or consent changed meanwhile keeps its standing: the next run takes it.
 * `seen` holds the sheet each rating saw; a run that was interrupted (not `isWhole`) has forgotten some, and asks for consents again.
 */
export async function markRated(office: Office, actor: Actor, { run, scope, subject, seen, isWhole }: { readonly run: Run; readonly scope: Scope; readonly subject: Subject; readonly seen: ReadonlyMap<number, number>; readonly isWhole: boolean }): Promise<void> {
  const { villages } = scope;
  for (let after = run.after_no; ;) {
    const page: { subject: number; id: string }[] = await waiting(office, run, villages).where('c.subject', '>', after).orderBy('c.subject').limit(marksPerUnit).select('c.subject', 's.id');
    const [first, last] = [page[0]?.subject, page.at(-1)?.subject];
    if (first === undefined || last === undefined) return;
    const granted = isWhole ? undefined : await mayRate(office.jobs, page.map(one => one.subject), run.day);
    const isKept = await inUnit(office, actor, page.flatMap(one => caseKeys(run.round, one)), async unit => {
      unit.require('rating.run', subject);
      const rows = await waiting(office, run, villages).whereBetween('c.subject', [first, last]).orderBy('c.subject')
        .select<Rated[]>(...caseColumns.map(column => `c.${column}`), 'r.run', 'r.revision', 'r.outcome', 'r.sheet as rated_sheet', office.jobs.raw('(select max(x.seq) from sheets x where x.round = c.round and x.subject = c.subject) as sheet'));
      const settled = rows.filter(row => (row.sheet ?? 0) === (seen.get(row.subject) ?? row.rated_sheet) && (granted === undefined ? seen.has(row.subject) : granted.has(row.subject)));
      if (settled.length === 0) return unit.nothingNew(false);
      const told = new Map(settled.map(row => [row.subject, row]));
      mark(unit, settled.map(caseOnly), { mark: 'rated', track: 'household', body: one => ({ revision: told.get(one.subject)?.revision, run: run.id }) });
      unit.change('rating_runs', { no: run.no, after_no: last, beat_at: unit.at });
      unit.record({ act: 'rating.marked', power: 'rating.run', subject });
      return true;
    });
    if (!isKept) await keepHouse(office, 'change', 'rating_runs', [{ no: run.no, after_no: last, beat_at: office.clock.now() }]);
    after = last;
  }
}

/** Cases with a rating in force that their standing does not know of yet. */
const waiting = (office: Office, run: Run, villages: readonly number[] | undefined) =>
  casesIn(office.jobs, run.round, villages)
    .join('current_ratings as k', join => join.on('k.round', 'c.round').andOn('k.subject', 'c.subject'))
    .join('ratings as r', join => join.on('r.round', 'k.round').andOn('r.subject', 'k.subject').andOn('r.revision', 'k.revision'))
    .where(either => { void either.whereNot('c.standing', 'rated').orWhere('r.run', run.no); });

const caseOnly = (row: Rated): Case => ({
  round: row.round, subject: row.subject, village: row.village, grid: row.grid, group: row.group, standing: row.standing, held: row.held, reason: row.reason, mark_seq: row.mark_seq,
});
