import type { Secrets } from '../store/secrets.ts';

/** The result that a printed sheet of reasons speaks of. */
export interface SheetNamed { readonly round: number; readonly subject: number; readonly revision: number }

/** The code on that paper: sealed by the office, so that nobody finds one by trying, and nobody reads from it whose paper it is. */
export const sheetCode = ({ seal }: Pick<Secrets, 'seal'>, { round, subject, revision }: SheetNamed): string => seal(`why ${round} ${subject} ${revision}`);

/** What the code says; undefined when this office never printed it. */
export function readSheetCode({ open }: Pick<Secrets, 'open'>, code: string): SheetNamed | undefined {
  const parts = /^why (\d{1,15}) (\d{1,15}) (\d{1,9})$/.exec(opened(open, code));
  return parts === null ? undefined : { round: Number(parts[1]), subject: Number(parts[2]), revision: Number(parts[3]) };
}

function opened(open: Secrets['open'], code: string): string {
  try { return open(code); } catch { return ''; }
}
