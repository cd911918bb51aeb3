import type { Knex } from 'knex';
import { limits } from '../kit/limits.ts';
import { addMinutes, type Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Unit } from '../store/unit.ts';
import { hashPassword, isPassword } from './password.ts';
import { people } from './refusals.ts';
import { officerSubject } from './sign-in.ts';

/** 确认密码: six digits by which a member confirms a decision on a tablet that everybody at the table shares. It opens nothing else. */
interface Pin { readonly hash: string; readonly fails: number; readonly locked_until: Instant | null }

/** Six digits that nobody guesses at the third try; `undefined` when they will do. */
export function pinFault(pin: string): string | undefined {
  if (!/^\d{6}$/.test(pin)) return '确认密码是 6 位数字。';
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  const isPattern = new Set(pin).size < 3 || (steps.size === 1 && [1, -1].includes([...steps][0] ?? 0)) || pin.slice(0, 3) === pin.slice(3) || /^(\d\d)\1\1$/.test(pin);
  return isPattern ? '太容易猜到了。不要用连号、叠号，也不要用生日。' : undefined;
}

/** What is hashed: a million PINs are soon tried, so a key that lies outside the database goes in. */
const keyed = ({ secrets }: Pick<Office, 'secrets'>, officer: string, pin: string): string => secrets.matchKey('pin', `${officer} ${pin}`);

export const hashPin = (office: Pick<Office, 'secrets'>, officer: string, pin: string): Promise<string> => hashPassword(keyed(office, officer, pin));

/** Which of these officers have set one. */
export async function whoHasPin(read: Knex, officers: readonly string[]): Promise<ReadonlySet<string>> {
  const rows: { officer: string }[] = officers.length === 0 ? [] : await read('pins').whereIn('officer', [...officers]).select('officer');
  return new Set(rows.map(row => row.officer));
}

/**
 * Unit-level: is it this officer's? A wrong one is counted and kept in the ledger before it is refused, and too many lock it for a while; the unit must then stage nothing more.
 * The unit settles `officer:<id>`, so that tries come one after the other.
 */
export async function isOwnPin(office: Pick<Office, 'secrets'>, unit: Unit, officer: string, pin: string): Promise<boolean> {
  const row: Pin | undefined = await unit.read('pins').where({ officer }).first('hash', 'fails', 'locked_until');
  if (row === undefined) return people.refuse('pin-unset', { field: 'officer' });
  if (row.locked_until !== null && row.locked_until > unit.at) people.refuse('pin-locked', { field: 'officer', minutes: limits.signInLockMinutes });
  if (await isPassword(row.hash, keyed(office, officer, pin))) {
    if (row.fails > 0) unit.change('pins', { officer, fails: 0, locked_until: null });
    return true;
  }
  const fails = row.fails + 1;
  const isLocked = fails >= limits.signInTries;
  unit.change('pins', { officer, fails: isLocked ? 0 : fails, locked_until: isLocked ? addMinutes(unit.at, limits.signInLockMinutes) : null });
  const subject = officerSubject(officer);
  unit.require('anyone', subject);
  unit.record({ act: 'officer.wrong-pin', power: 'anyone', subject });
  unit.refuseAfter(people.refusal(isLocked ? 'pin-locked' : 'wrong-pin', isLocked ? { field: 'officer', minutes: limits.signInLockMinutes } : { field: 'pin' }));
  return false;
}
