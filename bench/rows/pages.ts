import { runApart, startApart } from '../apart.ts';
import { idOf } from '../county.ts';
import { atLeast, atMost, median, perSecond, type Figure } from '../figure.ts';
import type { Demo } from '../pieces/demo.ts';
import type { Filled } from '../pieces/fill.ts';
import { press } from '../press.ts';
import { inScratch } from '../scratch.ts';

const size = { villages: 50, households: 200, values: 0 };
const village = 107;

/** A list of fifty households made anew each time, a village's public roll that is kept, and why a household has its grade. */
export const pages = async (): Promise<readonly Figure[]> => [...await lists(), await explanation()];

const lists = (): Promise<readonly Figure[]> => inScratch(async dataDir => {
  const { staff: { chair } } = await runApart<object, Filled>('./pieces/fill.ts', { dataDir, size });
  const pieces = [startApart<object, number>('./pieces/office.ts', { dataDir }), startApart<object, number>('./pieces/template.ts', { dataDir, who: chair, village }), startApart<object, number>('./pieces/hello.ts', {})];
  try {
    const [office = '', template = '', hello = ''] = (await Promise.all(pieces.map(piece => piece.next()))).map(port => `http://127.0.0.1:${port}`);
    const list = { url: `${office}/households?village=${village}`, connections: 50, headers: { cookie: chair.cookie } };
    const board = `${office}/board/${idOf(village)}`;
    const [ours, rendered] = await compared(() => press(list.url, { ...list, amount: 1_500 }), () => press(template, { connections: 50, amount: 3_000 }));
    const browser = { connections: 50, amount: 15_000, headers: { 'accept-encoding': 'gzip, br' } };   // as every browser asks
    const [kept, said] = await compared(() => press(board, browser), () => press(hello, browser));
    return [
      atLeast({ what: 'page of 50 rows, not cached', ours: perSecond(ours), baseline: `${perSecond(rendered)} its template alone`, ratio: ours / rendered }, 0.25),
      atLeast({ what: 'public roll of a village, cached', ours: perSecond(kept), baseline: `${perSecond(said)} Koa hello`, ratio: kept / said }, 0.7),
    ];
  } finally { for (const piece of pieces) await piece.stop(); }
});

/** Why a household has its grade, with everything that would lift it, against its other pages: its own, what was collected, and what became of that; of all rated households of a demonstration in turn. */
const explanation = (): Promise<Figure> => inScratch(async dataDir => {
  const { cookie, households } = await runApart<object, Demo>('./pieces/demo.ts', { dataDir });
  const piece = startApart<object, number>('./pieces/office.ts', { dataDir });
  try {
    const office = `http://127.0.0.1:${await piece.next()}`;
    const all = (...paths: ((one: Demo['households'][number]) => string)[]) => (): ReturnType<typeof press> => {
      let at = 0;
      const next = (): string => { const turn = at++; return paths[turn % paths.length]?.(households[Math.floor(turn / paths.length) % households.length] ?? { id: '', round: '' }) ?? ''; };
      return press(office, { connections: 4, amount: households.length * 3, each: () => ({ method: 'GET', path: next(), headers: { cookie }, body: '' }) });
    };
    const sheet = (one: Demo['households'][number]): string => `/observations/${one.round}/${one.id}`;
    const [why, others] = await compared(all(one => `/ratings/${one.round}/${one.id}`), all(one => `/households/${one.id}`, sheet, one => `${sheet(one)}/history`));
    return atMost({ what: 'why a household has its grade', ours: perSecond(why), baseline: `${perSecond(others)} its other pages`, ratio: others / why }, 1.1);
  } finally { await piece.stop(); }
});

/** Both sides in turn, the first turn only to warm up; the medians of the others. */
async function compared(ours: () => Promise<{ readonly perSecond: number }>, theirs: () => Promise<{ readonly perSecond: number }>): Promise<readonly [number, number]> {
  const [one, other]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 4; turn++) {
    const [a, b] = [await ours(), await theirs()];
    if (turn > 0) { one.push(a.perSecond); other.push(b.perSecond); }
  }
  return [median(one), median(other)];
}
