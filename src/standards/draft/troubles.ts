import { sha256 } from '../../store/trace.ts';
import { canonical, type Json } from '../../kit/canonical.ts';
import { checkStandard } from '../check.ts';
import { findingsOf } from '../examine.ts';
import type { Findings } from '../examine.ts';
import { blockedTopics } from '../lawful.ts';
import type { Standard } from '../standard.ts';
import { rows, type Body, type Path } from './edit/path.ts';
import { addressOf } from './panes.ts';
import { plain } from './words.ts';

/** Something in a draft that keeps it from being adopted, and the page on which it is mended. */
export interface Trouble { readonly kind: 'fault' | 'law' | 'topic' | 'example'; readonly at: Path; readonly address: string; readonly say: string; readonly remedy: string; readonly rule: string }

/** What the checks, the law and the examples say of a draft; the standard it makes, if it is whole. */
export interface Examined { readonly troubles: readonly Trouble[]; readonly standard?: Standard }

const kept = new Map<string, Examined>();
const mostKept = 8;

/** The same draft is examined once: its page, its panels and the effect ask one after another. */
export function examined(body: Body): Examined {
  const digest = sha256(canonical(body as Json));
  const known = kept.get(digest);
  if (known !== undefined) return known;
  const made = examine(body);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
  kept.set(digest, made);
  return made;
}

function examine(body: Body): Examined {
  const checked = checkStandard(body);
  const names = namesOf(body);
  const trouble = (kind: Trouble['kind'], { at, say, remedy, rule = '' }: { readonly at: Path; readonly say: string; readonly remedy: string; readonly rule?: string }): Trouble =>
    ({ kind, at, address: addressOf(at), say: kind === 'fault' ? plain(say, names) : say, remedy: plain(remedy, names), rule });
  if ('faults' in checked) return { troubles: [...checked.faults.map(fault => trouble('fault', fault)), ...blockedTopics(body).map(topic => trouble('topic', topic))] };
  const findings: Findings = findingsOf(checked.standard);
  return {
    standard: checked.standard,
    troubles: [
      ...findings.objections.map(one => trouble('law', one)), ...findings.topics.map(one => trouble('topic', one)),
      ...findings.mismatches.map(({ example, at, what, written, got }) => trouble('example', { at: ['examples', at, mismatchMember(what)], say: `例子“${example}”${nameOf(checked.standard, what)}：写的是 ${written}，算出来是 ${got}`, remedy: '改标准，或者改例子' })),
    ],
  };
}

/** What the draft calls by a name for programs, as people call it. */
function namesOf(body: Body): ReadonlyMap<string, string> {
  const named = ['categories', 'indicators', 'localBases', 'types', 'vetoes', 'preconditions'].flatMap(list => rows(body, [list]));
  return new Map([...named.map(row => [row['key'], row['title']]), ...rows(body, ['indicators']).flatMap(row => rows(row, ['options']).map(option => [option['key'], option['label']]))]
    .flatMap(([key, title]) => typeof key === 'string' && typeof title === 'string' && title !== '' ? [[key, title] as const] : []));
}

const own = ['total', 'grade', 'type', 'vetoes', 'unmet', 'most'];
const mismatchMember = (what: string): string => own.includes(what) ? what : 'points';
const nameOf = (standard: Standard, what: string): string => own.includes(what) ? plain(what) : `“${standard.indicators.find(each => each.key === what)?.title ?? what}”`;
