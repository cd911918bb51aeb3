import { isRecord } from '../cursor.ts';

/** What keys are called: `银行贷款履约〔loanPerformance〕`. The word is for the reader, the key in brackets decides; either alone is understood too. */
export interface Names {
  readonly wordOf: (list: NamedList, key: string) => string;
  readonly keyOf: (list: NamedList, written: string) => string;
  readonly optionWord: (indicator: string, key: string) => string;
  readonly optionKey: (indicator: string, written: string) => string;
}
export type NamedList = 'indicators' | 'categories' | 'localBases' | 'vetoes' | 'preconditions' | 'types' | 'items';

/** The list that a member's text names an entry of. */
export const namedBy: Readonly<Record<string, NamedList>> = {
  category: 'categories', base: 'localBases', type: 'types', vetoes: 'vetoes', unmet: 'preconditions', item: 'items', items: 'items',
  indicator: 'indicators', numerator: 'indicators', denominator: 'indicators', times: 'indicators', count: 'indicators', by: 'indicators', left: 'indicators', atMost: 'indicators',
  sum: 'indicators', difference: 'indicators', highest: 'indicators', lowest: 'indicators', share: 'indicators', average: 'indicators', since: 'indicators', between: 'indicators', events: 'indicators', of: 'indicators',
};

/** What a sheet or a file calls its own entries, as far as it can be read. */
export function namesOf(value: unknown): Names {
  const lists = new Map<NamedList, ReadonlyMap<string, string>>();
  const indicators = recordsOf(value, 'indicators');
  for (const list of ['indicators', 'categories', 'localBases', 'vetoes', 'preconditions', 'types'] as const) lists.set(list, titled(recordsOf(value, list), 'title'));
  lists.set('items', titled(indicators.flatMap(indicator => recordsOf(indicator['scoring'], 'items')), 'label'));
  const options = new Map(indicators.map(indicator => [String(indicator['key']), titled(recordsOf(indicator, 'options'), 'label')]));
  return {
    wordOf: (list, key) => named(lists.get(list), key), keyOf: (list, written) => keyIn(lists.get(list), written),
    optionWord: (indicator, key) => named(options.get(indicator), key), optionKey: (indicator, written) => keyIn(options.get(indicator), written),
  };
}

/** Marks that would be taken for those of the sheet give way in the word; the key is never touched. */
function named(words: ReadonlyMap<string, string> | undefined, key: string): string {
  const word = words?.get(key)?.replace(/[\s、，,；;：:（）()〔〕[\]"“”=<>≥≤]+/g, '·').replace(/^·|·$/g, '') ?? '';
  return word === '' || word === key ? key : `${word}〔${key}〕`;
}

function keyIn(words: ReadonlyMap<string, string> | undefined, written: string): string {
  const bracketed = /〔\s*([^〔〕]+?)\s*〕\s*$/.exec(written)?.[1];
  if (bracketed !== undefined) return bracketed;
  if (words === undefined || words.has(written)) return written;
  const found = [...words].find(([, word]) => word.normalize('NFKC') === written.normalize('NFKC'));
  return found?.[0] ?? written;
}

function recordsOf(value: unknown, list: string): readonly Readonly<Record<string, unknown>>[] {
  const held = isRecord(value) ? value[list] : undefined;
  return Array.isArray(held) ? held.filter(isRecord) : [];
}

const titled = (records: readonly Readonly<Record<string, unknown>>[], word: string): ReadonlyMap<string, string> =>
  new Map(records.flatMap(record => typeof record['key'] === 'string' && typeof record[word] === 'string' ? [[record['key'], record[word]] as const] : []));
