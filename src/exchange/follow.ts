import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { HouseholdFollower } from '../households/follow.ts';
import { readCsv, writeCsv } from '../kit/csv.ts';
import type { Office } from '../office.ts';
import { allHanded, keepHanded, leftPath } from './parcels.ts';

const instead = '这一行的人已经按要求删除个人信息';
/** As files write it: numbers in groups or with a small x, names with blanks in them. */
const plain = (text: string): string => text.normalize('NFKC').replace(/[\s'’-]/g, '').toUpperCase();

/**
 * What imports keep for a week, reports and the rows that came back, names people in the clear. A row that says a name or a number of somebody
 * forgotten keeps its number only; so does one of a namesake, for a row that came back stands in its owner's file too.
 */
export const importsFollowHouseholds: HouseholdFollower = {
  async erased(office, gone) {
    const words = [gone.household, ...gone.words].map(plain);
    const says = (text: string): boolean => { const said = plain(text); return words.some(word => said.includes(word)); };
    for (const handed of await allHanded(office)) {
      const { report } = handed;
      const theirs = await blankLeft(office, handed.id, says);
      const faults = report.faults.map(fault => theirs.has(String(fault.row)) || says(`${fault.value} ${fault.say} ${fault.remedy}`) ? { ...fault, value: '', say: instead, remedy: '' } : fault);
      if (faults.some((fault, at) => fault !== report.faults[at])) await keepHanded(office, { ...handed, report: { ...report, faults } });
    }
  },
};

/** Answers the numbers of their rows. */
async function blankLeft(office: Pick<Office, 'config'>, id: string, says: (text: string) => boolean): Promise<ReadonlySet<string>> {
  const theirs = new Set<string>();
  const path = leftPath(office, id);
  if (!existsSync(path)) return theirs;
  const rows = readCsv(createReadStream(path));
  const headings = (await rows.next()).value?.cells ?? [];
  async function* kept(): AsyncGenerator<readonly string[]> {
    for await (const { cells } of rows) {
      const isTheirs = says(cells.join('\n'));
      if (isTheirs) theirs.add(cells[0] ?? '');
      yield isTheirs ? cells.map((cell, at) => at === 0 ? cell : at === 1 ? instead : '') : cells;
    }
  }
  const aside = `${path}.new`;
  await pipeline(writeCsv(headings, kept()), createWriteStream(aside, { mode: 0o600 }));
  if (theirs.size > 0) await rename(aside, path); else await rm(aside);
  return theirs;
}
