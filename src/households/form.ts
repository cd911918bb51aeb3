import { choice, day, text, wholeNumber, yesNo } from '../kit/fields.ts';
import { form, type ValuesOf } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { FieldModel, FormModel } from '../web/form-model.ts';
import { closings, idMissingReasons, partings, relations, sexes } from './household.ts';
import type { NewMember } from './member.ts';

/** `{ key: words }` as options, in its order. */
export const optionsOf = <K extends string>(words: Readonly<Record<K, string>>): readonly { readonly key: K; readonly label: string }[] =>
  (Object.entries(words) as [K, string][]).map(([key, label]) => ({ key, label }));

export interface PlaceOption { readonly no: number; readonly name: string }
const places = (list: readonly PlaceOption[]): readonly { readonly key: string; readonly label: string }[] => list.map(place => ({ key: String(place.no), label: place.name }));

/** Where a household lives; the options are the living groups and grids of its village. */
export const whereFields = (groups: readonly PlaceOption[], grids: readonly PlaceOption[]) => ({
  group: choice('村民小组', places(groups), { optional: true, select: true }),
  grid: choice('网格', places(grids), { optional: true, select: true }),
  address: text('住址', { most: 80, optional: true, hint: '门牌或者怎么走，例如：庄台路 8 号' }),
});
export const villageField = (villages: readonly PlaceOption[]) => choice('村（社区）', places(villages), { select: true });

const person = {
  name: text('姓名', { most: 30, optional: true, hint: '14 岁以下的孩子不填，系统不留孩子的姓名' }),
  sex: choice('性别', optionsOf(sexes)),
  birth_year: wholeNumber('出生年份', { least: 1850, most: 2200, unit: '年' }),
  id_number: text('身份证号', { most: 24, optional: true }),
  id_missing: choice('没有号码的原因', optionsOf(idMissingReasons), { optional: true, select: true, hint: '填了身份证号就不用选' }),
  phone: text('电话', { most: 24, optional: true }),
  away: yesNo('长期在外（外出务工、上学），不算在家的劳力'),
};
const { head: _head, ...otherRelations } = relations;
export const headFields = { ...person, name: text('姓名', { most: 30 }) };
export const memberForm = form({ relation: choice('和户主的关系', optionsOf(otherRelations), { select: true }), ...person });
/** The head keeps the relation; changing heads is its own act. */
export const headForm = form(headFields);

export const partForm = form({ reason: choice('原因', optionsOf(partings)), on: day('从哪一天起') });
export const closeForm = form({ reason: choice('为什么销户', optionsOf(closings)) });
export const revealForm = form({ reason: text('为什么要看', { most: limits.textCharacters, hint: '例如：通知本人来村里补材料。谁在什么时候看过、为什么看，都有记录。' }) });

/** The fields of a person as a page shows them: a number or the reason why not, and one box with its question. */
export const personModels = (by: FormModel['by'], names: readonly string[]): readonly (FieldModel | undefined)[] => names.map(name => {
  const model = by[name];
  if (model === undefined) return undefined;
  if (name === 'id_number') { const { optional: _optional, ...rest } = model; return rest; }
  return name === 'away' ? { ...model, label: '在不在家' } : model;
});

type Person = ValuesOf<typeof person>;
/** What was typed as the member an act takes. */
export const entered = (values: Person, relation: NewMember['relation']): NewMember => ({
  name: values.name ?? '', relation, sex: values.sex, birthYear: values.birth_year, idNumber: values.id_number, idMissing: values.id_missing, phone: values.phone, away: values.away,
});
export const placeNo = (key: string | undefined): number | null => key === undefined ? null : Number(key);
