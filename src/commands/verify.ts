import { findingWords } from '../audit/verified.ts';
import { verify as walk } from '../audit/verify.ts';
import type { Command } from './command.ts';

export const verify: Command = {
  kind: 'reads', usage: 'verify [--quiet]', flags: ['quiet'], words: [0, 0],
  zh: '从头核对台账和它说到的每条记录', en: 'walk the ledger and recompute everything it speaks of',
  async run({ office, typed, out, err }) {
    let told = 0;
    const found = await walk(office, ({ done, all }) => {
      const tenth = Math.floor(done * 10 / Math.max(all, 1));
      if (tenth > told && !typed.flags.has('quiet')) { told = tenth; out(`… ${tenth * 10}%`); }
    });
    out(`${found.chains} 条链 chains · ${found.entries} 条台账 entries · ${found.rows} 条记录一致 rows recomputed · ${found.erased} 条按规定删除 erased`);
    for (const one of found.erasures) out(`  erased by ${one.chain} ${one.seq}: ${one.rows}`);
    for (const one of found.checks) out(`${one.title}: ${one.looked} checked, ${one.wrong} wrong`);
    for (const finding of found.findings) err(`✗ ${findingWords(finding)}`);
    if (found.more > 0) err(`✗ … ${found.more}`);
    out(found.findings.length === 0 ? '✓ 全部对得上 all is well' : '✗ 对不上 wrong');
    return found.findings.length === 0 ? 0 : 1;
  },
};
