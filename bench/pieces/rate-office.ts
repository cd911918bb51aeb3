import { benchRate, type RateFigures } from '../rate.ts';
import { openScratch, serveOffice } from '../scratch.ts';
import type { County } from '../county.ts';

export type RateSaid = { readonly port: number } | (RateFigures & { readonly peakBytes: number });

/** The application answering pages; when told to, it rates the whole county in the same process. */
export default async function rateOffice({ dataDir, county }: { readonly dataDir: string; readonly county: County }, say: (said: RateSaid) => void, told: Promise<void>): Promise<RateSaid> {
  const office = await openScratch(dataDir);
  say({ port: await serveOffice(office) });
  await told;
  const figures = await benchRate(office, county);
  return { ...figures, peakBytes: process.resourceUsage().maxRSS * 1_024 };
}
