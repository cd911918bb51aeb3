import { chaptersOf, chapterWords, citationsIn, type ArticleId } from '../standards/clauses.ts';
import { gradeSign, type Standard } from '../standards/standard.ts';
import type { Clause } from './change.ts';

const whole: Readonly<Record<string, string>> = { base: '起始分', total: '总分的上下限', asked: '还要补问的内容' };

/** A clause as people call it: number and title of the standard tried, or of the one in force where only that one has it. */
export function clauseWords(before: Standard, after: Standard, clause: Clause): string {
  const at = clause.indexOf(':');
  const [part, key] = [clause.slice(0, at), clause.slice(at + 1)];
  const told = (list: (standard: Standard) => readonly { readonly key: string; readonly title: string }[] | undefined, say: (title: string) => string, no: (standard: Standard) => string): string => {
    const standard = [after, before].find(one => list(one)?.some(each => each.key === key) === true) ?? after;
    const title = list(standard)?.find(each => each.key === key)?.title ?? key;
    return `${no(standard)} ${say(title)}${standard === before && before !== after ? '（新标准里没有）' : ''}`.trim();
  };
  const article = (id: ArticleId) => (standard: Standard): string => citationsIn(standard).cite(id);
  switch (part) {
    case 'indicator': return told(one => one.indicators, title => title, article(`indicator:${key}`));
    case 'category': return told(one => one.categories, title => `${title}合计的上下限`, standard => chapterOf(standard, key));
    case 'veto': return told(one => one.vetoes, title => `一票否决：${title}`, article(`veto:${key}`));
    case 'precondition': return told(one => one.preconditions, title => `条件：${title}`, article(`precondition:${key}`));
    case 'type': return told(one => one.types, title => `另算的一类：${title}`, article(`type:${key}`));
    case 'grade': { const grade = [...after.grades, ...before.grades].find(each => each.code === key); return `${article('whole:grades')(after)} ${grade === undefined ? '等级的分数线' : `${gradeSign(grade)} 的分数线和条件`}`; }
    default: return whole[key] ?? key;
  }
}

const chapterOf = (standard: Standard, category: string): string => { const chapter = chaptersOf(standard).find(each => each.category === category); return chapter === undefined ? '' : chapterWords(chapter.no); };

/** A result in the words of its standard. */
export function resultWords(standard: Standard, result: number): string {
  const grade = standard.grades[result];
  return grade !== undefined ? gradeSign(grade) : result === -1 ? standard.ungraded.label : '暂估';
}
