import type { Knex } from 'knex';
import { rangeOfRule } from '../standards/kinds.ts';
import type { Standard } from '../standards/standard.ts';
import { ratingTopic } from '../rounds/disputed.ts';
import type { Said, Statement } from '../rounds/statements.ts';
import type { Evaluation } from './evaluate.ts';
import { ratingInForce } from './queries.ts';
import { tellWhy } from './why.ts';

/** What may be told to a bank of why a grade is what it is: blocks of the standard, never a fact, an item or a number. */
export interface Reason { readonly code: string; readonly words: string }

/** The block that gave the most, and the one that is furthest below what it could give; `1+` and `4-` by the number of the block in its standard. */
export function reasonsOf(standard: Standard, evaluation: Evaluation): readonly Reason[] {
  const blocks = standard.categories.map((category, at) => {
    const range = standard.indicators.filter(indicator => indicator.category === category.key).map(indicator => indicator.scoring === undefined ? 0 : rangeOfRule(indicator.scoring, indicator).most).reduce((all, most) => category.pick === undefined ? all + most : Math.max(all, most), 0);
    const got = evaluation.categories[at]?.after ?? 0;
    return { no: at + 1, title: category.title, got, lost: Math.min(range, category.cap === undefined ? range : Math.round(category.cap * 100)) - got };
  });
  const [raised] = blocks.filter(block => block.got > 0).toSorted((a, b) => b.got - a.got || a.no - b.no);
  const [lowered] = blocks.filter(block => block.lost > 0 && block.no !== raised?.no).toSorted((a, b) => b.lost - a.lost || a.no - b.no);
  return [
    ...raised === undefined ? [] : [{ code: `${raised.no}+`, words: `拉高最多的一类：${raised.title}` }],
    ...lowered === undefined ? [] : [{ code: `${lowered.no}-`, words: `拉低最多的一类：${lowered.title}` }],
  ];
}

/** What the person says that goes with what is told: to the grade, and to what stands in a block that is told. */
export function saidWith(standard: Standard, said: Said, reasons: readonly Reason[]): readonly Statement[] {
  const told = new Set(reasons.map(reason => Number.parseInt(reason.code, 10)));
  const blockOf = (key: string): number => standard.categories.findIndex(category => category.key === standard.indicators.find(one => one.key === key)?.category) + 1;
  return [...said.values()].flat().filter(one => one.about === ratingTopic || told.has(blockOf(one.indicator)));
}

/** Why a certified grade is what it is; nothing for one that a committee moved by hand, or that was rated otherwise since. */
export async function reasonsFor(read: Knex, { round, subject, grade }: { readonly round: number; readonly subject: number; readonly grade: string }): Promise<readonly Reason[]> {
  const rating = await ratingInForce(read, round, subject);
  if (rating === undefined || rating.outcome !== 'graded') return [];
  const { standard, evaluation } = await tellWhy(read, rating);
  return evaluation.grade?.code === grade ? reasonsOf(standard, evaluation) : [];
}
