import type { Knex } from 'knex';
import { disputedIn } from '../rounds/disputed.ts';
import { saidIn, type Said } from '../rounds/statements.ts';

/** What stands beside a value or an event wherever it is shown: that somebody objects to it, and what the person says to it. */
export interface Beside { readonly disputed: ReadonlySet<string>; readonly said: Said }

export async function besideOf(read: Knex, round: number, subject: number): Promise<Beside> {
  const [disputed, said] = await Promise.all([disputedIn(read, round, subject), saidIn(read, round, subject)]);
  return { disputed, said };
}

export const besideValue = ({ disputed, said }: Beside, key: string) => ({ disputed: disputed.has(`value:${key}`), said: said.get(`value:${key}`) ?? [] });
