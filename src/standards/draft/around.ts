import { gradeWords, missingStates, powers, stateWords, type ValueType, isValueType } from '../standard.ts';
import type { Choice } from './cells.ts';
import { rows, type Body } from './edit/path.ts';

/** What the fields of one part of a draft may choose from the others; whatever lacks its name cannot be chosen yet. */
const word = (value: unknown): string => typeof value === 'string' ? value : '';
const chosen = (list: readonly Body[], key: string, label: (row: Body) => string): readonly Choice[] => list.flatMap(row => word(row[key]) === '' ? [] : [{ key: word(row[key]), label: label(row) || word(row[key]) }]);

export const categoriesOf = (body: Body): readonly Choice[] => chosen(rows(body, ['categories']), 'key', row => word(row['title']));
export const gradesOf = (body: Body): readonly Choice[] => chosen(rows(body, ['grades']), 'code', row => gradeWords({ code: word(row['code']), label: word(row['label']) }));
export const lawOf = (body: Body): readonly Choice[] => chosen(rows(body, ['legalBases']), 'id', row => `《${word(row['law'])}》${word(row['article'])}`);
export const basesOf = (body: Body): readonly Choice[] => chosen(rows(body, ['localBases']), 'key', row => word(row['title']));
export const typesOf = (body: Body): readonly Choice[] => chosen(rows(body, ['types']), 'key', row => word(row['title']));
export const vetoesOf = (body: Body): readonly Choice[] => chosen(rows(body, ['vetoes']), 'key', row => word(row['title']));
export const preconditionsOf = (body: Body): readonly Choice[] => chosen(rows(body, ['preconditions']), 'key', row => word(row['title']));

/** Indicators of some types, by title. */
export const indicatorsOf = (body: Body, types?: readonly ValueType[], fits: (row: Body) => boolean = () => true): readonly Choice[] =>
  chosen(rows(body, ['indicators']).filter(row => fits(row) && (types === undefined || types.includes(typeOf(row) ?? 'flag'))), 'key', row => word(row['title']));

export const typeOf = (row: Body): ValueType | undefined => { const type = row['type']; return isValueType(type) ? type : undefined; };
export const indicatorAt = (body: Body, key: unknown): Body | undefined => rows(body, ['indicators']).find(row => row['key'] === key);
export const optionsOf = (indicator: Body | undefined): readonly Choice[] => chosen(rows(indicator, ['options']), 'key', row => word(row['label']));
export const itemsOf = (indicator: Body | undefined): readonly Choice[] => chosen(rows(indicator, ['scoring', 'items']), 'key', row => word(row['label']));

const pairs = (words: Readonly<Record<string, string>>): readonly Choice[] => Object.entries(words).map(([key, label]) => ({ key, label }));
export const powerChoices = pairs(powers);
export const stateChoices = missingStates.map(key => ({ key, label: stateWords[key] }));
export const choicesOf = pairs;
