import { clauseNumbers } from '../standards/clauses.ts';
import { gradeSign, type Standard } from '../standards/standard.ts';
import type { Clause } from './change.ts';

const whole: Readonly<Record<string, string>> = { base: '起始分', total: '总分的上下限', asked: '还要补问的内容' };

/** A clause as people call it: number and title of the standard tried, or of the one in force where only that one has it. */
export function clauseWords(before: Standard, after: Standard, clause: Clause): string {
  const at = clause.indexOf(':');
  const [part, key] = [clause.slice(0, at), clause.slice(at + 1)];
  const titled = (list: (standard: Standard) => readonly { readonly key: string; readonly title: string }[] | undefined): string => [after, before].flatMap(standard => list(standard) ?? []).find(each => each.key === key)?.title ?? key;
  switch (part) {
    case 'indicator': {
      const standard = after.indicators.some(each => each.key === key) ? after : before;
      return `${clauseNumbers(standard).get(key) ?? ''} ${titled(one => one.indicators)}${standard === before && before !== after ? '（新标准里没有）' : ''}`.trim();
    }
    case 'category': return `${titled(one => one.categories)}合计的上下限`;
    case 'veto': return `一票否决：${titled(one => one.vetoes)}`;
    case 'precondition': return `条件：${titled(one => one.preconditions)}`;
    case 'grade': { const grade = [...after.grades, ...before.grades].find(each => each.code === key); return grade === undefined ? '等级的分数线' : `${gradeSign(grade)} 的分数线和条件`; }
    case 'type': return `另算的一类：${titled(one => one.types)}`;
    default: return whole[key] ?? key;
  }
}

/** A result in the words of its standard. */
export function resultWords(standard: Standard, result: number): string {
  const grade = standard.grades[result];
  return grade !== undefined ? gradeSign(grade) : result === -1 ? standard.ungraded.label : '暂估';
}
