import { roles, type Role } from '../../src/access/actor.ts';
import type { Office } from '../../src/office.ts';
import { keepHouse } from '../../src/store/housekeeping.ts';

/** The demonstration's one password; its accounts are for trying out, never for a real office. */
export const demoPassword = 'Xiangxin-2026';

/** What the township's committee confirms by. */
export const demoPin = '260817';

/** One account of each role to sign in with. */
export interface Account { readonly login: string; readonly name: string; readonly role: Role; readonly place: string }

const setting = 'demo.accounts';

/** Marks that filling has begun (`[]`), or with whom to sign in once it is whole. */
export const keepAccounts = (office: Office, accounts: readonly Account[]): Promise<void> => keepHouse(office, 'put', 'settings', [{ name: setting, value: JSON.stringify(accounts) }]);

/** The accounts of the demonstration that can still sign in; `undefined` in a real office, `broken-off` when filling never came to its end. */
export async function demoAccounts(office: Office): Promise<readonly Account[] | 'broken-off' | undefined> {
  const row: { value: string } | undefined = await office.read('settings').where({ name: setting }).first('value');
  if (row === undefined) return undefined;
  const accounts = JSON.parse(row.value) as readonly Account[];
  if (accounts.length === 0) return 'broken-off';
  const open: { login: string }[] = await office.read('officers').whereIn('login', accounts.map(account => account.login)).whereNull('closed_on').select('login');
  return accounts.filter(account => open.some(officer => officer.login === account.login));
}

/** What a start prints of them: one line a role, and the password they share. */
export const accountLines = (accounts: readonly Account[]): readonly string[] =>
  accounts.length === 0 ? [] : [`示范账号，口令都是 ${demoPassword}（只供试用）：`, ...accounts.map(({ login, name, role, place }) => `  ${login.padEnd(10)} ${name}  ${roles[role]}，${place}`), `镇评定委员会各位委员的会议确认密码都是 ${demoPin}`];
