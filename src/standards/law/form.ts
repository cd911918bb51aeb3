import { choice, day, text } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import type { Fault } from '../../kit/form.ts';
import { legalLevels, type LegalBasis, type LegalLevel } from '../standard.ts';

const levels = (Object.keys(legalLevels) as LegalLevel[]).map(key => ({ key, label: legalLevels[key] }));

export const basisForm = form({
  id: text('编号', { most: 40, pattern: /^[a-z][A-Za-z0-9-]*$/, say: '编号用小写英文字母开头，后面是字母、数字和短横，例如 pipl-13。', hint: '标准里就写这个编号，登记以后不改' }),
  law: text('法律、法规或文件', { most: 120, hint: '写全名，不加书名号' }),
  article: text('哪一条', { most: 120, hint: '例如：第十三条' }),
  level: choice('级别', levels, { select: true }),
  validFrom: day('从哪天起施行'),
  validTo: day('到哪天为止', { optional: true, hint: '当天还算；没有定就空着' }),
  note: text('说的是什么', { optional: true, most: 120 }),
}, (values): readonly Fault[] => values.validTo !== undefined && values.validTo < values.validFrom ? [{ field: 'validTo', code: 'early', say: '失效的日子早于施行的日子。' }] : []);

export const lapseForm = form({
  day: day('从哪天起失效', { hint: '这一天起不再算' }),
  repealedBy: text('哪个文件废止的', { most: 120, hint: '文件名和条文，例如：《…条例》第六十条' }),
  reason: text('为什么失效', { most: 200, lines: true }),
});

export interface Given { readonly id: string; readonly law: string; readonly article: string; readonly level: LegalLevel; readonly validFrom: string; readonly validTo?: string | undefined; readonly note?: string | undefined }

/** Fields that were left empty are left out, as in a standard's own entries. */
export const basisGiven = ({ validTo, note, ...given }: Given): LegalBasis => ({ ...given, ...validTo === undefined ? {} : { validTo }, ...note === undefined ? {} : { note } });
