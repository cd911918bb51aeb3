import type { Indicator, Standard } from '../../src/standards/standard.ts';

const asked = { source: 'grid', purpose: '试', sensitivity: 'ordinary', retentionMonths: 12, legalBasis: ['law'] } as const;
/** An indicator with everything a file must say, so that a test names only what it is about. */
export const indicator = (own: Partial<Indicator> & Pick<Indicator, 'key' | 'type'>): Indicator => ({
  ...asked, title: own.key,
  ...(own.scoring === undefined || own.scoring.kind === 'events' ? {} : { missing: { notAsked: 'ask', dontKnow: 1, refused: 0, noDealings: 2 }, neutral: 3 }),
  ...(own.scoring === undefined ? {} : { category: 'all' }), ...own,
});

export const smallStandard = (own: Partial<Standard> & Pick<Standard, 'indicators'>): Standard => ({
  format: 1, key: 'small', title: '小标准', place: { code: '320830', name: '盱眙县' }, year: 2026, version: 1, subject: 'household', base: 0, rounding: 'half-up',
  ungraded: { label: '暂未达标' }, legalBases: [{ id: 'law', law: '某法', article: '第一条', level: 'law', validFrom: '2020-01-01' }],
  publication: [{ board: 'notice', who: '同意的', shown: '姓名', legalBasis: ['law'] }, { board: 'roll', who: '同意的', shown: '姓名', months: 12, legalBasis: ['law'] }],
  categories: [{ key: 'all', title: '全部' }], vetoes: [], preconditions: [], grades: [{ code: 'A', label: '好', atLeast: 10, credit: true }],
  examples: [{ title: '空', day: '2026-06-30', facts: {}, grade: 'none' }], ...own,
});
