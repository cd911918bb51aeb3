import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { verify } from '../../src/audit/verify.ts';
import { newId } from '../../src/kit/id.ts';
import { ended, freePort, savedName, saverOf, startServer } from '../support/process.ts';
import { openVillage, placeNos } from '../support/village.ts';

// The power fails while fifty people save. What was told as saved is there afterwards, nothing is there by halves, and the ledger can be proved.

const rounds = process.env['TRIAL'] === '1' ? 40 : 2;
const seed = Number(process.env['TRIAL_SEED'] ?? 20_261_123);
const clients = 50;

test(`killed while ${clients} people save, ${rounds} times (seed ${seed}): nothing that was acknowledged is lost`, async t => {
  t.timeout(rounds * 60_000);
  const { office } = await openVillage(t);
  const { saved, send } = await saverOf(office);
  let alive: ChildProcess | undefined;
  t.teardown(() => { alive?.kill('SIGKILL'); });
  mkdirSync(join(office.config.dataDir, 'uploads'));
  writeFileSync(join(office.config.dataDir, 'uploads', 'half-a-photo'), 'x');
  for (const [round, afterMs] of fc.sample(fc.integer({ min: 20, max: 700 }), { seed, numRuns: rounds }).entries()) {
    const port = await freePort();
    const server = await startServer(office.config, port);
    alive = server;
    const before = saved.size;
    const unanswered: string[] = [];
    const others = new Set<number>();
    const walk = async (): Promise<void> => {
      for (;;) {
        const id = newId();
        try {
          const { status } = await send(port, id);
          if (status !== 303) { others.add(status); return; }
        } catch { unanswered.push(id); return; }
      }
    };
    const walking = Promise.all(Array.from({ length: clients }, walk));
    while (saved.size === before && others.size === 0) await new Promise(resolve => { setTimeout(resolve, 5); });
    await new Promise(resolve => { setTimeout(resolve, afterMs); });
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
    await walking;
    t.deepEqual([...others], [], `round ${round}`);

    // The next start takes the folder over; whoever got no answer presses the button again.
    const again = await startServer(office.config, port);
    alive = again;
    const here = async (): Promise<ReadonlySet<string>> => new Set((await office.read('households').select('id')).map((row: { id: string }) => row.id));
    const after = await here();
    t.deepEqual([...saved].filter(id => !after.has(id)), [], `round ${round}: acknowledged and lost (${saved.size} saved, killed after ${afterMs} ms)`);
    for (const id of unanswered) t.is((await send(port, id)).status, 303);
    t.true(saved.size > before);
    const ended = once(again, 'exit');
    again.kill('SIGTERM');
    await ended;
    alive = undefined;
  }
  const own = () => office.read('households').where({ village_no: placeNos.qinghe, head_name: savedName });
  const rows: { id: string; household_no: number }[] = await own().select('id', 'household_no');
  t.is(rows.length, saved.size, 'each once');
  t.is(new Set(rows.map(row => row.household_no)).size, rows.length, 'every number once');
  for (const table of ['members', 'household_events']) {
    const whole: { household: string }[] = await office.read(table).whereIn('household', own().select('id')).distinct('household');
    t.is(whole.length, rows.length, `none by halves: ${table}`);
  }
  t.false(existsSync(join(office.config.dataDir, 'uploads', 'half-a-photo')), 'nothing that was being sent stays behind');
  const found = await verify(office);
  t.deepEqual(found.findings, []);
  t.is(found.more, 0);
});

test('a port that is taken is told in words, with another to try, and the folder is free again', async t => {
  const { office } = await openVillage(t);
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => { taken.close(); });
  const told = await ended(office.config, port);
  t.is(told.code, 1);
  t.is(told.words, `端口 ${port} 已经有别的程序在用。关掉那个程序，或者换一个端口：PORT=${port + 1} npm start\n`);
  const server = await startServer(office.config, await freePort());
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
});
