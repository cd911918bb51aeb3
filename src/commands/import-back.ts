import { atConsole } from '../access/actor.ts';
import { handedById } from '../exchange/parcels.ts';
import { takeBack } from '../exchange/take-back.ts';
import { common } from '../kit/refusals.ts';
import type { Command } from './command.ts';

export const importBack: Command = {
  kind: 'writes', usage: 'import back ID', words: [1, 1],
  zh: '整份撤回一次导入（七天以内），编号在导入完时写出', en: 'take a whole import back, within seven days; its id was printed when it was loaded',
  async run({ office, typed, out }) {
    const handed = await handedById(office, typed.words[0] ?? '');
    out(await takeBack(office, atConsole, handed ?? common.refuse('not-found')));
    return 0;
  },
};
