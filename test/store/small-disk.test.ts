import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { verify } from '../../src/audit/verify.ts';
import { openOffice as open } from '../../src/office.ts';
import { postgresServer } from '../support/postgres.ts';
import { freePort, saverOf, startServer } from '../support/process.ts';
import { openVillage } from '../support/village.ts';
import { testConfig } from '../support/office.ts';

// A real disk that is really full: the server runs on a file system of 32 MB of its own, which only it sees. (Where the machine lets nobody mount one, full-disk.test.ts has to do.)

const alone = ['unshare', '--map-root-user', '--mount', '--'];
const canMount = spawnSync(alone[0] ?? '', [...alone.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;
const onSmallDisk = canMount && postgresServer() === undefined ? test : test.skip;

onSmallDisk('on a disk that is really full the server answers in words and lives; with room again it works, and nothing acknowledged is missing', async t => {
  t.timeout(120_000);
  const { office, dataDir } = await openVillage(t);
  const { saved, send, ask } = await saverOf(office);
  await office.close();
  const disk = mkdtempSync(join(tmpdir(), 'xx-disk-'));
  t.teardown(() => { rmSync(disk, { recursive: true, force: true }); });
  const port = await freePort();
  const data = join(disk, 'data');
  const server = await startServer({ dataDir: data, databaseUrl: '' }, port, [...alone, 'sh', '-c', 'mount -t tmpfs -o size=32m tmpfs "$1" && cp -r "$2" "$3" && shift 3 && exec "$@"', 'sh', disk, dataDir, data]);
  t.teardown(() => { server.kill('SIGKILL'); });
  const seen = `/proc/${server.pid}/root`;
  t.is((await send(port)).status, 303);

  const { bavail, bsize } = statfsSync(seen + disk);
  writeFileSync(`${seen}${disk}/ballast`, Buffer.alloc(bavail * bsize - 150_000));
  const answers: Awaited<ReturnType<typeof send>>[] = [];
  for (let turn = 0; turn < 10; turn++) answers.push(...await Promise.all(Array.from({ length: 20 }, () => send(port))));
  t.true(answers.every(answer => answer.status === 303 || answer.status === 503));
  const refused = answers.filter(answer => answer.status === 503);
  t.true(refused.length > 0, 'the disk became full');
  for (const { body } of refused) t.true(body.includes('磁盘满了') && body.includes('庄台路 9 号'), 'told in words, and what was typed is still there');
  t.is(await ask(port, '/households'), 200, 'looking goes on');

  rmSync(`${seen}${disk}/ballast`);
  const later = await Promise.all(Array.from({ length: 20 }, () => send(port)));
  t.true(later.every(answer => answer.status === 303));
  t.is(server.exitCode, null, 'the same process all along');

  const copy = join(disk, 'copy');
  mkdirSync(copy);
  cpSync(seen + data, copy, { recursive: true });
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  const after = open(testConfig({ dataDir: copy, databaseUrl: '' }));
  t.teardown(() => after.close());
  const here = new Set((await after.read('households').select('id')).map((row: { id: string }) => row.id));
  t.deepEqual([...saved].filter(id => !here.has(id)), [], 'acknowledged and lost');
  t.is(here.size, saved.size + 4, 'refused and kept all the same');
  t.deepEqual((await verify(after)).findings, []);
});
