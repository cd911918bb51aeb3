import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { makeArchive } from '../../src/archives/make.ts';
import { openPress } from '../../src/archives/press.ts';
import { sittingPapers } from '../../src/archives/sitting-papers.ts';
import { verify } from '../../src/audit/verify.ts';
import { archive } from '../../src/commands/archive.ts';
import { forget } from '../../src/households/forget.ts';
import { householdFollowers } from '../../src/households/follow.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { openZip } from '../../src/kit/xlsx/zip.ts';
import { postNotice } from '../../src/notices/post.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { close, reopen } from '../../src/rounds/close.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { confirm } from '../../src/sittings/confirm.ts';
import { endVoting } from '../../src/sittings/settle.ts';
import { decideItem } from '../../src/sittings/vote.ts';
import { openAwarded } from '../support/awarded.ts';
import { roundNo } from '../support/round.ts';
import { committee, openCommittee, pinOf, sit } from '../support/sitting.ts';
import { households, officerId, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const most = 10 * 1024 * 1024;

async function entries(path: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of names) {
    const zip = await openZip({ path });
    const entry = await zip.entry(name, most);
    found.set(name, entry === undefined ? '' : await text(entry));
    await zip.close();
  }
  return found;
}

test('a closed round becomes one file that can be read and proved without this program, by who may, and goes when somebody is forgotten', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  await postNotice(office, await village.actor('gao'), { id: newId(), round: await roundByNo(office.read, round.no), village: await placeByNo(office.read, placeNos.qinghe), stage: 'final', where: '村部公示栏', phone: '0517-80000000' });
  const visitor = await openDoors(t, village);
  const [gao, lin, sun] = [await visitor('gao'), await visitor('lin'), await visitor('sun')];
  const here = `/rounds/${round.id}/archive`;
  t.is((await gao.post(here)).status, 409, 'archive-open');
  await close(office, await village.actor('gao'), round.no);
  t.true((await gao.get(`/rounds/${round.id}`)).body.includes(here));
  for (const other of [lin, sun]) t.is((await other.get(here)).status, 403);
  t.is((await lin.post(here)).status, 403);
  t.is((await gao.post(here)).status, 303);
  for (let tries = 0; tries < 200 && !(await gao.get(here)).body.includes(' download>'); tries++) await wait(50);
  const shown = (await gao.get(here)).body;
  const href = /href="([^"]*\/archive\/[^"]+)"/.exec(shown)?.[1] ?? '';
  const seal = /<code>([0-9a-f]{64})<\/code>/.exec(shown)?.[1] ?? '';
  const file = join(office.config.dataDir, 'archives', `${href.split('/').at(-1) ?? ''}.zip`);
  t.is((await lin.get(href)).status, 403);
  t.is((await gao.get(href)).status, 200);
  t.is((await office.read('ledger').where({ act: 'round.archive-taken' }).select('seq')).length, 1, 'that it was taken away is in the record');

  const list = (await entries(file, ['校验/SHA256SUMS.txt'])).get('校验/SHA256SUMS.txt') ?? '';
  t.is(createHash('sha256').update(list).digest('hex'), seal, 'the seal is the digest of the list');
  const lines = list.trim().split('\n').map(line => line.split('  ') as [string, string]);
  const all = await entries(file, lines.map(([, name]) => name));
  for (const [digest, name] of lines) t.is(createHash('sha256').update(all.get(name) ?? '').digest('hex'), digest, name);
  const cover = all.get('封面.html') ?? '';
  for (const [, name] of lines.filter(([, each]) => each.endsWith('.html') && each !== '封面.html')) t.true(cover.includes(`href="${name}"`), name);
  const book = [...all].find(([name]) => name.startsWith('采集和评定/') && name.includes('清河村'))?.[1] ?? '';
  for (const words of ['001 周大山', '抢险救灾', '批准', '证书 320899101-2026-00002', '得 / 满']) t.true(book.includes(words), words);
  t.regex([...all].find(([name]) => name.startsWith('公示/'))?.[1] ?? '', /周＊山[\s\S]*[0-9a-f]{64}/);
  t.regex(all.get('标准/农户.yaml') ?? '', /grades:/);
  t.true([...all].some(([name, words]) => name.startsWith('台账/') && name.endsWith('.jsonl') && words.includes('round.closed')));
  t.notRegex([...all.values()].join('\n').replaceAll(/[0-9a-f-]{32,}/g, ''), /\d{17}[\dXx]|1[3-9]\d{9}/, 'no number of a card, no phone of a person');
  for (const [name, words] of all) if (name.endsWith('.html')) t.notRegex(words, /<script|https?:\/\//, `${name} asks for nothing from elsewhere`);
  t.deepEqual((await verify(office)).findings, []);

  await forget(office, await village.actor('gao'), { household: households.wu.id }, householdFollowers());
  t.false(existsSync(file));
  t.is((await gao.get(href)).status, 404, 'archive-gone');
  t.true((await gao.get(here)).body.includes('不在这台机器上了'));
});

test('two cannot make it at once, a round opened again leaves nothing behind, and the command writes it where one says', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  await close(office, gao, round.no);
  t.is(await codeOf(t, makeArchive(office, await village.actor('lin'), round.no)), 'not-allowed');
  const first = makeArchive(office, gao, round.no);
  const second = await codeOf(t, makeArchive(office, gao, round.no));
  t.is(second, 'archive-making');
  await first;
  const opened = makeArchive(office, gao, round.no);
  await reopen(office, gao, round.no);
  t.is(await codeOf(t, opened), 'archive-open');
  t.is(readdirSync(join(office.config.dataDir, 'archives')).length, 1, 'no half of a file');
  await close(office, gao, round.no);
  const said: string[] = [];
  const file = join(village.dataDir, '归档.zip');
  const run = async (): Promise<number> => archive.kind === 'writes' ? archive.run({ office, typed: { words: ['2026', file], flags: new Set(), values: {} }, cwd: village.dataDir, out(words) { said.push(words); }, err(words) { said.push(words); } }) : 2;
  t.is(await run(), 0);
  t.true(existsSync(file));
  t.regex(said.join('\n'), /封印 seal [0-9a-f]{64}/);
  t.is(await codeOf(t, run()), 'file-exists');
});

test('the minutes of its sittings are in it, households by number', async t => {
  const village = await openCommittee(t, { zhou: { standing: 'village-noticed', grade: 0 } });
  const { office } = village;
  const [id, lin] = [await sit(village), await village.actor('lin')];
  await decideItem(office, lin, { id, no: 0, hands: new Map(committee.map(who => [officerId(who), 'for' as const])), looked: true });
  await endVoting(office, lin, id);
  for (const who of ['lin', 'gao'] as const) await confirm(office, lin, { id, officer: officerId(who), pin: pinOf(who) });
  const found: string[] = [];
  for await (const { name, text: words } of sittingPapers(office.read, roundNo, openPress('2026年度').paper)) { found.push(name); t.regex(words, /会议纪要[\s\S]*到会：[\s\S]*高文斌[\s\S]*[0-9a-f]{64}/); t.notRegex(words, /周大山/); }
  t.deepEqual(found, ['会议纪要/001-2026-11-23.html']);
});
