import type { Fault, Raw } from '../kit/form.ts';
import { dayOf, type Day } from '../kit/time.ts';
import { numberText } from '../households/household.ts';
import { factsOf } from '../standards/facts.ts';
import { pointsText, type Standard, type WrittenFact } from '../standards/standard.ts';
import { besideValue, type Beside } from './beside.ts';
import type { At } from './case-at.ts';
import { contestedIn, eventsIn, factsIn, isNotAsked, sameFact, type Picture, type Sheet } from './observation.ts';
import { blocksOf, chosenField, parseSheet, questionOf, type Block } from './sheet-form.ts';
import { factWords } from './words.ts';
import { estimate, isSupplied, lackingIn, mustBeAsked, photosLacking, wantsPhoto, writtenEvent } from './wanted.ts';
import { happeningOf, valueFaults } from './checks.ts';
import { isOver, spanWords } from './span.ts';
import { sheetSources, type SheetSource } from './sheet.ts';

/** 暂估 and what is missing, for the dock. `values` are typed and not yet saved. */
export function estimateModel(at: At, values: Readonly<Record<string, WrittenFact>>, day: Day, raw: Raw = {}) {
  const { compiled, picture } = at.world;
  const { standard } = compiled;
  const merged = mergedFacts(picture, values);
  const told = estimate(compiled, factsOf(standard, merged, eventsIn(picture).map(writtenEvent), at.former), { day, bases: at.bases });
  const lacking = standard.indicators.filter(indicator => mustBeAsked(indicator) && merged[indicator.key] === undefined).length;
  const photos = standard.indicators.filter(indicator => wantsPhoto(indicator, merged[indicator.key]) && (picture.photos.get(indicator.key) ?? []).length === 0 && Number(raw[chosenField(indicator.key)] ?? 0) === 0).length;
  const grade = standard.grades[told.grade];
  return {
    points: pointsText(told.points), grade: grade === undefined ? undefined : { code: grade.code, rank: told.grade + 1 },
    lacking, photos, most: told.most > told.points ? pointsText(told.most) : undefined,
  };
}

function mergedFacts(picture: Picture, values: Readonly<Record<string, WrittenFact>>): Readonly<Record<string, WrittenFact>> {
  return Object.fromEntries(Object.entries({ ...factsIn(picture), ...values }).filter(([, fact]) => !isNotAsked(fact)));
}

export interface Typed { readonly raw: Raw; readonly faults: readonly Fault[] }

/** The blocks of the form: done ones folded away, the first open one in front, last year's answer beside the rest. */
export function blockModels(at: At, day: Day, typed?: Typed) {
  const { picture, compiled } = at.world;
  const blocks = blocksOf(compiled.standard, { council: at.maySettle });
  const facts = factsIn(picture);
  const isTold = (key: string): boolean => facts[key] !== undefined || picture.fields.get(key)?.kind === 'contested';
  const isDone = (block: Block): boolean => block.questions.some(({ key }) => isTold(key)) && block.questions.every(indicator => isTold(indicator.key) || !mustBeAsked(indicator));
  const faulty = new Set((typed?.faults ?? []).map(fault => fault.field));
  const isFaulty = (block: Block): boolean => block.questions.some(indicator => faulty.has(`v-${indicator.key}`));
  const first = blocks.find(block => isFaulty(block)) ?? blocks.find(block => !isDone(block) && block.questions.some(mustBeAsked));
  return blocks.map((block, index) => {
    const questions = block.questions.filter(indicator => picture.fields.get(indicator.key)?.kind !== 'contested')
      .map(indicator => questionOf(indicator, { now: facts[indicator.key], before: at.before[indicator.key], photos: picture.photos.get(indicator.key) ?? [], raw: typed?.raw, faults: typed?.faults ?? [], day }));
    const now = block === first || isFaulty(block);
    const done = !now && isDone(block);
    const known = block.questions.filter(indicator => at.before[indicator.key] !== undefined);
    return {
      key: block.key, title: block.title, place: `第 ${index + 1} 块，共 ${blocks.length} 块`, questions, now, done, waits: !now && !done,
      summary: block.questions.flatMap(indicator => { const fact = facts[indicator.key]; return fact === undefined ? [] : [indicator.title === block.title ? factWords(indicator, fact) : `${indicator.title} ${factWords(indicator, fact)}`]; }).join('，'),
      sameAsBefore: known.length > 0 && known.every(indicator => JSON.stringify(facts[indicator.key]) === JSON.stringify(at.before[indicator.key])),
      before: known.length === 0 ? undefined : known.map(indicator => `${indicator.title === block.title ? '' : `${indicator.title}：`}${factWords(indicator, at.before[indicator.key] ?? { missing: 'notAsked' })}`).join('；'),
      changed: questions.some(question => question.changed),
    };
  });
}

/** Values that came by file: who gave them, and on which day. Not to be filled in here. */
export function suppliedModels(at: At, beside: Beside) {
  const { picture, compiled, sheets } = at.world;
  return compiled.standard.indicators.filter(indicator => isSupplied(indicator) && indicator.type !== 'derived' && indicator.source !== 'computed').map(indicator => {
    const field = picture.fields.get(indicator.key);
    const sheet = field?.kind === 'current' ? sheets.find(each => each.seq === field.stand.seq) : undefined;
    return { title: indicator.title, ...besideValue(beside, indicator.key), words: field?.kind === 'current' ? factWords(indicator, field.stand.fact) : undefined, source: sheet === undefined ? undefined : sheetSources[sheet.source as SheetSource], on: sheet === undefined ? undefined : dayOf(sheet.at), from: indicator.source === 'bank' ? '银行的文件' : indicator.source === 'reviewers' ? '评议员评' : '部门的文件' };
  });
}

/** What was done, newest first. What takes points can be put right; whether it was stands beside it. */
export function eventModels(standard: Standard, picture: Picture, { href, day, disputed, said }: { readonly href: string; readonly day: Day } & Beside) {
  return [...picture.events.values()].filter(({ entry }) => !isOver(standard, entry, day)).toSorted((a, b) => a.entry.day < b.entry.day ? 1 : -1).map(({ entry, voided, cured }) => {
    const told = happeningOf(standard, entry);
    const isLess = told?.isNegative === true;
    const ways = (ids: readonly string[] | undefined): readonly string[] => (ids ?? []).map(id => `/evidence/${id}`);
    return {
      id: entry.id, disputed: disputed.has(`event:${entry.id}`), said: said.get(`event:${entry.id}`) ?? [], day: entry.day, words: told?.label ?? entry.option, amount: entry.amount === undefined ? undefined : `${entry.amount} ${told?.unit ?? ''}`, note: entry.note, shared: entry.shared === true,
      photos: ways(entry.evidence), voided: voided?.why, action: voided === undefined ? `${href}/void` : undefined, isLess,
      cured: cured === undefined ? undefined : { on: cured.on, note: cured.note, photos: ways(cured.evidence) },
      process: isLess ? `/tellings/${href.split('/').slice(2).join('/')}/${entry.id}` : undefined, span: isLess ? spanWords(entry, day) : undefined,
      cure: isLess && voided === undefined && cured === undefined ? `${href}/events/${entry.id}/cure` : undefined, uncure: voided === undefined && cured !== undefined ? `${href}/events/${entry.id}/uncure` : undefined,
    };
  });
}

/** Two answers to one question, with who gave them and when. */
export function contestModels(standard: Standard, picture: Picture, sheets: readonly Sheet[], names: ReadonlyMap<string, string>) {
  return contestedIn(picture).flatMap(key => {
    const field = picture.fields.get(key);
    const indicator = standard.indicators.find(each => each.key === key);
    if (field?.kind !== 'contested' || indicator === undefined) return [];
    const side = (which: 'theirs' | 'ours') => {
      const sheet = sheets.find(each => each.seq === field[which].seq);
      return { side: which, words: factWords(indicator, field[which].fact), who: names.get(field[which].by) ?? '', on: sheet?.at, source: sheetSources[(sheet?.source ?? 'grid') as SheetSource] };
    };
    return [{ key, title: indicator.title, sides: [side('theirs'), side('ours')] }];
  });
}

/** What is still missing after a save, in one sentence: answers first, then photos. */
export function lackingWords(standard: Standard, picture: Picture): string {
  const [answers, photos] = [lackingIn(standard, picture), photosLacking(standard, picture)];
  return [
    ...answers.length === 0 ? [] : [`还差 ${answers.length} 项：${answers.map(indicator => indicator.title).join('、')}`],
    ...photos.length === 0 ? [] : [`还缺照片：${photos.map(indicator => indicator.title).join('、')}`],
  ].join('；');
}

export const heading = ({ loaded }: At): { readonly number: string; readonly name: string } => ({ number: numberText(loaded.row.household_no), name: loaded.row.head_name === '' ? '' : `${loaded.row.head_name}家` });

/** A prefilled answer that nobody touched is last year's, not this year's: only a whole save or 与去年一样 confirms it. */
export const answeredOnly = (at: Pick<At, 'world' | 'before'>, values: Readonly<Record<string, WrittenFact>>): Readonly<Record<string, WrittenFact>> => {
  const now = factsIn(at.world.picture);
  return Object.fromEntries(Object.entries(values).filter(([key, fact]) => now[key] !== undefined || !(isNotAsked(fact) || sameFact(fact, at.before[key]))));
};

/** Typed values that are right and were really answered, for the estimate. */
export function typedValues(at: At, raw: Raw, day: Day): Readonly<Record<string, WrittenFact>> {
  const { standard } = at.world.compiled;
  const { values } = parseSheet(blocksOf(standard, { council: at.maySettle }), raw, day);
  return Object.fromEntries(Object.entries(answeredOnly(at, values)).filter(([key, fact]) => isNotAsked(fact) || valueFaults(standard, { [key]: fact }, { day, isFile: false }).length === 0));
}
