import { migrate as bringUp } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  kind: 'alone', usage: 'migrate', words: [0, 0],
  zh: '把数据库升级到这个程序的版本', en: 'bring the database up to this release',
  async run({ config, out }) {
    const store = openStore(config);
    try {
      const done = await bringUp(store.write);
      out(done.length === 0 ? '数据库已经是最新的。Nothing to do.' : done.map(name => `✓ ${name}`).join('\n'));
    } finally { await store.close(); }
    return 0;
  },
};
