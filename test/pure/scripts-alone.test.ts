import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import test from 'ava';

const script = new URL('../../scripts/alone.mjs', import.meta.url).href;
const run = promisify(execFile);

/** Three processes at once, each noting when it was inside; the first may be killed there. */
const member = (folder: string, way: 'work' | 'die'): Promise<{ stdout: string }> => run(process.execPath, ['--input-type=module', '-e', `
  import { alone } from '${script}';
  alone('${folder}', { waiting() {}, work() {
    if ('${way}' === 'die') process.kill(process.pid, 'SIGKILL');
    const from = Date.now();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
    console.log(from + ' ' + Date.now());
  } });
`]);

test('two installations at once go one after the other, and one that was killed holds up nobody', async t => {
  const folder = `/nowhere/${randomUUID()}`;
  await t.throwsAsync(member(folder, 'die'));
  const told = await Promise.all([member(folder, 'work'), member(folder, 'work'), member(folder, 'work')]);
  const stays = told.map(({ stdout }) => stdout.trim().split(' ').map(Number)).sort(([a = 0], [b = 0]) => a - b);
  stays.forEach(([from = 0], n) => { t.true(from >= (stays[n - 1]?.[1] ?? 0), JSON.stringify(stays)); });
});
