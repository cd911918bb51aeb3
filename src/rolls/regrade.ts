import type { Knex } from 'knex';
import { canonical, type Json } from '../kit/canonical.ts';
import { leavesDigest } from '../store/trace.ts';
import type { Unit } from '../store/unit.ts';
import { lineOf } from './line.ts';
import type { Entry, Figures } from './roll.ts';

/** A credit household whose grade is another now, or none: `to` undefined. Grades by their code. */
export interface Regraded { readonly subject: number; readonly village: number; readonly from: string; readonly to: string | undefined }

interface Line extends Entry { readonly roll: string; readonly subject: number }

/** Unit-level: the rolls of a round say what is true now. An old line goes bare, so that the rest can still be proved; a new grade is a new line, and the figures move along. */
export async function regrade(unit: Unit, { round, moved, ranks }: { readonly round: number; readonly moved: readonly Regraded[]; /** Codes of the grades, best first. */ readonly ranks: readonly string[] }): Promise<void> {
  if (moved.length === 0) return;
  const rolls: { id: string; figures: string }[] = await unit.read('rolls').where({ round }).whereNull('withdrawn_at').select('id', 'figures');
  const lines = await linesOf(unit.read, rolls.map(roll => roll.id), moved);
  for (const roll of rolls) {
    const figures = JSON.parse(roll.figures) as Figures;
    const own = lines.filter(line => line.roll === roll.id);
    // Whoever moved away since counts where the roll named them.
    const next = moved.map(one => ({ ...one, village: own.find(line => line.subject === one.subject)?.place_no ?? one.village })).reduce(shifted, figures);
    if (own.length === 0 && next === figures) continue;
    const all: { seq: number; leaf: string }[] = await unit.read('roll_entries').where({ roll: roll.id }).orderBy('seq').select('seq', 'leaf');
    const fresh = own.flatMap(line => { const code = moved.find(one => one.subject === line.subject)?.to; return code === undefined ? [] : [{ ...line, grade_code: code, grade: ranks.indexOf(code) }]; })
      .map(({ subject, roll: id, ...line }, at) => ({ subject, row: lineOf(id, { ...line, seq: (all.at(-1)?.seq ?? 0) + at + 1 }) }));
    if (own.length > 0) unit.change('roll_entries', own.map(({ roll: id, seq }) => ({ roll: id, seq, shown: '', group_name: '', salt: '' })));
    unit.insert('roll_entries', fresh.map(({ row }) => row));
    unit.insert('roll_subjects', fresh.map(({ subject, row }) => ({ roll: roll.id, seq: row.seq, subject })));
    unit.change('rolls', { id: roll.id, hash: leavesDigest([...all.map(one => one.leaf), ...fresh.map(({ row }) => row.leaf)]), figures: canonical(next as unknown as Json) });
  }
}

/** Lines on which these households are named now. */
async function linesOf(read: Knex, rolls: readonly string[], moved: readonly Regraded[]): Promise<readonly Line[]> {
  const rows: Line[] = await read('roll_entries').join('roll_subjects', join => join.on('roll_subjects.roll', 'roll_entries.roll').andOn('roll_subjects.seq', 'roll_entries.seq'))
    .whereIn('roll_entries.roll', [...rolls]).whereIn('roll_subjects.subject', moved.map(one => one.subject)).whereNot('roll_entries.shown', '').orderBy('roll_entries.seq')
    .select('roll_entries.roll', 'roll_entries.seq', 'roll_entries.kind', 'roll_entries.place_no', 'roll_entries.group_name', 'roll_entries.shown', 'roll_entries.grade_code', 'roll_entries.grade', 'roll_subjects.subject');
  return rows.map(row => ({ ...row, subject: Number(row.subject), place_no: Number(row.place_no) }));
}

/** One household counts with another grade, or with none. */
function shifted(figures: Figures, { village, from, to }: Regraded): Figures {
  const change = (code: string): number => (code === to ? 1 : 0) - (code === from ? 1 : 0);
  return figures.villages.some(one => one.no === village)
    ? { ...figures, villages: figures.villages.map(one => one.no === village ? { ...one, byGrade: one.byGrade.map((n, at) => Math.max(0, n + change(figures.grades[at]?.code ?? ''))) } : one) } : figures;
}
