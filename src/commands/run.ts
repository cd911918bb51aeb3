import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { handOver } from '../handover.ts';
import { Faults } from '../kit/faults.ts';
import { Refusal } from '../kit/refusal.ts';
import { holderOf, takeLock } from '../lock.ts';
import { openOffice, type Office } from '../office.ts';
import { migrate, pending } from '../store/migrate.ts';
import type { Command, ExitCode, Typed, Words } from './command.ts';
import { help, usageOf } from './help.ts';
import { command as refusals } from './refusals.ts';

export type Commands = Readonly<Record<string, Command>>;

interface Line extends Words { readonly args: readonly string[]; readonly cwd: string }

/** Finds the command in what was typed (`round open` is two words), and its arguments. */
function parse(commands: Commands, args: readonly string[]): { readonly name: string; readonly command: Command; readonly typed: Typed } | string {
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find(one => Object.hasOwn(commands, one));
  const command = name === undefined ? undefined : commands[name];
  if (name === undefined || command === undefined) return args[0] === undefined ? '' : `没有这个命令 (no such command): ${args[0]}`;
  try {
    const options = Object.fromEntries([...(command.flags ?? []).map(flag => [flag, { type: 'boolean' as const }]), ...(command.options ?? []).map(option => [option, { type: 'string' as const }])]);
    const { values, positionals } = parseArgs({ args: args.slice(name.split(' ').length), options, allowPositionals: true, strict: true });
    const [least, most] = command.words;
    if (positionals.length < least || positionals.length > most) return `用法 (usage): ${usageOf(command)}`;
    const given = Object.entries(values);
    return { name, command, typed: {
      words: positionals, flags: new Set(given.filter(([, value]) => value === true).map(([key]) => key)),
      values: Object.fromEntries(given.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    } };
  } catch (error) {
    return `${error instanceof Error ? error.message.split('.')[0] ?? '' : ''}\n用法 (usage): ${usageOf(command)}`;
  }
}

/** The whole command line in its own process. */
export async function runLine(commands: Commands, config: Config, line: Line): Promise<ExitCode> {
  if (['help', '--help', '-h'].includes(line.args[0] ?? 'help')) { for (const text of help(commands)) line.out(text); return line.args.length === 0 ? 2 : 0; }
  const parsed = parse(commands, line.args);
  if (typeof parsed === 'string') { line.err(parsed); line.err('npm run office -- help'); return 2; }
  const { command, typed } = parsed;
  return told(line, async () => {
    switch (command.kind) {
      case 'serves': return command.run({ config, typed, cwd: line.cwd, ...wordsOf(line) });
      case 'alone': {
        const lock = takeLock(config.dataDir, parsed.name);
        try { return await command.run({ config, typed, cwd: line.cwd, ...wordsOf(line) }); } finally { lock.release(); }
      }
      case 'reads': return withOffice(config, async office => {
        if ((await pending(office.jobs)).length > 0) refusals.refuse('not-migrated');
        return command.run({ office, typed, cwd: line.cwd, ...wordsOf(line) });
      });
      case 'writes': {
        if (holderOf(config.dataDir)?.what === 'serve') return handOver(config.dataDir, { args: line.args, cwd: line.cwd }, line);
        const lock = takeLock(config.dataDir, parsed.name);
        try {
          return await withOffice(config, async office => {
            await migrate(office.store.write);
            return command.run({ office, typed, cwd: line.cwd, ...wordsOf(line) });
          });
        } finally { lock.release(); }
      }
    }
  });
}

/** A command handed to the server: only those that write come this way. */
export async function runHanded(commands: Commands, office: Office, line: Line): Promise<ExitCode> {
  const parsed = parse(commands, line.args);
  if (typeof parsed === 'string' || parsed.command.kind !== 'writes') { line.err('npm run office -- help'); return 2; }
  const { command, typed } = parsed;
  return told(line, () => command.run({ office, typed, cwd: line.cwd, ...wordsOf(line) }));
}

const wordsOf = (line: Words): Words => ({ out: text => { line.out(text); }, err: text => { line.err(text); } });

async function withOffice(config: Config, work: (office: Office) => Promise<ExitCode>): Promise<ExitCode> {
  const office = openOffice(config);
  try { return await work(office); } finally { await office.close(); }
}

/** An expected no is told in its words and ends with 1; anything else is a bug and is shown as it is. */
async function told(line: Words, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try { return await work(); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    line.err(error.words);
    if (error instanceof Faults && error.faults.length > 1) for (const fault of error.faults) line.err(`  ${fault.field}: ${fault.say}`);
    return 1;
  }
}
