import test from 'ava';
import { commands } from '../../src/cli.ts';
import { commandTable } from '../../src/commands/help.ts';
import { columnTable } from '../../src/exchange/cargoes.ts';
import { sourceOf } from '../support/tree.ts';

// README's tables are made from the code. `node --eval` prints them anew: see the two functions.

test('README carries the table of commands', t => {
  t.true((sourceOf('README.md') ?? '').includes(commandTable(commands)));
});

test('README carries the columns of every kind of file', t => {
  t.true((sourceOf('README.md') ?? '').includes(columnTable()));
});
