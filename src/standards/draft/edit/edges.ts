import { held, put, rows, type Body, type Path } from './path.ts';

/** An end of a stretch: which of the four words it is written with, and the number. */
interface End { readonly sign: string; readonly at: unknown }
const lows = ['atLeast', 'above'] as const;
const highs = ['below', 'atMost'] as const;
/** What begins where the other ends: from 80 on, and below 80. */
const facing: Readonly<Record<string, string>> = { atLeast: 'below', above: 'atMost', below: 'atLeast', atMost: 'above' };

const endOf = (row: Body | undefined, signs: readonly string[]): End | undefined => signs.flatMap(sign => row?.[sign] === undefined ? [] : [{ sign, at: row[sign] }])[0];
const isSame = (one: End | undefined, other: End | undefined): boolean => one?.sign === other?.sign && one?.at === other?.at;
const meets = (one: End | undefined, other: End | undefined): boolean => one !== undefined && other !== undefined && facing[one.sign] === other.sign && one.at === other.at;

/** Stretches that met still meet when one side of the edge is moved: whoever lowers a grade's least points moves the next grade's most along. Both sides typed anew stay as they are typed. */
export function joined(before: Body, after: Body, path: Path): Body {
  const [was, is] = [rows(before, path), rows(after, path)];
  if (is.length < was.length) return after;
  return was.slice(1).reduce((so, _, n) => [[n, n + 1], [n + 1, n]].reduce((made, [low = 0, high = 0]) => moved(made, path, { was, is, low, high }), so), after);
}

/** The edge between the lower end of one row and the upper end of another. */
function moved(body: Body, path: Path, { was, is, low, high }: { readonly was: readonly Body[]; readonly is: readonly Body[]; readonly low: number; readonly high: number }): Body {
  const [lowWas, highWas, lowIs, highIs] = [endOf(was[low], lows), endOf(was[high], highs), endOf(is[low], lows), endOf(is[high], highs)];
  if (!meets(lowWas, highWas) || isSame(lowWas, lowIs) === isSame(highWas, highIs)) return body;
  return isSame(lowWas, lowIs) ? turned(body, [...path, low], lowIs, highIs) : turned(body, [...path, high], highIs, lowIs);
}

/** One end written so that it faces the other; an end that was emptied takes nothing along. */
function turned(body: Body, at: Path, old: End | undefined, other: End | undefined): Body {
  if (old === undefined || other === undefined) return body;
  const { [old.sign]: _gone, ...kept } = held(body, at) as Body;
  return put(body, at, { ...kept, [facing[other.sign] ?? '']: other.at });
}
