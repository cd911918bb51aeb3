import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { canonical } from '../kit/canonical.ts';
import type { Office } from '../office.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { keepHouse } from '../store/housekeeping.ts';
import { inUnit } from '../store/unit.ts';
import { lastSheet, listed, takenBy, type Scope } from './candidates.ts';
import { casesIn, type Run } from './run.ts';

/** A case to be told of its rating, and the number of the last sheet that the rating saw. */
export interface Seen { readonly subject: number; readonly sheet: number }
interface Marking { readonly run: Run; readonly scope: Scope; readonly subject: Subject }

const casesPerUnit = 2_500;
const unitsAtOnce = 2;   // One is read while another is written.

/**
 * Tells every case of the run that it is rated, in short units. A household whose facts changed meanwhile keeps its standing: the next run takes it.
 * A run that was interrupted has forgotten what it saw (`seen` undefined) and finds it again: the ratings in force of which no mark speaks yet.
 */
export async function markRated(office: Office, actor: Actor, { seen, ...marking }: Marking & { readonly seen: readonly Seen[] | undefined }): Promise<void> {
  const list = seen ?? await stillUntold(office, marking);
  const chunks = Array.from({ length: Math.ceil(list.length / casesPerUnit) }, (_, at) => list.slice(at * casesPerUnit, (at + 1) * casesPerUnit)).values();
  await Promise.all(Array.from({ length: unitsAtOnce }, async () => {
    for (const chunk of chunks) await markSome(office, actor, marking, chunk);
  }));
}

const bodyOf = (run: Run): { readonly run: string } => ({ run: run.id });

const stillUntold = ({ jobs }: Office, { run, scope }: Marking): Promise<readonly Seen[]> =>
  takenBy(jobs, scope).join('current_ratings as k', join => join.on('k.round', 'c.round').andOn('k.subject', 'c.subject'))
    .join('ratings as r', join => join.on('r.round', 'k.round').andOn('r.subject', 'k.subject').andOn('r.revision', 'k.revision'))
    .where(either => { void either.whereNot('c.standing', 'rated').orWhere('r.run', run.no); })
    .whereNotExists(jobs('marks as m').whereRaw('m.round = c.round and m.subject = c.subject').where({ 'm.mark': 'rated', 'm.body': canonical(bodyOf(run)) }).select(jobs.raw('1')))
    .orderBy('c.subject').select<Seen[]>('c.subject', 'r.sheet');

async function markSome(office: Office, actor: Actor, { run, scope, subject }: Marking, chunk: readonly Seen[]): Promise<void> {
  const reading = { read: office.jobs, dialect: office.store.dialect };
  const [first, last] = [chunk[0]?.subject ?? 0, chunk.at(-1)?.subject ?? 0];
  const among = casesIn(office.jobs, scope.round, scope.villages).whereBetween('c.subject', [first, last]);
  const sheets = new Map(chunk.map(one => [one.subject, one.sheet]));
  const households = await listed<[number, string]>(reading, among.clone().select('c.subject', 'households.id'), ['subject', 'id']);
  // Whoever touches a case holds its household's key.
  const isKept = await inUnit(office, actor, households.flatMap(([no, id]) => sheets.has(no) ? [`household:${id}`] : []), async unit => {
    unit.require('rating.run', subject);
    const cases = await listed<Listed>(reading, among.clone().select('c.subject', 'c.standing', 'c.held', 'c.reason', 'c.mark_seq', office.jobs.raw(`${lastSheet} as sheet`)), ['subject', 'standing', 'held', 'reason', 'mark_seq', 'sheet']);
    const settled = cases.flatMap(([no, standing, held, reason, mark_seq, sheet]) => sheets.get(no) === (sheet ?? 0) ? [{ round: run.round, subject: no, standing, held, reason, mark_seq }] : []);
    if (settled.length === 0) return unit.nothingNew(false);
    mark(unit, settled, { mark: 'rated', track: 'household', body: bodyOf(run) });
    unit.change('rating_runs', { no: run.no, after_no: last, beat_at: unit.at });
    unit.record({ act: 'rating.marked', power: 'rating.run', subject });
    return true;
  });
  if (!isKept) await keepHouse(office, 'change', 'rating_runs', [{ no: run.no, after_no: last, beat_at: office.clock.now() }]);
}

type Listed = [number, Case['standing'], number, string | null, number, number | null];
