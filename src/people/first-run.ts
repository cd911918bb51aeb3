import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { atConsole } from '../access/actor.ts';
import { ancestorNo } from '../places/place.ts';
import { placeByNo } from '../places/queries.ts';
import { setOffice } from '../places/set-office.ts';
import type { Office } from '../office.ts';
import { temporaryPassword } from './officer.ts';
import { hasNoOfficer } from './queries.ts';
import { people } from './refusals.ts';
import { registerOfficers, type Registered } from './register-officers.ts';

const codeFile = (office: Office): string => join(office.config.dataDir, 'first-run-code.txt');
const settled = new WeakSet<object>();

/** Has nobody been appointed yet? Asked on public pages, so the answer is remembered once it is no. */
export async function isFirstRun(office: Office): Promise<boolean> {
  if (settled.has(office)) return false;
  const isFirst = await hasNoOfficer(office.read);
  if (!isFirst) settled.add(office);
  return isFirst;
}

/** The code that whoever stands at the machine can read, made when it is first wanted; without it anybody on the network could take the office. */
export function firstRunCode(office: Office): string {
  const file = codeFile(office);
  if (!existsSync(file)) writeFileSync(file, `${temporaryPassword()}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

export function isFirstRunCode(office: Office, typed: string): boolean {
  const [wanted, given] = [Buffer.from(firstRunCode(office)), Buffer.from(typed.trim())];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

export interface FirstAdministrator { readonly login: string; readonly name: string; readonly password?: string; readonly placeNo: number; readonly title: string }

/**
 * Sets the office up and appoints its first system administrator; refused once there is an officer. For a township office the post stands at
 * the county above, so that the county's posts (who name villages) can be appointed as well.
 */
export async function appointFirst(office: Office, given: FirstAdministrator): Promise<Registered> {
  if (!await hasNoOfficer(office.read)) people.refuse('first-run-over');
  const place = await placeByNo(office.read, given.placeNo);
  await setOffice(office, atConsole, { placeNo: place.no, title: given.title });
  const postAt = place.kind === 'township' ? ancestorNo(place.path, 'county') ?? place.no : place.no;
  const [made] = await registerOfficers(office, atConsole, [{
    login: given.login, name: given.name, posts: [{ role: 'systemAdmin', placeNo: postAt }], ...given.password === undefined ? {} : { password: given.password, mustChange: false },
  }]);
  rmSync(codeFile(office), { force: true });
  return made ?? people.refuse('first-run-over');
}
