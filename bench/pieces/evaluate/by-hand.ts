import { monthOf } from '../../../src/standards/calendar.ts';
import { slotsOf, type EventFact, type Facts } from '../../../src/standards/facts.ts';
import { firstDayBack } from '../../../src/standards/kinds/window.ts';
import type { Standard } from '../../../src/standards/standard.ts';
import type { Contender, Household, Verdict } from './households.ts';

/** `household-100` as a programmer would write it who knows that no other standard will ever come: every number is in the code, and nothing is told but the result. */
export interface ByHand { rate(facts: Facts): void; readonly points: Float64Array; total: number; grade: number; isOpen: boolean }

const ask = -1;
/** Points by the answer, and after the answers by the way of not knowing: not asked, don't know, refused, no dealings. */
const loans = [2000, 1200, 600, 0, ask, ask, 1200, 1200];
const guarantees = [600, 600, 0, ask, ask, 300, 600];
const contracts = [800, 800, 400, 0, ask, ask, 400, 800];
const taxes = [600, 300, 0, ask, ask, 300, 600];
const livelihoods = [1000, 700, 300, ask, 300, 300, 300];
const debts = [500, 300, 0, 200, 200, 200, 500];
const honourPoints = [100, 200, 300, 400, 500];

/** The order of `points` is that of the file. */
export function scorerByHand(standard: Standard, today: number): ByHand {
  const slots = slotsOf(standard);
  const [loanAt, guaranteeAt, contractAt, taxAt, memberAt, labourAt, livelihoodAt, sinceAt, debtAt, conductAt, spiritAt, honourAt, defaulterAt, falseAt, skillAt] =
    ['loanPerformance', 'guarantees', 'villageContracts', 'taxes', 'memberCount', 'labourCount', 'livelihood', 'tradeSince', 'debtBurden', 'conduct', 'publicSpirit', 'honours', 'judgmentDefaulter', 'falseData', 'skillCertificate']
      .map(key => slots.get(key) ?? -1) as [number, number, number, number, number, number, number, number, number, number, number, number, number, number, number];
  const year = Math.floor(monthOf(today) / 12);
  const [year1, years3] = [firstDayBack(12, today), firstDayBack(36, today)];
  const firstMonth = monthOf(year1);
  const months = Int8Array.from({ length: today - year1 + 1 }, (_, n) => monthOf(year1 + n) - firstMonth);
  const points = new Float64Array(12);
  const [litter, roadBlock, villageRules, neighbours] = [new Int32Array(13), new Int32Array(13), new Int32Array(13), new Int32Array(13)];
  let isOpen = false;
  const answer = (facts: Facts, slot: number, table: readonly number[], answers: number): number => {
    const state = facts.states[slot] ?? 1;
    const given = table[state === 0 ? facts.values[slot] ?? 0 : answers + state - 1] ?? ask;
    if (given !== ask) return given;
    isOpen = true;
    return 0;
  };
  /** What the month's cap leaves of one more. */
  const within = (sums: Int32Array, day: number, size: number, cap: number): number => {
    const month = months[day - year1] ?? 0;
    const before = sums[month] ?? 0;
    const after = before + size > cap ? cap : before + size;
    sums[month] = after;
    return after - before;
  };
  const eventsOf = (events: readonly EventFact[]): void => {
    litter.fill(0); roadBlock.fill(0); villageRules.fill(0); neighbours.fill(0);
    let [conduct, spirit, honour, hours] = [2000, 0, 0, 0];
    for (const event of events) {
      const { slot, item, day } = event;
      if (day > today) continue;
      if (slot === honourAt) {
        const given = honourPoints[item] ?? 0;
        if (day >= years3 && given > honour) honour = given;
      } else if (day < year1) continue;
      else if (slot === conductAt) {
        switch (item) {
          case 0: conduct -= within(litter, day, 200, 400); break;
          case 1: conduct -= within(roadBlock, day, 200, 400); break;
          case 2: case 5: conduct -= 500; break;
          case 3: conduct -= 300; break;
          case 4: conduct -= 400; break;
          default: conduct -= within(villageRules, day, 100, 200);
        }
      } else if (slot === spiritAt) {
        switch (item) {
          case 0: hours += event.amount; break;
          case 1: spirit += within(neighbours, day, 200, 400); break;
          case 2: spirit += 300; break;
          case 3: spirit += 200; break;
          default: spirit += 500;
        }
      }
    }
    spirit += Math.floor(hours / 400) * 100;
    points[8] = conduct < 0 ? 0 : conduct;
    points[9] = spirit > 1500 ? 1500 : spirit;
    points[10] = honour;
  };
  const labourShare = ({ values, states }: Facts): number => {
    const [first, second] = [states[labourAt] ?? 1, states[memberAt] ?? 1];
    if (first !== 0 || second !== 0) {
      if (first !== 1 && second !== 1) return 200;
      isOpen = true;
      return 0;
    }
    const [labour, members] = [values[labourAt] ?? 0, values[memberAt] ?? 0];
    return members <= 0 ? 200 : labour * 3 > members * 2 ? 500 : labour * 3 >= members ? 400 : 200;
  };
  const tradeYears = ({ values, states }: Facts): number => {
    const state = states[sinceAt] ?? 1;
    if (state > 1) return 100;
    if (state === 1) { isOpen = true; return 0; }
    const years = year - (values[sinceAt] ?? 0);
    return years >= 3 ? 500 : years >= 1 ? 300 : 100;
  };
  const scorer: ByHand = {
    points, total: 0, grade: -1, isOpen: false,
    rate(facts) {
      isOpen = false;
      const loan = points[0] = answer(facts, loanAt, loans, 4);
      const guarantee = points[1] = answer(facts, guaranteeAt, guarantees, 3);
      const contract = points[2] = answer(facts, contractAt, contracts, 4);
      const tax = points[3] = answer(facts, taxAt, taxes, 3);
      const livelihood = points[4] = answer(facts, livelihoodAt, livelihoods, 3);
      const trade = points[5] = tradeYears(facts);
      const labour = points[6] = labourShare(facts);
      const debt = points[7] = answer(facts, debtAt, debts, 3);
      if (facts.events.length === 0) { points[8] = 2000; points[9] = 0; points[10] = 0; } else eventsOf(facts.events);
      const skill = points[11] = facts.states[skillAt] === 0 && facts.values[skillAt] === 1 ? 200 : 0;
      const means = livelihood + trade + labour + debt + skill;
      const sum = loan + guarantee + contract + tax + (means > 2500 ? 2500 : means) + (points[8] ?? 0) + (points[9] ?? 0) + (points[10] ?? 0);
      const total = sum > 10_000 ? 10_000 : sum;
      const [defaulter, untrue] = [facts.states[defaulterAt] ?? 1, facts.states[falseAt] ?? 1];
      if (defaulter === 1 || defaulter === 2) isOpen = true;
      const isVetoed = defaulter === 0 && facts.values[defaulterAt] === 1 || untrue === 0 && facts.values[falseAt] === 1;
      scorer.total = total;
      scorer.grade = isVetoed ? -1 : total >= 9000 ? 0 : total >= 8000 ? 1 : total >= 7000 ? 2 : total >= 6000 ? 3 : -1;
      scorer.isOpen = isOpen;
    },
  };
  return scorer;
}

export function byHand(standard: Standard, today: number): Contender {
  const scorer = scorerByHand(standard, today);
  return {
    run(households) {
      let sum = 0;
      for (const { facts } of households) { scorer.rate(facts); sum += scorer.total; }
      return sum;
    },
    tell: households => households.map(({ facts }: Household): Verdict => { scorer.rate(facts); return { points: [...scorer.points], total: scorer.total, grade: scorer.grade, isOpen: scorer.isOpen }; }),
  };
}
