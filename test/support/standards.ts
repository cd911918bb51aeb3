import { atConsole } from '../../src/access/actor.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { open, type Opening } from '../../src/rounds/open.ts';
import type { Office } from '../../src/office.ts';
import { placeNos } from './village.ts';

export interface Adopted { readonly household: string; readonly village: string; readonly township: string }

/** The county takes over the three starter standards and adopts them. */
export async function adoptPresets(office: Office): Promise<Adopted> {
  const take = async (name: string): Promise<string> => {
    const hash = await importStandard(office, atConsole, { county: placeNos.county, source: presetSource(name) });
    await adopt(office, atConsole, { hash, county: placeNos.county, day: '2026-11-01', filing_no: '样政发〔2026〕1号' });
    return hash;
  };
  return { household: await take('household-100'), village: await take('village-share'), township: await take('township-share') };
}

/** What a round of Anhe in 2026 is opened with. */
export const opening = (hashes: Adopted, more: Partial<Opening> = {}): Opening => ({
  place: placeNos.anhe, year: 2026, name: '2026 年度信用评定',
  household_standard: hashes.household, village_standard: hashes.village, township_standard: hashes.township,
  collect_until: '2026-12-31', village_days: 5, township_days: 5, valid_until: '2027-12-31', ...more,
});

/** A round of Anhe under way, with a case for each household of the story. */
export async function openRound(office: Office, more: Partial<Opening> = {}): Promise<{ readonly no: number; readonly id: string; readonly hashes: Adopted }> {
  const hashes = await adoptPresets(office);
  return { ...await open(office, atConsole, opening(hashes, more)), hashes };
}
