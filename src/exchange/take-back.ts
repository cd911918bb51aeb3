import { dayOf } from '../kit/time.ts';
import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { cargoNamed } from './cargoes.ts';
import { rowsDone } from './deliver.ts';
import { importById } from './keep-import.ts';
import type { Handed } from './parcels.ts';
import { exchange } from './refusals.ts';

/** Takes a whole import back, where its kind can; answers what was done in words. */
export async function takeBack(office: Office, actor: Actor, handed: Pick<Handed, 'id' | 'kind' | 'settings'>): Promise<string> {
  const cargo = cargoNamed(handed.kind);
  if (cargo.takeBack === undefined) return exchange.refuse('import-not-undone', {});
  // What comes after the list was made would stay behind, under an import that says it was taken back.
  if (rowsDone(office, handed.id) !== undefined) exchange.refuse('import-running', {});
  const kept = await importById(office, handed.id);
  if (kept === undefined) return exchange.refuse('import-not-undone', { why: '它还没有导入' });
  if (kept.taken_back_at !== null) return '这次导入已经撤回过。';
  return cargo.takeBack({ office, actor, day: dayOf(office.clock.now()), importId: handed.id, settings: handed.settings });
}
