import test from 'ava';
import { demoAccounts, accountLines, demoPassword } from '../../seeds/demo/accounts.ts';
import { roleNames } from '../../src/access/actor.ts';
import { verify } from '../../src/audit/verify.ts';
import { furnish } from '../../src/opening.ts';
import { isPassword } from '../../src/people/password.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { tellWhy } from '../../src/ratings/why.ts';
import { openDemo } from '../support/demo.ts';
import { openOffice } from '../support/office.ts';

const number = (row: { n?: number | string } | undefined): number => Number(row?.n ?? 0);

test('the demonstration has something to do in every standing, and a record that holds', async t => {
  t.timeout(180_000);
  const { office } = await openDemo(t);
  const { read } = office;
  const rounds: { no: number; year: number; closed_on: string | null; previous_no: number | null }[] = await read('rounds').orderBy('year').select('no', 'year', 'closed_on', 'previous_no');
  t.is(rounds.length, 2);
  const [before, now] = rounds;
  t.truthy(before?.closed_on);
  t.is(now?.previous_no, before?.no);
  const standings: { standing: string }[] = await read('cases').join('subjects', 'subjects.no', 'cases.subject').where({ round: now?.no ?? 0, 'subjects.kind': 'household' }).distinct('standing').orderBy('standing');
  t.deepEqual(standings.map(row => row.standing).sort(), ['approved', 'collected', 'excused', 'open', 'preliminary', 'published', 'rated', 'returned', 'reviewed', 'township-notice', 'township-noticed', 'village-notice', 'village-noticed']);
  const some = async (table: string): Promise<void> => { t.true(number(await read(table).count({ n: '*' }).first()) > 0, table); };
  for (const table of ['contests', 'objections', 'answers', 'withdrawals', 'leaves', 'lookups', 'adjustments', 'certificates']) await some(table);
  t.is(number(await read('objections').leftJoin('answers', 'answers.objection', 'objections.id').whereNull('answers.id').count({ n: '*' }).first()), 2, 'one objection waits for the village, one for the bank');
  t.true(number(await read('roll_entries').join('rolls', 'rolls.id', 'roll_entries.roll').where({ 'rolls.round': before?.no ?? 0, kind: 'village' }).count({ n: '*' }).first()) > 10, 'villages named last year');
  t.is(number(await read('roll_entries').join('rolls', 'rolls.id', 'roll_entries.roll').where({ 'rolls.round': before?.no ?? 0, kind: 'township' }).count({ n: '*' }).first()), 1);

  const deed: { subject: number } | undefined = await read('sheets').where({ round: now?.no ?? 0 }).whereLike('body', '%"own-%').first('subject');
  const own = await ratingInForce(read, now?.no ?? 0, deed?.subject ?? 0);
  t.regex(own === undefined ? '' : JSON.stringify((await tellWhy(read, own)).groups), /参加村里清沟渠（本村约定）/, 'a village’s own item is told on a result');

  const { findings, entries } = await verify(office);
  t.deepEqual(findings, []);
  const times: { chain: string; at: string; act: string }[] = await read('ledger').orderBy('chain').orderBy('seq').select('chain', 'at', 'act');
  t.is(times.length, entries);
  // Villages are rated side by side with the run of their households: their entries stand in the order in which they were done, each with the time its turn began.
  const isOfRun = (row: { act: string }): boolean => row.act.startsWith('rating.');
  const early = times.filter((row, at) => { const last = times[at - 1]; return last?.chain === row.chain && last.at > row.at && !(isOfRun(last) && isOfRun(row)); });
  t.deepEqual(early, [], 'nothing happens before what it follows');
  t.true(times.every(row => row.at < office.clock.now()), 'nor in time to come');
});

test('an account of each role is told, with the password that opens it; a second start changes nothing', async t => {
  const { office } = await openDemo(t);
  const accounts = await demoAccounts(office);
  if (accounts === undefined || accounts === 'broken-off') { t.fail('accounts'); return; }
  t.deepEqual([...new Set(accounts.map(account => account.role))].sort(), [...roleNames].sort());
  const lines = accountLines(accounts).join('\n');
  for (const account of accounts) {
    t.true(lines.includes(account.login));
    const officer: { password_hash: string; must_change: number } | undefined = await office.read('officers').where({ login: account.login }).first('password_hash', 'must_change');
    t.is(officer?.must_change, 0);
  }
  const one: { password_hash: string } | undefined = await office.read('officers').where({ login: 'wangge' }).first('password_hash');
  t.true(await isPassword(one?.password_hash ?? '', demoPassword));
  const entries = number(await office.read('ledger').count({ n: '*' }).first());
  await furnish({ ...office, config: { ...office.config, demo: true } }, () => undefined);
  t.is(number(await office.read('ledger').count({ n: '*' }).first()), entries);
});

test('a real office begins with places and holidays, and nobody in it', async t => {
  const { office } = await openOffice(t);
  await furnish(office, () => undefined);
  t.is(number(await office.read('places').where({ kind: 'village', hidden: 0 }).count({ n: '*' }).first()) > 1_500, true);
  t.true(number(await office.read('holidays').count({ n: '*' }).first()) > 0);
  t.is(number(await office.read('officers').count({ n: '*' }).first()), 0);
  t.is(await demoAccounts(office), undefined);
});
