import { stateWords, type Indicator, type Standard, type WrittenFact } from '../standards/standard.ts';
import type { Day } from '../kit/time.ts';
import { blocksOf, questionOf } from './sheet-form.ts';
import { factWords } from './words.ts';

type Facts = Readonly<Record<string, WrittenFact>>;
/** What stands this year and what stood in the round before; a blank sheet knows neither. */
export interface Known { readonly now: Facts; readonly before: Facts }

/** The questions of a standard as they are put on paper, block by block, in the order of the form. The committee's own stand on no sheet. */
export const paperBlocks = (standard: Standard, { now, before }: Known, day: Day) =>
  blocksOf(standard, { council: false }).map(block => ({ title: block.title, lines: block.questions.map(indicator => lineOf(indicator, now[indicator.key], before[indicator.key], day)) }));

/** Boxes to tick, or a line to write on, 不清楚 always last. */
function lineOf(indicator: Indicator, now: WrittenFact | undefined, before: WrittenFact | undefined, day: Day) {
  const question = questionOf(indicator, { now: undefined, before: undefined, photos: [], raw: undefined, faults: [], day });
  const known = now ?? before;
  return {
    label: question.label, unit: question.unit, boxes: question.options.map(option => option.label), write: question.options.length === 0,
    unclear: question.options.length === 0 && indicator.withoutDontKnow !== true ? stateWords.dontKnow : undefined,
    known: known === undefined ? undefined : factWords(indicator, known), lastYear: now === undefined && before !== undefined, photo: indicator.evidence === true,
  };
}
