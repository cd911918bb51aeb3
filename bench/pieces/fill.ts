import { fillCounty, type County, type Size } from '../county.ts';
import { openScratch } from '../scratch.ts';
import { appointStaff, publishRoll, type Staff } from '../staff.ts';

export interface Filled { readonly county: County; readonly staff: Staff }

/** Makes a county in a data folder, with people who are signed in and a roll on the wall; leaves the file settled. */
export default async function fill({ dataDir, size }: { readonly dataDir: string; readonly size: Size }): Promise<Filled> {
  const office = await openScratch(dataDir);
  const county = await fillCounty(office, size);
  const staff = await appointStaff(office, size.villages);
  if (size.households > 0) await publishRoll(office, size);
  await office.store.write.raw('pragma wal_checkpoint(truncate)');
  await office.close();
  return { county, staff };
}
