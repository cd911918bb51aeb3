import { numberText } from '../households/household.ts';
import { shares } from '../panels/committee-rules.ts';
import type { Kept, Line } from './minutes.ts';
import { kinds, votes, voteNames, type Decision, type SittingStage } from './sitting.ts';

/** What a vote came to, in words; a title is not 通过 but reviewed or named. */
export const outcomeWords = (stage: SittingStage, outcome: Decision): string => outcome === 'pass' ? kinds[stage].step.of === 'title' ? `同意${kinds[stage].says}` : stage === 'approval' ? '批准' : '通过' : outcome === 'return' ? '退回' : '下次再议';
export const numbered = (numbers: readonly number[]): string => numbers.map(numberText).join('、');

export interface Shown {
  readonly what: string; readonly moved: string; readonly aside: readonly string[]; readonly few: boolean;
  readonly ayes: number; readonly noes: number; readonly abstained: number; readonly others: string; readonly outcome: string; readonly byChair: boolean; readonly words: string;
}

/** The lines as people read them: households that were looked at one by one and came out alike stand together. `undefined` is a line erased for its person. */
export function linesShown(stage: SittingStage, lines: readonly (Line | undefined)[]): readonly (Shown | undefined)[] {
  const alike = new Map<string, Line[]>();
  for (const [at, line] of lines.entries()) {
    if (line === undefined) continue;
    const key = line.what.startsWith('第') ? JSON.stringify({ ...line, what: '', numbers: [], moved: line.moved.length > 0 }) : String(at);
    alike.set(key, [...alike.get(key) ?? [], line]);
  }
  return [...[...alike.values()].map(group => shown(stage, group)), ...lines.filter(line => line === undefined)];
}

function shown(stage: SittingStage, group: readonly Line[]): Shown {
  const [line] = group;
  if (line === undefined) throw new Error('a group of nothing');
  const numbers = group.flatMap(one => one.numbers);
  const { hands } = line;
  return {
    what: line.what.startsWith('第') ? numbers.length > 1 ? `单独看的 ${numbers.length} 户：${numbered(numbers)}` : line.what : numbers.length > 0 ? `${line.what}：${numbered(numbers)}` : line.what,
    moved: numbered(group.flatMap(one => one.moved)), aside: line.aside, few: line.verdict === 'few', ayes: line.count.for, noes: line.count.against, abstained: line.count.abstain,
    others: hands === null ? '' : voteNames.filter(vote => vote !== 'for' && hands[vote].length > 0).map(vote => `${votes[vote]}：${hands[vote].join('、')}`).join('；'),
    outcome: outcomeWords(stage, line.outcome), byChair: line.byChair, words: line.words,
  };
}

/** The minutes as a page or a paper tells them. */
export const minutesShown = (stage: SittingStage, { minutes, hash, isWhole, lines }: Kept) => ({
  ...minutes, says: kinds[stage].says, ballotWords: minutes.ballot === 'open' ? '举手表决' : '无记名投票', shareWords: shares[minutes.share], hash, isWhole, members: minutes.present.length + minutes.absent.length,
  results: linesShown(stage, lines), asideLines: minutes.aside.map(one => ({ name: one.name, numbers: numbered(one.numbers) })),
});
