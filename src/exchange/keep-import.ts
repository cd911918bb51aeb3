import { reach } from '../access/may.ts';
import { actorId, type Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { isId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import type { Handed } from './parcels.ts';
import type { Report } from './report.ts';

const subjectOf = (actor: Actor, id: string): Subject => { const paths = reach(actor, 'import.load'); return { id, paths: paths.length === 0 ? ['/'] : paths }; };

/** Writes down that a file is being loaded before the first row of it is; begun again, nothing is new. */
export async function beginImport(office: Office, actor: Actor, handed: Omit<Handed, 'standing' | 'report'>): Promise<void> {
  await inUnit(office, actor, [`import:${handed.id}`], async unit => {
    const subject = subjectOf(actor, handed.id);
    unit.require('import.load', subject);
    const known: { id: string } | undefined = await unit.read('imports').where({ id: handed.id }).first('id');
    if (known !== undefined) return unit.nothingNew(undefined);
    unit.insert('imports', {
      id: handed.id, kind: handed.kind, file_name: handed.fileName.slice(0, 200), round: null, source: handed.settings['source'] ?? '', rows: 0, loaded: 0, unmatched: 0, evidence: null,
      taken_back_at: null, taken_back_by: null, standing: 'loading', settings: JSON.stringify(handed.settings), report: '{}', at: unit.at, by: actorId(actor), unit: unit.no,
    });
    unit.record({ act: 'import.begun', power: 'import.load', subject });
    return undefined;
  });
}

/** How it ended, in counts. */
export async function endImport(office: Office, actor: Actor, id: string, report: Report): Promise<void> {
  await inUnit(office, actor, [`import:${id}`], async unit => {
    const subject = subjectOf(actor, id);
    unit.require('import.load', subject);
    const { faults: _faults, ...counts } = report;
    unit.change('imports', { id, rows: report.rows, loaded: report.loaded, unmatched: report.left, standing: 'loaded', report: JSON.stringify(counts) });
    unit.record({ act: 'import.loaded', power: 'import.load', subject });
  });
}

/** That it was taken back, as far as that went. */
export async function endTakeBack(office: Office, actor: Actor, id: string): Promise<void> {
  await inUnit(office, actor, [`import:${id}`], async unit => {
    const subject = subjectOf(actor, id);
    unit.require('import.load', subject);
    unit.change('imports', { id, taken_back_at: unit.at, taken_back_by: actorId(actor) });
    unit.record({ act: 'import.taken-back', power: 'import.load', subject });
  });
}

export interface Import { readonly id: string; readonly kind: string; readonly file_name: string; readonly rows: number; readonly loaded: number; readonly unmatched: number; readonly taken_back_at: string | null; readonly by: string; readonly at: string; readonly standing: string }
export const importById = async (office: Pick<Office, 'read'>, id: string): Promise<Import | undefined> =>
  isId(id) ? office.read('imports').where({ id }).first('id', 'kind', 'file_name', 'rows', 'loaded', 'unmatched', 'taken_back_at', 'by', 'at', 'standing') : undefined;
