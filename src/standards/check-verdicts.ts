import { coverage, spanOf } from './bounds.ts';
import { checkCondition, checkMissing, checkRequirement } from './conditions.ts';
import type { ConditionsAround } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { isRecord } from './cursor.ts';
import { boundKeys, boundsAt } from './kinds/bands.ts';

export function checkVetoes(top: Cursor, around: ConditionsAround): void {
  const held = top.get('grades').value;
  const codes = Array.isArray(held) ? held.filter(isRecord).map(grade => String(grade['code'])) : [];
  for (const veto of top.get('vetoes').list()) {
    veto.record(['key', 'title', 'when', 'words', 'legalBasis', 'lifeMonths', 'missing'], ['grade']);
    veto.get('key').key();
    veto.get('title').text(40);
    veto.get('words').text();
    veto.get('lifeMonths').months();
    if (!veto.get('legalBasis').isAbsent) veto.get('legalBasis').citing(around.legalBases, '依据');
    checkCondition(veto.get('when'), around);
    checkMissing(veto.get('missing'), ['clear', 'ask']);
    veto.get('grade').oneOf(codes);
  }
}

export function checkPreconditions(top: Cursor, around: ConditionsAround): void {
  for (const each of top.get('preconditions').list()) {
    each.record(['key', 'title', 'holds', 'words', 'missing'], ['legalBasis']);
    each.get('key').key();
    each.get('title').text(40);
    checkRequirement(each, around);
    if (!each.get('legalBasis').isAbsent) each.get('legalBasis').citing(around.legalBases, '依据');
  }
}

/** Grades stand best first; without further conditions they may neither overlap nor leave a gap between them. */
export function checkGrades(top: Cursor, around: ConditionsAround): void {
  const grades = top.get('grades').list(1);
  const spans = grades.map(grade => {
    grade.record(['code', 'label', 'credit'], ['requires', ...boundKeys]);
    grade.get('code').text(20);
    if (grade.get('code').value === 'none') grade.get('code').fault('“none”留给没有等级的', '换一个代码');
    grade.get('label').text(20);
    grade.get('credit').flag();
    for (const requirement of grade.get('requires').list()) {
      requirement.record(['holds', 'words', 'missing']);
      checkRequirement(requirement, around);
    }
    return { grade, span: spanOf(boundsAt(grade, 2), 100), isPlain: grade.get('requires').isAbsent };
  });
  spans.forEach(({ grade, span }, at) => {
    if (span.from > span.to) grade.fault('这个等级里没有分', '起点要小于终点');
    const better = spans[at - 1];
    if (better !== undefined && span.from > better.span.from) grade.fault('等级要从好到差排', '把分高的等级写在前面');
  });
  const plain = spans.filter(each => each.isPlain);
  const best = Math.max(...plain.map(each => each.span.to));
  const least = Math.min(...plain.map(each => each.span.from));
  const { gaps, overlaps } = coverage(plain.map(each => each.span), { from: least, to: best });
  for (const gap of gaps) top.get('grades').fault(`等级有空档：${gap.from / 100} 到 ${gap.to / 100} 分`, '让前一个等级的终点接上后一个的起点');
  for (const [a, b] of overlaps) {
    plain[Math.max(a, b)]?.grade.fault(`和“${String(plain[Math.min(a, b)]?.grade.get('code').value)}”重叠`, '同一个分只能落在一个等级里');
  }
}
