import { gradesOf, lawOf } from '../around.ts';
import { bounds } from '../cells-bounds.ts';
import { conditionPart, missingCells } from '../cells-condition.ts';
import { number, pick, text, ticks } from '../cells.ts';
import { held } from '../edit/path.ts';
import type { Pane } from '../pane.ts';

const titled = (kind: string): Pane['title'] => (body, path) => `${kind}“${String(held(body, [...path, 'title']) ?? '')}”`;
const vetoAnswers = [{ key: 'clear', label: '不否决' }, { key: 'ask', label: '要补问' }] as const;
const requirementAnswers = [{ key: 'holds', label: '算达到' }, { key: 'fails', label: '算没达到' }, { key: 'ask', label: '要补问' }] as const;
const typeAnswers = [{ key: 'fails', label: '不算这一类' }, { key: 'ask', label: '要补问' }] as const;

export const veto: Pane = {
  address: 'vetoes.#', depth: 2, title: titled('一票否决'), members: ['key', 'title', 'when', 'words', 'legalBasis', 'lifeMonths', 'missing', 'grade', 'total', 'repair'],
  parts: (body, path) => [
    { kind: 'fields', title: '否决什么', cells: [text([...path, 'title'], '叫什么', { most: 40 }), text([...path, 'words'], '写给人看的话', { lines: true }), ticks([...path, 'legalBasis'], '依据', lawOf(body)), number([...path, 'lifeMonths'], '最多管几个月', { places: 0, unit: '个月', hint: '最长六十个月' })] },
    conditionPart(body, [...path, 'when'], '什么情况下否决'),
    { kind: 'fields', title: '不知道的时候', hint: '没问到、不愿说，都不能当作“有”。', cells: missingCells([...path, 'missing'], vetoAnswers) },
    { kind: 'fields', title: '否决了定成什么', hint: '两格都空着，就是没有等级。', isFolded: held(body, [...path, 'grade']) === undefined && held(body, [...path, 'total']) === undefined, cells: [pick([...path, 'grade'], '直接定为', gradesOf(body), { optional: true }), number([...path, 'total'], '直接判几分', { optional: true })] },
    { kind: 'fields', title: '改正了怎么办', hint: '不设就都空着。', isFolded: held(body, [...path, 'repair']) === undefined, cells: [text([...path, 'repair', 'words'], '怎么说', { optional: true }), number([...path, 'repair', 'points'], '改为减几分', { optional: true, hint: '写负数或者 0' })] },
    ...held(body, [...path, 'repair']) === undefined ? [] : [conditionPart(body, [...path, 'repair', 'when'], '怎样算改正了')],
  ],
};

export const precondition: Pane = {
  address: 'preconditions.#', depth: 2, title: titled('先要达到'), members: ['key', 'title', 'holds', 'words', 'missing', 'legalBasis'],
  parts: (body, path) => [
    { kind: 'fields', title: '要达到什么', cells: [text([...path, 'title'], '叫什么', { most: 40 }), text([...path, 'words'], '写给人看的话', { lines: true }), ticks([...path, 'legalBasis'], '依据', lawOf(body), { optional: true })] },
    conditionPart(body, [...path, 'holds'], '怎样算达到'),
    { kind: 'fields', title: '不知道的时候', cells: missingCells([...path, 'missing'], requirementAnswers) },
  ],
};

export const type: Pane = {
  address: 'types.#', depth: 2, title: titled('另算的一类'), members: ['key', 'title', 'when', 'missing', 'weight', 'bounds'],
  parts: (body, path) => [
    { kind: 'fields', title: '哪一类', cells: [text([...path, 'title'], '叫什么', { most: 40 }), number([...path, 'weight'], '总分乘多少', { optional: true, places: 4, hint: '不乘就空着' })] },
    conditionPart(body, [...path, 'when'], '怎样算这一类'),
    { kind: 'fields', title: '不知道的时候', cells: missingCells([...path, 'missing'], typeAnswers) },
    ...gradesOf(body).map(grade => { const cell = bounds([...path, 'bounds', grade.key], { label: grade.label }); return { kind: 'grid' as const, title: `${grade.label}另写的分数线`, hint: '和大家一样的，空着。', columns: ['含不含', '从几分', '含不含', '到几分'], cell, lines: [Object.keys(cell.fields)] }; }),
  ],
};
