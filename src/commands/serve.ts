import type { Command } from './command.ts';

export const serve: Command = {
  kind: 'serves', usage: 'serve', words: [0, 0],
  zh: '启动服务，和 npm start 一样，但不安装', en: 'serve, as npm start does',
  async run() {
    await import('../main.ts');
    // The server ends the process itself, by a signal.
    return new Promise(() => undefined);
  },
};
