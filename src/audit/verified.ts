import type { Instant } from '../kit/time.ts';

/** One thing found wrong, by its exact place. `unit` ties rows to the entry that spoke of them. */
export interface Finding {
  readonly what: 'entry' | 'head' | 'rows' | 'erasure' | 'check';
  readonly chain: string;
  readonly seq: number;
  readonly table?: string;
  readonly why: 'changed' | 'missing' | 'order' | 'link' | 'cut' | 'more' | 'fewer' | 'unknown' | 'differs';
  /** Named by a further check: which rating, which file. */
  readonly about?: string;
}

/** What a walk over the whole record found. */
export interface Verified {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly chains: number;
  readonly entries: number;
  /** Rows whose digest was computed anew and agreed. */
  readonly rows: number;
  /** Rows erased on request, each by an act that is in the ledger. */
  readonly erased: number;
  readonly erasures: readonly { readonly chain: string; readonly seq: number; readonly rows: number }[];
  readonly checks: readonly { readonly title: string; readonly looked: number; readonly wrong: number }[];
  readonly findings: readonly Finding[];
  /** More were found than are listed. */
  readonly more: number;
}

const whyWords: Readonly<Record<Finding['why'], string>> = {
  changed: '这一条台账的内容被改过',
  missing: '这一条台账不见了',
  order: '台账的次序被动过',
  link: '这一条和前一条接不上，前面被换过',
  cut: '最后几条台账不见了，或者链头被改过',
  more: '表里多出没有台账的记录',
  fewer: '这一条记下的记录，表里少了',
  unknown: '有记录被删除，但台账里没有对应的删除手续',
  differs: '重新计算的结果和保存的不一样',
};

/** A finding as a sentence: where, and what it means. */
export function findingWords(finding: Finding): string {
  const place = finding.seq > 0 ? `链 ${finding.chain} 第 ${finding.seq} 条` : finding.chain === '' ? '' : `链 ${finding.chain}`;
  const table = finding.table === undefined ? '' : `，表 ${finding.table}`;
  const why = finding.what === 'rows' && finding.why === 'changed' ? '记录的内容被改过' : whyWords[finding.why];
  return `${place}${table}${finding.about === undefined ? '' : `${place === '' ? '' : '，'}${finding.about}`}：${why}`;
}
