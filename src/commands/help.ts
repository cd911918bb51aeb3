import type { Command } from './command.ts';

export const usageOf = (command: Pick<Command, 'usage'>): string => `npm run office -- ${command.usage}`;

/** The overview, both languages: whoever keeps the machine may not read Chinese. */
export function help(commands: Readonly<Record<string, Command>>): readonly string[] {
  return [
    '乡信 命令行 · the command line of the office', '',
    ...Object.values(commands).flatMap(command => [`  npm run office -- ${command.usage}`, `      ${command.zh}`, `      ${command.en}`]), '',
    '结束码 exit codes: 0 完成 done · 1 被拒绝或有错 refused or faulty · 2 用法不对 wrong usage',
    '服务正在运行时，要写数据的命令由服务代办。Commands that write are carried out by the running server.',
  ];
}

/** The same as a table in Markdown: README carries it, and a test holds the two together. */
export const commandTable = (commands: Readonly<Record<string, Command>>): string =>
  ['| command | does |', '| --- | --- |', ...Object.values(commands).map(command => `| \`${command.usage.replaceAll('|', '\\|')}\` | ${command.en} |`)].join('\n');
