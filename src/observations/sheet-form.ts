import type { Fault, Raw } from '../kit/form.ts';
import { typed } from '../kit/form.ts';
import type { Day } from '../kit/time.ts';
import { readValue, writtenOf } from '../standards/values.ts';
import { stateWords, type Indicator, type Standard, type WrittenFact } from '../standards/standard.ts';
import { factFault, fieldOf } from './checks.ts';
import { isNotAsked, notAsked, sameFact } from './observation.ts';
import { factText, factWords } from './words.ts';
import { isAsked, isJudged, wantsPhoto } from './wanted.ts';

/** A heading of the form with its questions. `key` is its place, as buttons and anchors name it. */
export interface Block { readonly key: string; readonly title: string; readonly questions: readonly Indicator[] }

/** The questions of a visit, block by block in the order of the standard. What the committee judges stands in the form of who may judge it. */
export function blocksOf(standard: Standard, { council }: { readonly council: boolean }): readonly Block[] {
  const asked = standard.indicators.filter(indicator => isAsked(indicator) && (council || !isJudged(indicator)));
  const titles = [...new Set(asked.map(indicator => titleOf(indicator)))];
  return titles.map((title, at) => ({ key: `b${at + 1}`, title, questions: asked.filter(indicator => titleOf(indicator) === title) }));
}
const titleOf = (indicator: Indicator): string => isJudged(indicator) ? '评议组认定的' : indicator.block ?? '其他';

export interface Parsed { readonly values: Readonly<Record<string, WrittenFact>>; readonly faults: readonly Fault[] }

/** Reads what was typed. A question that the page did not show says nothing; an emptied one takes its value back. */
export function parseSheet(blocks: readonly Block[], raw: Raw, day: Day): Parsed {
  const values: Record<string, WrittenFact> = {};
  const faults: Fault[] = [];
  for (const indicator of blocks.flatMap(block => block.questions)) {
    const name = fieldOf(indicator.key);
    if (raw[name] === undefined) continue;
    const read = readValue(indicator, typed(raw, name).slice(0, 200));
    const fact: WrittenFact | undefined = 'fault' in read ? undefined : 'missing' in read ? { missing: read.missing } : writtenOf(indicator, read.value);
    const say = 'fault' in read ? read.fault : fact === undefined || isNotAsked(fact) ? undefined : factFault(indicator, fact, day);
    if (say !== undefined) faults.push({ field: name, code: 'value', say });
    else if (fact !== undefined) values[indicator.key] = isNotAsked(fact) ? notAsked : fact;
  }
  return { values, faults };
}

export interface Question {
  readonly name: string; readonly id: string; readonly label: string; readonly kind: 'choices' | 'select' | 'number' | 'text';
  readonly value: string; readonly hint: string | undefined; readonly fault: string | undefined; readonly unit: string | undefined; readonly optional: boolean;
  readonly changed: boolean; readonly before: string | undefined; readonly short: boolean;
  readonly options: readonly { readonly value: string; readonly label: string; readonly checked: boolean }[];
  readonly ways: readonly { readonly label: string; readonly value: string }[];
  readonly photo: PhotoAsk | undefined;
}

/** The photos of one answer: those kept, the field for more, and whether one is still to be brought. */
export interface PhotoAsk { readonly name: string; readonly counted: string; readonly label: string; readonly kept: readonly string[]; readonly wanted: boolean }
export const photoField = (key: string): string => `photo-${key}`;
/** How many photos are chosen and not yet saved: the page counts them, for the estimate. */
export const chosenField = (key: string): string => `chosen-${key}`;

/** One question as `parts/input` prints it: last year's answer prefilled, what changed marked, 不清楚 last. */
export function questionOf(indicator: Indicator, given: { readonly now: WrittenFact | undefined; readonly before: WrittenFact | undefined; readonly photos: readonly string[]; readonly raw: Raw | undefined; readonly faults: readonly Fault[]; readonly day: Day }): Question {
  const name = fieldOf(indicator.key);
  const typedText = given.raw?.[name] === undefined ? undefined : typed(given.raw, name);
  const value = typedText ?? factText(given.now ?? given.before);
  const fault = given.faults.find(each => each.field === name)?.say;
  const changed = fault === undefined && given.before !== undefined && value !== '' && !sameText(indicator, value, given.before);
  const options = optionsOf(indicator);
  const year = Number(given.day.slice(0, 4));
  const unclear = indicator.withoutDontKnow === true ? [] : [{ label: stateWords.dontKnow, value: stateWords.dontKnow }];
  return {
    name, id: name, label: indicator.title, value, fault, hint: indicator.hint, optional: indicator.optional === true, changed, unit: unitOf(indicator),
    before: given.before === undefined || !changed && given.now !== undefined ? undefined : factWords(indicator, given.before),
    kind: options.length === 0 ? indicator.type === 'day' ? 'text' : 'number' : options.length > 7 ? 'select' : 'choices', short: options.length === 0,
    options: options.map(option => ({ ...option, checked: option.value === value })),
    ways: options.length > 0 ? [] : [...fault !== undefined && indicator.type === 'year' && Number(value) > year ? [{ label: `改成 ${year}`, value: String(year) }] : [], ...unclear],
    photo: indicator.evidence !== true ? undefined : { name: photoField(indicator.key), counted: chosenField(indicator.key), label: indicator.title, kept: given.photos, wanted: given.photos.length === 0 && wantsPhoto(indicator, given.now) },
  };
}

function optionsOf(indicator: Indicator): readonly { readonly value: string; readonly label: string }[] {
  const own = indicator.type === 'choice' ? (indicator.options ?? []).map(option => ({ value: option.key, label: option.label }))
    : indicator.type === 'flag' ? [{ value: 'true', label: '是' }, { value: 'false', label: '不是' }] : [];
  if (own.length === 0) return [];
  const refused = indicator.sensitivity === 'ordinary' ? [] : [{ value: 'refused', label: stateWords.refused }];
  return [...own, ...refused, ...indicator.withoutDontKnow === true ? [] : [{ value: 'dontKnow', label: stateWords.dontKnow }]];
}

function sameText(indicator: Indicator, text: string, before: WrittenFact): boolean {
  const read = readValue(indicator, text);
  if ('fault' in read) return false;
  return sameFact('missing' in read ? { missing: read.missing } : writtenOf(indicator, read.value), before);
}

const unitOf = (indicator: Indicator): string | undefined => indicator.type === 'percent' ? '%' : indicator.type === 'year' ? '年' : indicator.type === 'money' ? indicator.unit ?? '元' : indicator.unit;
