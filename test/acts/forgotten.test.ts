import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join as path } from 'node:path';
import test from 'ava';
import '../../src/areas.ts';
import { anyone } from '../../src/access/actor.ts';
import { verify } from '../../src/audit/verify.ts';
import { giveMany } from '../../src/consents/give.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { handIn, startLoad } from '../../src/exchange/deliver.ts';
import { leftPath } from '../../src/exchange/parcels.ts';
import { forget } from '../../src/households/forget.ts';
import { drawnBytes } from '../../src/households/evidence.ts';
import { join } from '../../src/households/people.ts';
import { reveal } from '../../src/households/reveal.ts';
import { revise } from '../../src/households/revise.ts';
import { newId } from '../../src/kit/id.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { missVisit } from '../../src/observations/miss.ts';
import { recordSheet } from '../../src/observations/record.ts';
import type { Office } from '../../src/office.ts';
import { returnCases } from '../../src/panels/return.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { adjust } from '../../src/ratings/adjust.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { measured } from '../../src/ratings/yardstick.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { tableNames } from '../../src/store/tables.ts';
import { person } from '../support/people.ts';
import { openCollected } from '../support/rating.ts';
import { households, memberId, placeNos } from '../support/village.ts';

// Everything that anybody may write about a household carries one word; afterwards that word is looked for in every cell of every table, sealed or not, and in every file.

const word = '老槐树';
const zhou = households.zhou;

/** Every place that still says the word, or the head's name: `table.column`. */
async function saying({ read, secrets }: Office): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const table of tableNames) {
    for (const row of await read(table).select('*') as readonly Readonly<Record<string, unknown>>[]) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value !== 'string') continue;
        const texts = [value, ...value.startsWith('v1.') ? [secrets.open(value)] : []];
        if (texts.some(text => text.includes(word) || text.includes(zhou.head))) found.add(`${table}.${column}`);
      }
    }
  }
  return [...found].sort();
}

function filesSaying(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => path(entry.parentPath, entry.name)).filter(file => readFileSync(file).includes(word)) : [];
}

test('who is forgotten is named in no cell and no file: not by what was typed, not by a reason somebody gave, not under seal', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const [mei, sun, lin, gao] = [await village.actor('mei'), await village.actor('sun'), await village.actor('lin'), await village.actor('gao')];
  const base = { round: round.no, subject: zhou.no };
  await revise(office, sun, { id: zhou.id, rev: 1, groupNo: zhou.group, gridNo: zhou.grid, address: `${word}东第三家` });
  const wife = await join(office, sun, { household: zhou.id, rev: 2, member: person(`赵${word}`, { relation: 'spouse', sex: 'female' }) });
  await reveal(office, sun, { household: zhou.id, member: wife, field: 'phone', reason: `${word}下等不到人，打电话问` });
  await giveMany(office, mei, [{ member: wife, kind: 'rate', givenOn: '2026-11-20', how: 'paper' }]);
  await giveMany(office, mei, [{ member: memberId('zhou'), kind: 'publish', givenOn: '2026-11-20', how: 'drawn' }], { evidence: { bytes: Buffer.concat([drawnBytes(pixel) ?? new Uint8Array(), Buffer.from(word)]) } });
  const consent: { id: string } | undefined = await office.read('consents').where({ household: zhou.id, kind: 'publish' }).first('id');
  await withdraw(office, sun, { consent: consent?.id ?? '', reason: `${word}边上的人都看得见` }, []);
  await recordSheet(office, sun, { id: newId(), ...base, household: zhou.id, base_seq: 2, source: 'village', events: [{ id: newId(), indicator: 'publicSpirit', option: 'volunteering', day: '2026-11-01', note: `清${word}旁的沟`, amount: 2 }] });
  await missVisit(office, mei, { id: newId(), round: round.no, household: zhou.id, day: '2026-11-22' });
  await rateRound(office, gao, { round: round.no });
  await office.store.write('cases').where(base).update({ standing: 'village-noticed' });
  await adjust(office, lin, { round: round.no, household: zhou.id, to: (await adjustable(office, base)), reason: `护了${word}多年`, seen: 1 });
  await lodgeObjection(office, anyone, { id: newId(), ...base, notice: null, about: 'rating', words: `${word}那家少算了`, name: `${word}邻居`, contact: `${word}往西`, how: 'web' });
  await office.store.write('cases').where(base).update({ held: 0 });
  await returnCases(office, lin, { round: await roundByNo(office.read, round.no), village: await placeByNo(office.read, placeNos.qinghe), cases: [{ id: zhou.id, subject: zhou.no, mark_seq: (await caseOf(office.read, round.no, zhou.no)).mark_seq }], reason: `${word}那块地再核` });
  const before = await saying(office);
  for (const place of ['adjustments.reason', 'events.note', 'household_events.body', 'households.address', 'members.name', 'objections.words_sealed', 'objections.contact_sealed', 'reveals.reason', 'sheets.body', 'withdrawals.reason']) t.true(before.includes(place), `${place}: ${before.join(' ')}`);
  t.is(filesSaying(path(office.config.dataDir, 'evidence')).length, 1);

  await forget(office, gao, { household: zhou.id });
  t.deepEqual(await saying(office), []);
  t.deepEqual(filesSaying(path(office.config.dataDir, 'evidence')), []);
  t.deepEqual((await verify(office)).findings, [], 'and what remains can still be proved');
});

test('rows of files that named somebody forgotten keep their number only, in reports and in what came back', async t => {
  const village = await openCollected(t);
  const { office, dataDir } = village;
  const sun = await village.actor('sun');
  const file = path(dataDir, 'given.csv');
  writeFileSync(file, `乡镇,村,户号,姓名,与户主关系,性别,出生年份,没有号码的原因\n安和镇,清河村,1,陌生人,户主,男,1970,正在补办\n安和镇,清河村,90,周 大山,户主,男,${word},正在补办\n安和镇,清河村,91,留下的人,户主,男,1,正在补办\n`);
  const handed = await startLoad(office, sun, await handIn(office, sun, { kind: 'households', settings: {}, path: file, fileName: '名单.csv' }));
  const kept = (): string => readFileSync(leftPath(office, handed.id), 'utf8') + readFileSync(path(office.config.dataDir, 'imports', `${handed.id}.json`), 'utf8');
  t.regex(kept(), /周 大山[^]*已经是周大山家的/);
  await forget(office, await village.actor('gao'), { household: zhou.id });
  t.notRegex(kept(), /周 ?大山|老槐树/);
  t.regex(kept(), /\n3,这一行的人已经按要求删除个人信息,/);
  t.true(kept().includes('留下的人'));
});

/** The next better grade of what was computed, or the next worse one of the best. */
async function adjustable(office: Office, base: { readonly round: number; readonly subject: number }): Promise<string> {
  const { standard, grade }: { standard: string; grade: number } = await measured(office.read).where({ 'r.round': base.round, 'r.subject': base.subject }).first('y.standard', 'r.grade');
  const { grades } = JSON.parse((await office.read('standards').where({ hash: standard }).first('body') as { body: string }).body) as { grades: readonly { code: string }[] };
  return (grades[grade - 1] ?? grades[grade + 1])?.code ?? '';
}

/** A drawn signature as the tablet sends it. */
const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
