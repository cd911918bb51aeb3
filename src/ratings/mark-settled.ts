import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import type { Office } from '../office.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { inUnit } from '../store/unit.ts';
import { rateable, type Run } from './run.ts';

/** A case whose rating in force is what would be computed again, and the number of the last sheet that it saw. */
export interface Settled { readonly subject: number; readonly sheet: number }

/** Marks cases as rated for which the run makes no new rating, such as those that came back from a review unchanged. One whose facts changed meanwhile keeps its standing. */
export async function markSettled(office: Office, actor: Actor, { run, subject }: { readonly run: Run; readonly subject: Subject }, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const sheets = new Map(settled.map(one => [one.subject, one.sheet]));
  const nos = [...sheets.keys()];
  const households: { id: string }[] = await office.read('households').whereIn('no', nos).select('id');
  // Whoever touches a case holds its household's key.
  await inUnit(office, actor, households.map(({ id }) => `household:${id}`), async unit => {
    unit.require('rating.run', subject);
    const cases: (Case & { sheet: number })[] = await unit.read('cases as c').where({ round: run.round }).whereIn('subject', nos).whereIn('standing', rateable).select(...caseColumns, 'sheet');
    const unchanged = cases.filter(one => sheets.get(Number(one.subject)) === one.sheet);
    if (unchanged.length === 0) return unit.nothingNew(undefined);
    mark(unit, unchanged, { mark: 'rated', track: 'household', body: { run: run.id } });
    unit.record({ act: 'rating.marked', power: 'rating.run', subject });
    return undefined;
  });
}
