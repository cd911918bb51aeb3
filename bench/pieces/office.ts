import { openScratch, serveOffice } from '../scratch.ts';

/** The whole application over a data folder, until it is stopped. */
export default async function office({ dataDir }: { readonly dataDir: string }): Promise<number> {
  return serveOffice(await openScratch(dataDir));
}
