import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { newId } from '../../src/kit/id.ts';
import { databaseFile } from '../../src/store/open.ts';
import { runApart, startApart } from '../apart.ts';
import { firstHousehold, idOf } from '../county.ts';
import { atLeast, median, perSecond, type Figure } from '../figure.ts';
import type { Filled } from '../pieces/fill.ts';
import { press } from '../press.ts';
import { inScratch } from '../scratch.ts';
import type { Staff } from '../staff.ts';

const size = { villages: 50, households: 200, values: 30 };
const saves = 1_500;

/** One observation changed by each of fifty people at a time, as their browsers send it, against the same rows written one transaction a save. */
export const saving = (): Promise<readonly Figure[]> => inScratch(async dataDir => {
  const { staff, county } = await runApart<object, Filled>('./pieces/fill.ts', { dataDir, size });
  const office = startApart<object, number>('./pieces/office.ts', { dataDir });
  try {
    const url = `http://127.0.0.1:${await office.next()}`;
    const each = savesOf(staff, county.id);
    const [ours, theirs, slowest]: [number[], number[], number[]] = [[], [], []];
    for (let turn = 0; turn < 4; turn++) {
      const pressed = await press(url, { connections: 50, amount: turn === 0 ? 300 : saves, each });
      const direct = saveDirectly(databaseFile(dataDir), turn === 0 ? 300 : saves, turn);
      if (turn === 0) continue;
      ours.push(pressed.perSecond);
      theirs.push(direct);
      slowest.push(pressed.p99);
    }
    return [atLeast({ what: `save an observation, 50 clients (p99 ${median(slowest).toFixed(0)} ms)`, ours: perSecond(median(ours)), baseline: `${perSecond(median(theirs))} better-sqlite3`, ratio: median(ours) / median(theirs) }, 0.5)];
  } finally { await office.stop(); }
});

/** The next save: villages in turn, so that fifty people are at fifty households, each of which is saved once. */
function savesOf(staff: Staff, round: string): () => { method: string; path: string; headers: Record<string, string>; body: string } {
  let n = 0;
  return () => {
    const village = n % size.villages;
    const household = Math.floor(n / size.villages);
    const who = staff.committees[village];
    n++;
    const body = new URLSearchParams({ _csrf: who?.token ?? '', id: newId(), base: '1', 'v-item1': String(n % 1_000) });
    return { method: 'POST', path: `/observations/${round}/${idOf(firstHousehold + village * size.households + household)}`, headers: { cookie: who?.cookie ?? '', 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() };
  };
}

/** The same rows by hand: sheet, value, ledger entry and head, each save a transaction of its own. Answers saves a second. */
function saveDirectly(file: string, count: number, turn: number): number {
  const db = new Database(file);
  try {
    for (const pragma of ['journal_mode=wal', 'synchronous=full', 'foreign_keys=on', 'busy_timeout=5000']) db.pragma(pragma);
    db.prepare(`insert or ignore into ledger_heads (chain, seq, hash) values ('bench', 0, '')`).run();
    const sheet = db.prepare(`insert into sheets (round, subject, seq, id, source, base_seq, body, batch, salt, at, "by", unit) values (1, ?, ?, ?, 'village', 1, ?, null, ?, '2026-11-23T00:00:00.000Z', 'console', 0)`);
    const value = db.prepare('insert into current_values (round, subject, indicator, value, state, sheet) values (1, ?, 2, ?, 0, ?) on conflict (round, subject, indicator) do update set value = excluded.value, state = excluded.state, sheet = excluded.sheet');
    const head = db.prepare<[], { seq: number; hash: string }>(`select seq, hash from ledger_heads where chain = 'bench'`);
    const entry = db.prepare(`insert into ledger (chain, seq, unit, at, actor, post, act, power, subject, traces, previous, hash) values ('bench', ?, 0, '2026-11-23T00:00:00.000Z', 'console', null, 'observation.recorded', 'observation.record', ?, ?, ?, ?)`);
    const next = db.prepare(`update ledger_heads set seq = ?, hash = ? where chain = 'bench'`);
    const start = performance.now();
    for (let n = 0; n < count; n++) {
      // Households in the second half of each village: the others belong to the people who save by the pages.
      const subject = firstHousehold + (n % size.villages) * size.households + size.households / 2 + Math.floor(n / size.villages);
      const [id, hash] = [newId(), `${n}`.padStart(64, '0')];
      db.exec('begin immediate');
      sheet.run(subject, 2 + turn, id, `{"values":{"item1":${n % 1_000}}}`, id);
      value.run(subject, n % 1_000, 2 + turn);
      const last = head.get() ?? { seq: 0, hash: '' };
      entry.run(last.seq + 1, id, `[{"digest":"${hash}","rows":1,"table":"sheets"}]`, last.hash, hash);
      next.run(last.seq + 1, hash);
      db.exec('commit');
    }
    return count / (performance.now() - start) * 1_000;
  } finally { db.close(); }
}
