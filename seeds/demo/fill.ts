import { addDays, addMonths, today as dayNow, type Day } from '../../src/kit/time.ts';
import { remindAll } from '../../src/deadlines/remind.ts';
import type { Office } from '../../src/office.ts';
import { ancestorNo } from '../../src/places/place.ts';
import { open } from '../../src/rounds/open.ts';
import { roundByNo, type Round } from '../../src/rounds/round.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { forgetSessions } from '../../src/people/sessions.ts';
import { loadRequired } from '../required.ts';
import { walkLastYear } from './last-year.ts';
import { dailyLife } from './daily-life.ts';
import { callCommittee } from './committee.ts';
import { writeDraft } from './draft.ts';
import { setOwnItems } from './own-items.ts';
import { moveIn, settle, signPapers, type Home, type Settled, type Size } from './settle.ts';
import { keepAccounts, type Account } from './accounts.ts';
import { appointStaff, type Staff } from './staff.ts';
import { afterAward } from './after-award.ts';
import { tell, type Story } from './story.ts';
import { thinkAhead } from './next-year.ts';
import { walkThisYear } from './this-year.ts';

/**
 * Fills an empty office with the demonstration: 盱眙县马坝镇 with its real villages and invented people, last year's round
 * finished and published, this year's under way. Everything goes through the acts, on the days on which it would have happened.
 * `size` makes a smaller one for tests.
 */
export async function fillDemo(office: Office, say: (line: string) => void = () => undefined, size: Size = {}): Promise<readonly Account[]> {
  const today = dayNow(office.clock);
  const thisYear = Number(addDays(today, -30).slice(0, 4));
  const begin = addDays(today, -365 - 75);
  await keepAccounts(office, []);
  const story = tell(office, begin);
  await loadRequired(story.office);
  say('示范乡镇：盱眙县马坝镇（人和事都是编的）');
  const settled = await settle(story, { since: begin, thisYear, ...size });
  const staff = await appointStaff(story, settled, begin);
  const homes = await register(story, settled, staff);
  say(`  ${settled.villages.length} 个村，${[...homes.values()].flat().length} 户，${staff.committee.size + staff.workers.size + 15} 个账号`);

  const standards = await takeOver(story, settled);
  story.goTo(addDays(begin, 10));
  const before = await openRound(story, settled, standards, thisYear - 1);
  await walkLastYear({ story, staff, round: before, year: 'lastYear' }, settled, homes, say);

  story.goTo(addDays(today, -64));
  await signAll(story, settled, homes, staff);
  const round = await openRound(story, settled, standards, thisYear);
  await setOwnItems(story, settled, staff, round);
  await walkThisYear({ story, staff, round, year: 'thisYear' }, settled, homes, today);
  await afterAward({ story, staff, round, year: 'thisYear' }, settled, today);
  say('  今年：各村走到哪一步的都有');
  await dailyLife(story, settled, homes, today);
  await callCommittee({ story, staff, round, year: 'thisYear' }, settled);
  await writeDraft(story, settled, { standard: standards[0] ?? '', year: thisYear + 1 });
  await thinkAhead(story, settled, { county: ancestorNo(settled.township.path, 'county') ?? 0, rounds: [before, round], today });
  await remindAll(office);
  await keepAccounts(office, staff.accounts);
  forgetSessions(office);
  return staff.accounts;
}

async function register(story: Story, settled: Settled, staff: Staff): Promise<ReadonlyMap<number, readonly Home[]>> {
  const homes = new Map<number, readonly Home[]>();
  for (const village of settled.villages) {
    const actor = await story.as(staff.committee.get(village.place.no) ?? '');
    homes.set(village.place.no, await moveIn(story, actor, village));
  }
  await signAll(story, settled, homes, staff);
  return homes;
}

async function signAll(story: Story, settled: Settled, homes: ReadonlyMap<number, readonly Home[]>, staff: Staff): Promise<void> {
  for (const village of settled.villages) await signPapers(story, await story.as(staff.committee.get(village.place.no) ?? ''), homes.get(village.place.no) ?? [], staff);
}

/** The county takes three of the presets over. */
async function takeOver(story: Story, { township }: Settled): Promise<readonly string[]> {
  const county = ancestorNo(township.path, 'county') ?? 0;
  const actor = await story.as('biaozhun');
  const hashes: string[] = [];
  for (const [at, name] of ['household-100', 'village-share', 'township-share'].entries()) {
    const hash = await importStandard(story.office, actor, { county, source: presetSource(name) });
    await adopt(story.office, actor, { hash, county, day: story.day(), filing_no: `盱信用办〔示例〕${at + 1}号` });
    hashes.push(hash);
  }
  return hashes;
}

async function openRound(story: Story, { township }: Settled, [household_standard = '', village_standard = '', township_standard = '']: readonly string[], year: number): Promise<Round> {
  const until: Day = addDays(story.day(), 70);
  const { no } = await open(story.office, await story.as('zhuren'), {
    place: township.no, year, name: `${year}年度`, household_standard, village_standard, township_standard,
    collect_until: until, village_days: 5, township_days: 5, valid_until: addMonths(until, 24),   // as long as the standard lets a roll hang
  });
  return roundByNo(story.office.read, no);
}
