import type { Field } from '../../kit/form.ts';
import { bad, good, nameOf, textOf, type Cell } from './cell.ts';
import { isObject, type Path } from './edit/path.ts';

const lows = [{ key: 'atLeast', label: '≥' }, { key: 'above', label: '＞' }] as const;
const highs = [{ key: 'below', label: '＜' }, { key: 'atMost', label: '≤' }] as const;
const all = ['atLeast', 'above', 'atMost', 'below'] as const;

/** 「≥ 3 且 ＜ 5」: both ends of a stretch, each open or closed; an empty end has no bound. `isShare`: 2/3 and 70% are numbers too. */
export function bounds(path: Path, { isShare = false, label = '' }: { readonly isShare?: boolean; readonly label?: string } = {}): Cell {
  const [low, from, high, to] = ['low', 'from', 'high', 'to'].map(part => `${nameOf(path)}.${part}`) as [string, string, string, string];
  const sign = (words: string, options: readonly { readonly key: string; readonly label: string }[]): Field<unknown> => ({
    label: `${label}${words}`, control: 'select', options, optional: false, parse: raw => good(options.some(option => option.key === textOf(raw)) ? textOf(raw) : options[0]?.key),
  });
  const end = (words: string): Field<unknown> => ({ label: `${label}${words}`, control: 'number', optional: true, parse: raw => readEnd(textOf(raw).normalize('NFKC'), `${label}${words}`, isShare) });
  return {
    path, members: all,
    fields: { [low]: sign('起点含不含', lows), [from]: end('起点'), [high]: sign('终点含不含', highs), [to]: end('终点') },
    show(held) {
      const own = isObject(held) ? held : {};
      const [lowKey, highKey] = [own['above'] === undefined ? 'atLeast' : 'above', own['atMost'] === undefined ? 'below' : 'atMost'];
      return { [low]: lowKey, [from]: shown(own[lowKey]), [high]: highKey, [to]: shown(own[highKey]) };
    },
    hold(values, held) {
      const kept = Object.fromEntries(Object.entries(isObject(held) ? held : {}).filter(([key]) => !(all as readonly string[]).includes(key)));
      return { ...kept, ...values[from] === undefined ? {} : { [String(values[low])]: values[from] }, ...values[to] === undefined ? {} : { [String(values[high])]: values[to] } };
    },
  };
}

const shown = (value: unknown): string => typeof value === 'number' || typeof value === 'string' ? String(value) : '';

function readEnd(typed: string, label: string, isShare: boolean) {
  const bare = typed.replace(/[,，\s]/g, '').replace(/^[−–]/, '-');
  if (bare === '') return good(undefined);
  if (/^-?\d{1,12}(\.\d{1,4})?$/.test(bare)) return good(Number(bare));
  return isShare && /^\d{1,9}(\/\d{1,9}|(\.\d{1,4})?%)$/.test(bare) ? good(bare) : bad('number', isShare ? `${label}要写成 2/3、70% 或 0.7。` : `${label}要填数。`);
}
