import { deepStrictEqual } from 'node:assert/strict';
import { dayNumber } from '../../src/kit/time.ts';
import { compile, type Scorer } from '../../src/standards/compile.ts';
import { examine } from '../../src/standards/examine.ts';
import { presetSource } from '../../src/standards/presets.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { byHand, scorerByHand } from './evaluate/by-hand.ts';
import { inventedHouseholds, type Contender, type Verdict } from './evaluate/households.ts';
import { jsonRules } from './evaluate/json-rules.ts';
import { prepare } from './evaluate/prepared.ts';
import { zen } from './evaluate/zen.ts';

/** Microseconds of processor time for one household, by who rates it. */
export interface Evaluated { readonly households: number; readonly ours: number; readonly hand: number; readonly jsonRules: number; readonly zen: number }

const day = '2026-11-05';
const households = 2_000;

/** Rates the same households by all four, holds that every result is the same, and then measures each in turn, several times round. */
export default async function evaluate(): Promise<Evaluated> {
  const read = examine(presetSource('household-100'));
  if ('faults' in read) throw new Error('the preset is whole');
  const { standard } = read;
  const invented = inventedHouseholds(standard, households, day);
  const hand = scorerByHand(standard, dayNumber(day));
  const prepared = invented.map(household => prepare(household, hand, 2026));
  const contenders = { ours: ours(standard, compile(standard).at({ day })), hand: byHand(standard, dayNumber(day)), jsonRules: jsonRules(standard, prepared), zen: zen(standard, prepared) };
  const wanted = await contenders.ours.tell(invented);
  for (const [name, contender] of Object.entries(contenders)) deepStrictEqual(await contender.tell(invented), wanted, `${name} comes to what ours comes to, household by household`);
  const turns = { ours: 100, hand: 400, jsonRules: 1, zen: 4 } as const;
  const best = { ours: Infinity, hand: Infinity, jsonRules: Infinity, zen: Infinity };
  for (let round = 0; round < 7; round++) {
    for (const name of ['ours', 'hand', 'jsonRules', 'zen'] as const) best[name] = Math.min(best[name], await microseconds(contenders[name], invented, turns[name]));
  }
  return { households, ...best };
}

/** The scorer of the product as its runs use it: the whole trace is written, from which a result is explained. */
const ours = (standard: Standard, scorer: Scorer): Contender => {
  const scored = standard.indicators.flatMap(({ scoring }, slot) => scoring === undefined ? [] : [slot]);
  return {
    run(all) {
      let sum = 0;
      for (const { facts } of all) sum += scorer.score(facts).total;
      return sum;
    },
    tell: all => all.map(({ facts }): Verdict => {
      const trace = scorer.score(facts);
      return { points: scored.map(slot => trace.points[slot] ?? 0), total: trace.total, grade: trace.grade, isOpen: trace.asks > 0 };
    }),
  };
};

/** Processor time, not the clock's: what else runs on the machine, or beside on another thread, shows as it is. */
async function microseconds(contender: Contender, all: Parameters<Contender['run']>[0], turns: number): Promise<number> {
  const before = process.cpuUsage();
  for (let turn = 0; turn < turns; turn++) await contender.run(all);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / turns / all.length;
}
