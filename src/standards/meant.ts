/** A hint for a slip of the pen: the known name that is nearest to what was written, if any is near enough. */
export function meant(wrong: string, known: readonly string[]): string {
  const most = Math.min(3, Math.max(1, Math.floor(wrong.length / 3)));
  let [best, least] = ['', most + 1];
  for (const name of known) {
    if (Math.abs(name.length - wrong.length) >= least) continue;
    const slips = slipsBetween(wrong.toLowerCase(), name.toLowerCase());
    if (slips < least) [best, least] = [name, slips];
  }
  return best === '' || best === wrong ? '' : `。是不是想写 ${best}？`;
}

/** How many letters were left out, put in, changed, or swapped with their neighbour (Damerau and Levenshtein). */
function slipsBetween(wrong: string, right: string): number {
  let [before, last] = [[] as number[], Array.from({ length: right.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= wrong.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const isSame = wrong[i - 1] === right[j - 1];
      let slips = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && wrong[i - 1] === right[j - 2] && wrong[i - 2] === right[j - 1]) slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      row.push(slips);
    }
    [before, last] = [last, row];
  }
  return last[right.length] ?? 0;
}
