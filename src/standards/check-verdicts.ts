import { coverage, spanOf } from './bounds.ts';
import type { Span } from './bounds.ts';
import { checkCondition, checkMissing, checkRequirement } from './conditions.ts';
import type { ConditionsAround } from './conditions.ts';
import { Cursor, isRecord, isReserved } from './cursor.ts';
import { boundKeys, boundsAt } from './kinds/bands.ts';

export function checkVetoes(top: Cursor, whole: ConditionsAround): void {
  const around = onFacts(whole);
  const held = top.get('grades').value;
  const codes = Array.isArray(held) ? held.filter(isRecord).map(grade => String(grade['code'])) : [];
  for (const veto of top.get('vetoes').list()) {
    veto.record(['key', 'title', 'when', 'words', 'legalBasis', 'lifeMonths', 'missing'], ['grade', 'total', 'repair']);
    veto.get('key').key();
    veto.get('title').text(40);
    veto.get('words').text();
    veto.get('lifeMonths').months();
    if (!veto.get('legalBasis').isAbsent) veto.get('legalBasis').citing(around.legalBases, '依据');
    checkCondition(veto.get('when'), around);
    checkMissing(veto.get('missing'), ['clear', 'ask']);
    veto.get('grade').oneOf(codes);
    veto.get('total').points();
    if (!veto.get('grade').isAbsent && !veto.get('total').isAbsent) veto.fault('直接定等级和直接定分只写一个', '留下 grade 或 total');
    const repair = veto.get('repair');
    if (repair.isAbsent || repair.record(['when', 'words', 'points']) === undefined) continue;
    checkCondition(repair.get('when'), around);
    repair.get('words').text();
    repair.get('points').number({ least: -10_000, most: 0, places: 2 });
  }
}

/** A veto and a type look at facts alone: points have no life of their own that the law could bound. */
const onFacts = (around: ConditionsAround): ConditionsAround => ({ ...around, categories: undefined });

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
    grade.record(['code', 'label', 'credit'], ['requires', 'coefficient', ...boundKeys]);
    grade.get('coefficient').number({ least: 0, most: 100, places: 4 });
    grade.get('code').text(20);
    if (isReserved(String(grade.get('code').value))) grade.get('code').fault(`“${String(grade.get('code').value)}”不能作代码`, '这个词程序里另有用处，换一个');
    if (grade.get('code').value === 'none') grade.get('code').fault('“none”留给没有等级的', '换一个代码');
    grade.get('label').text(20);
    grade.get('credit').flag();
    for (const requirement of grade.get('requires').list()) {
      requirement.record(['holds', 'words', 'missing']);
      checkRequirement(requirement, around);
    }
    return { grade, code: String(grade.get('code').value), span: spanOf(boundsAt(grade, 2), 100), isPlain: grade.get('requires').isAbsent };
  });
  checkBounds(top.get('grades'), spans);
}

interface Bounded { readonly grade: Cursor; readonly code: string; readonly span: Span; readonly isPlain: boolean }

/** Plain bounds: from good to bad, none empty, no gap and no overlap between them. */
function checkBounds(place: Cursor, spans: readonly Bounded[]): void {
  spans.forEach(({ grade, span }, at) => {
    if (span.from > span.to) grade.fault('这个等级里没有分', '起点要小于终点');
    const better = spans[at - 1];
    if (better !== undefined && span.from > better.span.from) grade.fault('等级要从好到差排', '把分高的等级写在前面');
  });
  checkFallen(spans);
  const plain = spans.filter(each => each.isPlain);
  const best = Math.max(...plain.map(each => each.span.to));
  const least = Math.min(...plain.map(each => each.span.from));
  const { gaps, overlaps } = coverage(plain.map(each => each.span), { from: least, to: best });
  for (const gap of gaps) place.fault(`等级有空档：${gap.from / 100} 到 ${gap.to / 100} 分`, '让前一个等级的终点接上后一个的起点');
  for (const [a, b] of overlaps) {
    const [better, worse] = [plain[Math.min(a, b)], plain[Math.max(a, b)]];
    worse?.grade.fault(`“${worse.code}”和“${better?.code ?? ''}”重叠`, `同一个分只能落在一个等级里：给“${worse.code}”写上终点，接在“${better?.code ?? ''}”的起点下面`);
  }
}

/** Whoever has the points of a grade but not its further conditions falls to a later one: the best of those must reach as high, or such people have none. */
function checkFallen(spans: readonly Bounded[]): void {
  spans.forEach(({ code, span, isPlain }, at) => {
    const later = spans.slice(at + 1);
    const [next] = later;
    if (isPlain || next === undefined || later.some(each => each.span.to >= span.to)) return;
    next.grade.fault(`“${code}”另有条件，分够而条件不够的没有等级可落`, `去掉“${next.code}”的终点（below、atMost）：先写的等级先给，不会重叠`);
  });
}

/** Each type's own bounds, laid over the standard's, must be as whole as those. */
export function checkTypes(top: Cursor, around: ConditionsAround): void {
  const grades = top.get('grades').list();
  for (const type of top.get('types').list(1)) {
    type.record(['key', 'title', 'when', 'missing'], ['weight', 'bounds']);
    type.get('key').key();
    type.get('title').text(40);
    checkCondition(type.get('when'), onFacts(around));
    checkMissing(type.get('missing'), ['fails', 'ask']);
    type.get('weight').number({ least: 0.01, most: 100, places: 4 });
    const bounds = type.get('bounds');
    if (bounds.isAbsent || bounds.record([], around.gradeCodes) === undefined) continue;
    checkBounds(bounds, grades.map(grade => {
      const own = bounds.get(String(grade.get('code').value));
      if (!own.isAbsent) own.record([], boundKeys);
      const from = own.isAbsent ? new Cursor(grade.value, grade.at, []) : own;   // Its own faults are told at the grade.
      return { grade: own.isAbsent ? bounds : own, code: String(grade.get('code').value), span: spanOf(boundsAt(from, 2), 100), isPlain: grade.get('requires').isAbsent };
    }));
  }
}
