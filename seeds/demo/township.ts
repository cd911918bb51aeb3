import type { Chances, YearFacts } from './facts.ts';
import { household100, makeFacts } from './facts.ts';
import { clansOf } from './names.ts';
import type { DemoMember, Numbers } from './people.ts';
import { makeFamily } from './people.ts';
import type { Random } from './random.ts';
import { randomOf } from './random.ts';

/** A village out of the register of divisions. */
export interface RegisterVillage { readonly code: string; readonly name: string }

export interface DemoGrid {
  readonly name: string;
  /** The villagers' groups it covers. */
  readonly groups: readonly number[];
}

/** What the bank hands down for one village and year, by the keys of the village standards; balances in yuan, as facts are written. Totals only, never a household's loan. */
export interface BankTotals {
  readonly borrowingHouseholds: number;
  readonly noArrearsHouseholds: number;
  readonly loanBalance: number;
  readonly nplBalance: number;
}

export interface DemoVillage extends RegisterVillage {
  readonly groups: number;
  readonly grids: readonly DemoGrid[];
  readonly bank: { readonly lastYear: BankTotals; readonly thisYear: BankTotals };
}

/** Whether the household is rated this round; anything but `takes-part` is neutral and no mark against anybody. */
export type Participation = 'takes-part' | 'declined' | 'absent' | 'moved-away' | 'guardianship' | 'deceased';

export interface DemoHousehold {
  readonly villageCode: string;
  /** Group (2) and running number in the village (3); unique in the village. */
  readonly householdNo: string;
  readonly group: number;
  /** The grid's name; unique in the village. */
  readonly grid: string;
  readonly address: string;
  /** The head comes first. */
  readonly members: readonly DemoMember[];
  readonly participation: Participation;
  /** What the household's adults agreed to, all of them alike. Nothing is agreed to by those who do not take part. */
  readonly consents: { readonly rate: boolean; readonly publish: boolean; readonly share: boolean };
  readonly lastYear: YearFacts;
  readonly thisYear: YearFacts;
}

export interface DemoTownship {
  readonly villages: readonly DemoVillage[];
  readonly households: readonly DemoHousehold[];
}

/**
 * A whole township out of a seed: plain values, invented people, the same on every machine.
 * `townshipName` begins the addresses; `thisYear` is the year of the round in progress.
 */
export function generateTownship(seed: string, villages: readonly RegisterVillage[], options: { readonly townshipName?: string; readonly thisYear?: number; readonly chances?: Chances } = {}): DemoTownship {
  const { townshipName = '马坝镇', thisYear = 2026, chances = household100 } = options;
  const numbers: Numbers = { ids: new Set(), nextPhone: 1 };
  const made = villages.map(village => {
    const random = randomOf(`${seed}/${village.code}`);
    const groups = random.whole(3, 14);
    const grids = gridsOf(random, groups);
    const households = householdsOf(random, numbers, { village, townshipName, thisYear, chances, groups, grids });
    const bank = {
      lastYear: bankTotals(random, households.map(household => household.lastYear)),
      thisYear: bankTotals(random, households.map(household => household.thisYear)),
    };
    return { village: { ...village, groups, grids, bank }, households };
  });
  return { villages: made.map(one => one.village), households: made.flatMap(one => one.households) };
}

/** One to three groups each, in order. */
function gridsOf(random: Random, groups: number): readonly DemoGrid[] {
  const grids: DemoGrid[] = [];
  for (let from = 1; from <= groups;) {
    const size = Math.min(random.whole(1, 3), groups - from + 1);
    grids.push({ name: `第${grids.length + 1}网格`, groups: Array.from({ length: size }, (_, at) => from + at) });
    from += size;
  }
  return grids;
}

interface Setting {
  readonly village: RegisterVillage;
  readonly townshipName: string;
  readonly thisYear: number;
  readonly chances: Chances;
  readonly groups: number;
  readonly grids: readonly DemoGrid[];
}

const participations: readonly (readonly [Participation, number])[] = [['takes-part', 930], ['declined', 38], ['absent', 18], ['moved-away', 6], ['deceased', 4], ['guardianship', 4]];

function householdsOf(random: Random, numbers: Numbers, setting: Setting): readonly DemoHousehold[] {
  const { village, townshipName, thisYear, chances, groups, grids } = setting;
  const clans = clansOf(random, village.name);
  // Some villages are better off than others, or every chart would be flat.
  const mood = random.normal() * 0.5;
  const share = Array.from({ length: groups }, (_, at) => [at + 1, random.whole(6, 14)] as const);
  const count = random.whole(120, 260);
  const groupOf = Array.from({ length: count }, () => random.weighted(share)).sort((a, b) => a - b);
  return groupOf.map((group, at) => {
    const own = random.fork(String(at));
    const members = makeFamily(own, numbers, { clans, thisYear });
    const participation = participationOf(own, members);
    const takesPart = participation === 'takes-part';
    const publish = takesPart && own.chance(0.9);
    return {
      villageCode: village.code,
      householdNo: `${String(group).padStart(2, '0')}${String(at + 1).padStart(3, '0')}`,
      group,
      grid: grids.find(grid => grid.groups.includes(group))?.name ?? '',
      address: `${townshipName}${village.name.replace(/村委会$/, '村')}${group}组${at + 1}号`,
      members,
      participation,
      consents: { rate: takesPart, publish, share: takesPart && own.chance(0.82) },
      ...makeFacts(own, chances, { standing: Math.max(-3, Math.min(3, own.normal() + mood)), members, thisYear }),
    };
  });
}

function participationOf(random: Random, members: readonly DemoMember[]): Participation {
  const drawn = random.weighted(participations);
  // Only where nobody else is left does a death or guardianship concern the household as a whole.
  return (drawn === 'deceased' || drawn === 'guardianship') && members.length > 1 ? 'takes-part' : drawn;
}

const wan = 10_000;

function bankTotals(random: Random, years: readonly YearFacts[]): BankTotals {
  const totals = { borrowingHouseholds: 0, noArrearsHouseholds: 0, loanBalance: 0, nplBalance: 0 };
  for (const { facts } of years) {
    const performance = facts['loanPerformance'];
    if (typeof performance !== 'string') continue;
    const balanceYuan = random.whole(1, 12) * wan;
    totals.borrowingHouseholds++;
    totals.loanBalance += balanceYuan;
    if (performance === 'normal' || performance === 'late30') totals.noArrearsHouseholds++;
    if (performance === 'lateOver90') totals.nplBalance += balanceYuan;
  }
  return totals;
}
