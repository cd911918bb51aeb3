import type { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { dayOf } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import type { Cargo } from './cargo.ts';
import { columnsOf } from './deliver.ts';
import type { Format } from './format.ts';

export interface Wanted { readonly cargo: Cargo; readonly format: Pick<Format, 'write'>; readonly place: Subject; readonly settings: Readonly<Record<string, string>> }

/** What the office holds of one kind below a place, as a stream. That it left the office is in the ledger before the first byte does. */
export async function takeExport(office: Office, actor: Actor, { cargo, format, place, settings }: Wanted): Promise<Readable> {
  const columns = (await columnsOf(cargo, { office, settings })).filter(column => cargo.inOnly?.includes(column.key) !== true);
  await inUnit(office, actor, [], async unit => {
    unit.require('export.take', place);
    unit.require(cargo.reads, place);
    unit.record({ act: 'export.taken', power: 'export.take', subject: place });
  });
  return format.write(columns, cargo.give({ office, actor, day: dayOf(office.clock.now()), paths: place.paths, settings }));
}

export const exportName = (cargo: Cargo, format: Pick<Format, 'extension'>, day: string): string => `${cargo.title}-${day}.${format.extension}`;
