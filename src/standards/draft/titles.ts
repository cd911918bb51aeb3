import { lists } from './lists.ts';

const fixed: Readonly<Record<string, string>> = { head: '基本情况', categories: '类别', grades: '等级', localBases: '县基数', checks: '核对', publication: '公布谁', text: '全文' };

/** A page of the editor in a word, by its address. */
export const titleAt = (address: string): string => { const [first = ''] = address.split('.'); return fixed[first] ?? lists.find(list => list.address === first)?.title ?? '草稿'; };
