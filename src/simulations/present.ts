import { smallCell } from '../reports/small-cells.ts';
import { distribution } from '../web/charts.ts';
import { clauseWords } from './clause-words.ts';
import { elderlyGroups, groupLines, placeLines, typeGroups } from './lines.ts';
import { barsOf, movesOf, type Moves } from './moves.ts';
import type { Outlook } from './outlook.ts';
import { roundedWords, told, type Told } from './told.ts';

const mostVillages = 60;   // Of more villages in several townships a page lists the townships, which lead to them.

/** An outlook as pages, printed sheets and files show it. Whoever does not look after the households is told rounded counts, and nothing of so few that it speaks of single families. */
export function presentOutlook(outlook: Outlook) {
  const { cells, villages, townships, sees } = outlook;
  const seesAll = villages.every(village => sees.has(village.no));
  const tell = (n: number): Told => told(n, seesAll);
  const moves = movesOf(outlook, cells);
  const bars = barsOf(outlook, cells).map(({ label, now, was }) => ({ label, now: tell(now), was: tell(was) }));
  return {
    households: tell(moves.households), isTooFew: !seesAll && moves.households > 0 && moves.households < smallCell, smallCell, rounded: seesAll ? undefined : roundedWords,
    changed: tell(moves.changed), raised: tell(moves.raised), lowered: tell(moves.lowered), opened: tell(moves.opened), credit: creditWords(moves, tell, seesAll),
    bars, chart: distribution(bars.map(({ label, now, was }) => ({ label, now: now.n, before: was.n, told: { now: now.words, before: was.words } })), { unit: '户', now: '试的标准', before: '现在', ...seesAll ? {} : { same: '差不多' } }),
    clauses: clausesOf(outlook).map(({ words, n }) => ({ words, n: tell(n) })),
    villages: villages.length < 2 ? [] : placeLines(outlook, 'village', villages), townships: placeLines(outlook, 'township', townships), isByTownship: townships.length > 1 && villages.length > mostVillages,
    own: villages.length === 1 ? placeLines(outlook, 'village', villages)[0] : undefined,
    types: groupLines(outlook, typeGroups(outlook), seesAll), elderly: groupLines(outlook, elderlyGroups(outlook), seesAll),
    unfit: outlook.unfit.map(({ name, label, say }) => `${name}的“${label}”：${say}`),
    namesHidden: sees.size < villages.length,
  };
}

function creditWords({ creditWas, creditNow }: Moves, tell: (n: number) => Told, seesAll: boolean): string {
  const [was, now] = [tell(creditWas).words, tell(creditNow).words];
  return was === now ? `${now} 户，${seesAll ? '没变' : '差不多没变'}` : `${was} 户 → ${now} 户`;
}

function clausesOf({ before, after, owed }: Outlook): readonly { readonly words: string; readonly n: number }[] {
  const sums = new Map<string, number>();
  for (const one of owed) { const words = clauseWords(before, after, one.clause); sums.set(words, (sums.get(words) ?? 0) + one.n); }
  return [...sums].map(([words, n]) => ({ words, n })).sort((a, b) => b.n - a.n);
}
