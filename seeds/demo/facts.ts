import type { Day } from '../../src/kit/time.ts';
import { addDays, daysBetween } from '../../src/kit/time.ts';
import type { MissingState, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import type { DemoMember } from './people.ts';
import type { Random } from './random.ts';

export interface YearFacts {
  /** By an indicator's key, as `factsOf` reads them. */
  readonly facts: Readonly<Record<string, WrittenFact>>;
  readonly events: readonly WrittenEvent[];
}

/** Options from the best to the worst with their weights; `pull` is how much a household's standing decides (0 … 1), `keep` how often last year's answer stays. */
export interface ChoiceChances {
  readonly options: readonly (readonly [WrittenFact, number])[];
  readonly pull: number;
  readonly keep: number;
}

/** `often`: occasions a year for an average household; `lean` is added per point of standing (negative for bad deeds); `months` narrows the season. */
export interface EventChances {
  readonly indicator: string;
  readonly item: string;
  readonly often: number;
  readonly lean: number;
  readonly most: number;
  readonly amount?: readonly [number, number];
  readonly months?: readonly number[];
}

/** What facts a standard asks for and how they are spread. Another standard is another such record. */
export interface Chances {
  readonly choices: Readonly<Record<string, ChoiceChances>>;
  /** How many of a thousand households have the flag set. */
  readonly flagsPerThousand: Readonly<Record<string, number>>;
  readonly events: readonly EventChances[];
}

const no = (missing: MissingState): WrittenFact => ({ missing });

/** For seeds/standards/household-100.yaml: most come out as A and AA, some AAA and B, few below. */
export const household100: Chances = {
  choices: {
    loanPerformance: { options: [['normal', 52], [no('noDealings'), 39], ['late30', 6], ['late90', 2], ['lateOver90', 1]], pull: 0.7, keep: 0.8 },
    guarantees: { options: [['performed', 14], ['none', 55], [no('noDealings'), 30], ['called', 0.7]], pull: 0.5, keep: 0.85 },
    villageContracts: { options: [['kept', 46], ['none', 46], ['lateKept', 6], ['open', 2]], pull: 0.6, keep: 0.75 },
    taxes: { options: [['none', 93], ['repaid', 5], ['open', 2]], pull: 0.7, keep: 0.6 },
    mainTrade: { options: [['crops', 38], ['migrantWork', 34], ['trade', 11], ['breeding', 11], ['other', 6]], pull: 0, keep: 0.95 },
    livelihood: { options: [['steady', 58], ['seasonal', 33], ['unsettled', 8], [no('dontKnow'), 1]], pull: 0.5, keep: 0.8 },
    debtBurden: { options: [['light', 60], ['middle', 24], [no('refused'), 10], ['heavy', 6]], pull: 0.5, keep: 0.7 },
  },
  flagsPerThousand: { judgmentDefaulter: 1.5, falseData: 0.6, skillCertificate: 12 },
  events: [
    { indicator: 'publicSpirit', item: 'volunteering', often: 1.1, lean: 0.5, most: 6, amount: [2, 8] },
    { indicator: 'publicSpirit', item: 'neighbourHelp', often: 0.3, lean: 0.15, most: 3 },
    { indicator: 'publicSpirit', item: 'publicWork', often: 0.35, lean: 0.15, most: 2, months: [3, 4, 5, 11] },
    { indicator: 'publicSpirit', item: 'lostFound', often: 0.02, lean: 0.01, most: 1 },
    { indicator: 'publicSpirit', item: 'rescue', often: 0.02, lean: 0.01, most: 1, months: [6, 7, 8] },
    { indicator: 'conduct', item: 'litter', often: 0.06, lean: -0.05, most: 2 },
    { indicator: 'conduct', item: 'roadBlock', often: 0.05, lean: -0.03, most: 1, months: [6, 10] },
    { indicator: 'conduct', item: 'strawBurning', often: 0.012, lean: -0.01, most: 1, months: [6, 10] },
    { indicator: 'conduct', item: 'publicDamage', often: 0.004, lean: -0.004, most: 1 },
    { indicator: 'conduct', item: 'collectiveLand', often: 0.006, lean: -0.006, most: 1 },
    { indicator: 'conduct', item: 'support', often: 0.0006, lean: -0.0006, most: 1 },
    { indicator: 'conduct', item: 'villageRules', often: 0.03, lean: -0.03, most: 2 },
    { indicator: 'honours', item: 'village', often: 0.06, lean: 0.04, most: 1 },
    { indicator: 'honours', item: 'township', often: 0.02, lean: 0.01, most: 1 },
    { indicator: 'honours', item: 'county', often: 0.005, lean: 0.003, most: 1 },
    { indicator: 'honours', item: 'city', often: 0.001, lean: 0, most: 1 },
  ],
};

/** Last year's facts and this year's of one household. `standing` (about normal) is what makes its answers hang together. */
export function makeFacts(random: Random, chances: Chances, household: { readonly standing: number; readonly members: readonly DemoMember[]; readonly thisYear: number }): { readonly lastYear: YearFacts; readonly thisYear: YearFacts } {
  const { thisYear, members } = household;
  const answers = (before: Readonly<Record<string, WrittenFact>> | undefined) => Object.fromEntries(Object.entries(chances.choices).map(([key, choice]) => {
    const kept = before?.[key];
    return [key, kept !== undefined && random.chance(choice.keep) ? kept : choose(random, choice, household.standing)];
  }));
  const flags = () => Object.fromEntries(Object.entries(chances.flagsPerThousand).map(([key, share]) => [key, random.chance(share / 1_000)]));
  const first = answers(undefined);
  const tradeSince = sinceOf(random, members, thisYear);
  const yearOf = (year: number, choices: Readonly<Record<string, WrittenFact>>): YearFacts => {
    const counted = members.filter(member => member.birthYear <= year);
    const labour = counted.filter(member => isLabour(member, year)).length;
    return {
      facts: { ...choices, memberCount: counted.length, labourCount: labour, tradeSince: Math.min(tradeSince, year), ...flags() },
      events: chances.events.flatMap(event => eventsOf(random, event, household.standing, year)).sort((a, b) => a.on < b.on ? -1 : a.on > b.on ? 1 : 0),
    };
  };
  const lastYear = yearOf(thisYear - 1, first);
  return { lastYear, thisYear: yearOf(thisYear, answers(first)) };
}

function choose(random: Random, choice: ChoiceChances, standing: number): WrittenFact {
  const leaning = choice.pull * standing + Math.sqrt(1 - choice.pull ** 2) * random.normal();
  // The normal curve's area above `leaning`: a high standing lands among the first options.
  const place = 1 / (1 + Math.exp(1.702 * leaning));
  let left = place * choice.options.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [fact, weight] of choice.options) { left -= weight; if (left < 0) return fact; }
  return choice.options.at(-1)?.[0] ?? { missing: 'notAsked' };
}

/** Able to work and working: grown up to their seventies, the older ones less and less, pupils not. */
function isLabour(member: DemoMember, year: number): boolean {
  const age = year - member.birthYear;
  return age >= 18 && age <= (member.birthYear % 3 === 0 ? 72 : 66);
}

function sinceOf(random: Random, members: readonly DemoMember[], thisYear: number): number {
  const age = thisYear - (members[0]?.birthYear ?? thisYear - 40);
  if (random.chance(0.12)) return thisYear - random.whole(0, 2);
  return thisYear - Math.min(random.whole(3, 35), Math.max(3, age - 18));
}

/** The twelve months that end with October of the year: the round's collection follows in November. */
function eventsOf(random: Random, event: EventChances, standing: number, year: number): readonly WrittenEvent[] {
  const often = Math.max(0, event.often + event.lean * standing);
  let count = 0;
  for (let left = event.most; left > 0; left--) if (random.chance(often / event.most)) count++;
  return Array.from({ length: count }, () => ({
    indicator: event.indicator, item: event.item, on: dayIn(random, year, event.months),
    ...(event.amount === undefined ? {} : { amount: random.whole(event.amount[0], event.amount[1]) }),
  }));
}

function dayIn(random: Random, year: number, months: readonly number[] | undefined): Day {
  if (months === undefined) {
    const first: Day = `${year - 1}-11-01`;
    return addDays(first, random.whole(0, daysBetween(first, `${year}-10-31`)));
  }
  const month = random.pick(months);
  return addDays(`${month >= 11 ? year - 1 : year}-${String(month).padStart(2, '0')}-01`, random.whole(0, 27));
}
