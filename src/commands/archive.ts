import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { atConsole } from '../access/actor.ts';
import { makeArchive } from '../archives/make.ts';
import { roundNamed } from '../exchange/cargoes/observations.ts';
import type { Command } from './command.ts';
import { command as refusals } from './refusals.ts';

export const archive: Command = {
  kind: 'writes', usage: 'archive ROUND FILE', words: [2, 2],
  zh: '把一个结束了的批次做成归档包（.zip，批次写年份、编号或名称）', en: 'write a closed round as one sealed, readable zip file',
  async run({ office, typed, cwd, out }) {
    const round = await roundNamed(office.read, typed.words[0] ?? '');
    const file = resolve(cwd, typed.words[1] ?? '');
    if (existsSync(file)) refusals.refuse('file-exists', { file });
    let told = 0;
    const made = await makeArchive(office, atConsole, round.no, ({ done, all }) => {
      const tenth = Math.floor(done * 10 / Math.max(all, 1));
      if (tenth > told) { told = tenth; out(`… ${done} / ${all}`); }
    });
    await copyFile(made.file, file);
    out(`✓ ${file}`);
    out(`${made.files} 个文件 files · 封印 seal ${made.seal}`);
    return 0;
  },
};
