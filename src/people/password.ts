import { later } from '../kit/later.ts';
import { limits } from '../kit/limits.ts';

const argon = later<typeof import('@node-rs/argon2')>('@node-rs/argon2');

/** argon2id, 19 MiB, two passes (OWASP's figure): about 15 ms here. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => argon().hash(password, cost);
export const isPassword = (stored: string, given: string): Promise<boolean> => argon().verify(stored, given).catch(() => false);

/** A hash of nothing anybody can type: an unknown login takes as long as a wrong password. */
let decoy: Promise<string> | undefined;
export const decoyHash = (): Promise<string> => decoy ??= hashPassword(crypto.randomUUID());

/** GB/T 22239 level 2 (our figures): long enough, three of four kinds of character, not the login. `undefined` when it will do. */
export function passwordFault(password: string, login: string): string | undefined {
  const length = [...password].length;
  if (length < limits.passwordCharactersLeast) return `口令至少 ${limits.passwordCharactersLeast} 个字符。可以用一句容易记的话，加上数字。`;
  if (length > limits.passwordCharactersMost) return `口令最多 ${limits.passwordCharactersMost} 个字符。`;
  if (login !== '' && password.toLowerCase().includes(login.toLowerCase())) return '口令里不要带登录名。';
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter(kind => kind.test(password)).length;
  return kinds >= 3 ? undefined : '大写字母、小写字母、数字、其他符号（汉字也算），四种里至少要有三种。';
}
