import { atConsole } from '../access/actor.ts';
import { roundNamed } from '../exchange/cargoes/observations.ts';
import { rateRound } from '../ratings/rate.ts';
import type { Command } from './command.ts';

export const rate: Command = {
  kind: 'writes', usage: 'rate ROUND', words: [1, 1],
  zh: '计算一个批次的全部评定结果（批次写年份、编号或名称）；中断了再运行就接着算', en: 'rate a whole round (its year, number, name or id); run again to go on after an interruption',
  async run({ office, typed, out }) {
    const round = await roundNamed(office.read, typed.words[0] ?? '');
    let told = 0;
    const run = await rateRound(office, atConsole, { round: round.no }, ({ done, total }) => {
      const tenth = Math.floor(done * 10 / Math.max(total, 1));
      if (tenth > told) { told = tenth; out(`… ${done} / ${total}`); }
    });
    out(`✓ ${round.name}: ${run.done} 户 households`);
    return 0;
  },
};
