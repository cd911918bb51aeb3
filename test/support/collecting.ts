import type { ExecutionContext } from 'ava';
import { give } from '../../src/consents/give.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { close } from '../../src/rounds/close.ts';
import { open } from '../../src/rounds/open.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { households, memberId, openVillageAfter, placeNos, type Village } from './village.ts';

export interface Collecting extends Village { readonly round: { readonly no: number; readonly id: string } }

/** The village with this year's round open in Anhe on the 100-point standard or another preset; everybody but 郑 has signed to be rated. `lastYear`: a finished round before it, with the facts of 周 and 吴. */
export const openCollecting = (t: Pick<ExecutionContext, 'teardown'>, { lastYear = false, standard = 'household-100' } = {}): Promise<Collecting> =>
  openCollectingAfter(t, `open-${standard}${lastYear ? '-2025' : ''}`, { lastYear, standard });

/** The same, gone on from: see `openVillageAfter`. */
export async function openCollectingAfter(t: Pick<ExecutionContext, 'teardown'>, name: string, { lastYear = false, standard = 'household-100' } = {}, go: (village: Collecting) => Promise<unknown> = async () => undefined): Promise<Collecting> {
  return collectingIn(await openVillageAfter(t, name, async village => {
    await begin(village, { lastYear, standard });
    await go(await collectingIn(village));
  }));
}

async function collectingIn(village: Village): Promise<Collecting> {
  const round: { no: number; id: string } | undefined = await village.office.read('rounds').where({ year: 2026 }).first('no', 'id');
  if (round === undefined) throw new Error('no round was opened');
  return { ...village, round: { no: Number(round.no), id: round.id } };
}

async function begin(village: Village, { lastYear, standard }: { readonly lastYear: boolean; readonly standard: string }): Promise<void> {
  const { office } = village;
  const xian = await village.actor('xian');
  const hashes: string[] = [];
  for (const name of [standard, 'village-share', 'township-share']) {
    const hash = await importStandard(office, xian, { county: placeNos.county, source: presetSource(name) });
    await adopt(office, xian, { hash, county: placeNos.county, day: '2026-11-01', filing_no: '样信〔2026〕1号' });
    hashes.push(hash);
  }
  const [household_standard = '', village_standard = '', township_standard = ''] = hashes;
  const gao = await village.actor('gao');
  const openRound = (year: number) => open(office, gao, {
    place: placeNos.anhe, year, name: `${year}年度`, household_standard, village_standard, township_standard,
    collect_until: '2026-12-04', village_days: 5, township_days: 5, valid_until: '2027-12-31',
  });
  const rate = (who: keyof typeof households) => ({ member: memberId(who), kind: 'rate' as const, givenOn: '2026-10-12', how: 'paper' as const });
  await give(office, await village.actor('mei'), [rate('zhou')]);
  await give(office, await village.actor('mei'), [rate('wu')]);
  await give(office, await village.actor('tan'), [rate('wang')]);
  if (lastYear) {
    const before = await openRound(2025);
    await recordMany(office, gao, [{ subject: households.zhou.no, values: wholeValues }, { subject: households.wu.no, values: wholeValues }], { round: before.no, source: 'paper', batch: 'before' });
    await close(office, gao, before.no);
  }
  await openRound(2026);
}

/** A whole answer to everything that is asked at the door. */
export const wholeValues = { villageContracts: 'kept', memberCount: 4, labourCount: 2, mainTrade: 'crops', livelihood: 'steady', tradeSince: 2015, debtBurden: 'light' } as const;
