import { performance } from 'node:perf_hooks';
import { atConsole } from '../../src/access/actor.ts';
import type { Office } from '../../src/office.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { knobsOf, turned } from '../../src/simulations/knobs.ts';
import { openSimulation } from '../../src/simulations/open.ts';
import { unfitItems } from '../../src/simulations/own-items.ts';
import { inForce, outlookOf } from '../../src/simulations/pages.ts';
import { presentOutlook } from '../../src/simulations/present.ts';
import { named } from '../../src/simulations/queries.ts';
import { placesOfRound } from '../../src/simulations/round-places.ts';
import { keptStandard } from '../../src/simulations/sides.ts';
import { simulate } from '../../src/simulations/simulate.ts';
import { groundOf, slide } from '../../src/simulations/slide.ts';
import { standardHash, standardText } from '../../src/standards/hash.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { sha256 } from '../../src/store/trace.ts';
import { idOf, type County } from '../county.ts';
import { openScratch } from '../scratch.ts';

export interface Simulated { readonly households: number; readonly rateMs: number; readonly simulateMs: number; readonly flips: number; readonly slideMs: number; readonly slidFlips: number; readonly peakBytes: number }

/** Rates the round, or tries a draft on it that moves the bound of a grade; where the place is a township, slides over it too. */
export default async function measure({ dataDir, county, what }: { readonly dataDir: string; readonly county: County; readonly what: 'rate' | 'try' }): Promise<Partial<Simulated>> {
  const office = await openScratch(dataDir);
  const start = performance.now();
  if (what === 'rate') {
    await rateRound(office, atConsole, { round: county.round });
    return { rateMs: performance.now() - start };
  }
  const round = await roundByNo(office.read, county.round);
  const standard = await keptStandard(office.read, round.household_standard);
  const [, knob] = knobsOf(standard);   // Where AA begins: the middle of the county.
  if (knob === undefined) throw new Error('a knob');
  const draft = await keptDraft(office, { ...turned(standard, knob, knob.value + 5 * knob.step), version: 2 });
  const begun = performance.now();
  const { id } = await openSimulation(office, atConsole, { round: county.round, place: idOf(10), standard: draft, note: '' });
  const done = await simulate(office, atConsole, id);
  const simulateMs = performance.now() - begun;
  const peakBytes = process.resourceUsage().maxRSS * 1_024;
  return { households: done.done, simulateMs, flips: done.changed, peakBytes, ...county.households > 30_000 ? { slideMs: 0, slidFlips: 0 } : await slid(office, county) };
}

/** Straight into the table, as the county's own standards are: a file of this kind has no worked examples. */
async function keptDraft({ store }: Office, standard: Standard): Promise<string> {
  const hash = standardHash(standard, bytes => sha256(new TextDecoder().decode(bytes)));
  const row = { hash, key: standard.key, version: String(standard.version), title: standard.title, kind: standard.subject, county_no: 3, year: standard.year, body: standardText(standard), source: '', at: '2026-11-01T00:00:00.000Z', by: 'console', unit: 0 };
  await store.dialect.insertRows(store.write, 'standards', Object.keys(row), [row]);
  return hash;
}

/** The second move and those after it, counted, named and put into words as whoever looks after them all reads it: what dragging feels like. */
async function slid(office: Office, { round: no }: County): Promise<Pick<Simulated, 'slideMs' | 'slidFlips'>> {
  const [round, place] = [await roundByNo(office.read, no), await placeByNo(office.read, 10)];
  const standard = await keptStandard(office.read, round.household_standard);
  const [, knob] = knobsOf(standard);   // Where AA begins: the middle of the county.
  if (knob === undefined) throw new Error('a knob');
  const [villages, townships, own] = [await placesOfRound(office.read, round, place.path, 'village'), await placesOfRound(office.read, round, place.path, 'township'), await inForce({ office }, round)];
  const sees = new Set(villages.map(village => village.no));
  let [slideMs, slidFlips] = [Infinity, 0];
  for (let move = 0; move < 5; move++) {
    const start = performance.now();
    const tried = turned(standard, knob, knob.value + move * knob.step);
    const { tally, changes, flips } = await slide(office, await groundOf(office, round, place, standard), tried, sees);
    presentOutlook(outlookOf(own, tried, { villages, townships, sees, cells: tally.cells, owed: tally.owed, unfit: await unfitItems(office.read, round, tried, villages), changes }));
    await named(office.read, flips);
    if (move > 0) slideMs = Math.min(slideMs, performance.now() - start);
    slidFlips = tally.owed.reduce((sum, one) => sum + one.n, 0);
  }
  return { slideMs, slidFlips };
}
