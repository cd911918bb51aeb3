import { choice, text, wholeNumber } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import type { Standard } from '../standards/standard.ts';
import { mayAdjust } from './adjustment.ts';

/** Grades a committee may give by hand: as far from the computed one as the standard allows, and the computed one itself to end an adjustment. */
export function adjustForm(standard: Standard, computed: number, present: number) {
  const codeOf = (grade: number): string => standard.grades[grade]?.code ?? 'none';
  const all = [...standard.grades.map(grade => ({ key: grade.code, label: `${grade.code} ${grade.label}` })), { key: 'none', label: standard.ungraded.label }];
  const options = all.filter(option => option.key !== codeOf(present) && (option.key === codeOf(computed) || mayAdjust(standard, { from: codeOf(computed), to: option.key })))
    .map(option => option.key === codeOf(computed) ? { ...option, label: `${option.label}（算出来的）` } : option);
  return form({
    to: choice('调成', options),
    reason: text('理由', { lines: true, most: 300, hint: '写事实和依据。公示上只写等级；理由和两个等级留在档案里，印给本户的结果单上也有。' }),
    seen: wholeNumber('版本', { least: 1 }),
  });
}

export const reopenForm = form({ why: text('重新核实的理由', { lines: true, most: 300, hint: '写明要核的是哪一项，不写家里的私事。原来的结果留着，核完重新算。' }) });
