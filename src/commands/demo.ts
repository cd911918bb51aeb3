import type { Command } from './command.ts';
import { command as refusals } from './refusals.ts';

type Fill = typeof import('../../seeds/demo/fill.ts');
type Accounts = typeof import('../../seeds/demo/accounts.ts');
const seed = <T>(name: string): Promise<T> => import(new URL(`../../seeds/demo/${name}`, import.meta.url).href) as Promise<T>;

export const demo: Command = {
  kind: 'writes', usage: 'demo', words: [0, 0],
  zh: '在空的办公室里装上示范乡镇', en: 'fill an empty office with the demonstration township',
  async run({ office, out }) {
    const held: unknown = await office.read('officers').first('id');
    if (held !== undefined) refusals.refuse('office-in-use');
    // The demonstration stands outside src: it is data, and nothing of the program depends on it.
    const accounts = await (await seed<Fill>('fill.ts')).fillDemo(office, out);
    for (const line of (await seed<Accounts>('accounts.ts')).accountLines(accounts)) out(line);
    return 0;
  },
};
