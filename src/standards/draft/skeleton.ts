import type { Body } from './edit/path.ts';

/** What a standard written from nothing begins with: whole, lawful and small, so that every page has something to change. */
export const skeleton = (year: number): Body => ({
  format: 1, key: `standard${year}`, title: '新的评定标准', year, version: 1, subject: 'household', base: 60, total: { cap: 100, floor: 0 }, rounding: 'half-up', ungraded: { label: '暂未达标' },
  legalBases: [
    { id: 'pipl-13', law: '中华人民共和国个人信息保护法', article: '第十三条', level: 'law', validFrom: '2021-11-01', note: '本人同意，或者履行法定职责' },
    { id: 'pipl-25', law: '中华人民共和国个人信息保护法', article: '第二十五条', level: 'law', validFrom: '2021-11-01', note: '公开个人信息须本人单独同意' },
    { id: 'credit-13', law: '征信业管理条例', article: '第十三条', level: 'regulation', validFrom: '2013-03-15', note: '采集须经本人同意' },
  ],
  categories: [{ key: 'performance', title: '履约', cap: 40, floor: 0 }],
  indicators: [{
    key: 'contractsKept', title: '和村集体的合同都履行了', category: 'performance', type: 'flag', block: '和村集体的合同', source: 'village', hint: '以村里的合同台账为准。', purpose: '看和集体签的合同是不是都履行',
    legalBasis: ['pipl-13'], sensitivity: 'ordinary', validityMonths: 12, retentionMonths: 36, scoring: { kind: 'flag', yes: 30, no: 0 }, missing: { notAsked: 'ask', dontKnow: 15, refused: 15, noDealings: 30 }, neutral: 15,
  }],
  publication: [{ board: 'notice', who: '同意公布的参评户', shown: '户主姓名和等级', legalBasis: ['pipl-25'] }, { board: 'roll', who: '同意公布的信用户', shown: '户主姓名和等级', months: 36, legalBasis: ['pipl-25'] }],
  vetoes: [], preconditions: [],
  grades: [{ code: 'A', label: '良好', atLeast: 80, credit: true }, { code: 'B', label: '一般', atLeast: 60, below: 80, credit: false }],
  examples: [{ title: '合同都履行了', day: `${year}-06-30`, facts: { contractsKept: true }, total: 90, grade: 'A' }],
});
