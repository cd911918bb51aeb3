import type { Office } from '../office.ts';
import type { Command } from './command.ts';
import { command as refusals } from './refusals.ts';

type Fill = (office: Office, say: (line: string) => void) => Promise<unknown>;

export const demo: Command = {
  kind: 'writes', usage: 'demo', words: [0, 0],
  zh: '在空的办公室里装上示范乡镇', en: 'fill an empty office with the demonstration township',
  async run({ office, out }) {
    const held: unknown = await office.read('officers').first('id');
    if (held !== undefined) refusals.refuse('office-in-use');
    // The demonstration stands outside src: it is data, and nothing of the program depends on it.
    const { fillDemo } = await import(new URL('../../seeds/demo/fill.ts', import.meta.url).href) as { fillDemo: Fill };
    await fillDemo(office, out);
    return 0;
  },
};
