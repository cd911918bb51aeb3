import type { Knex } from 'knex';
import { sha256 } from '../../store/trace.ts';
import { canonical, type Json } from '../../kit/canonical.ts';
import { checkStandard } from '../check.ts';
import { findingsOf } from '../examine.ts';
import type { Findings } from '../examine.ts';
import { lawRegister } from '../law/register.ts';
import { blockedTopics, tiesTo } from '../lawful.ts';
import type { Standard } from '../standard.ts';
import { rows, type Body, type Path } from './edit/path.ts';
import { addressOf } from './panes.ts';
import { memberWord, plain } from './words.ts';

/** Something in a draft that keeps it from being adopted, and the page on which it is mended. */
export interface Trouble { readonly kind: 'fault' | 'law' | 'topic' | 'example'; readonly at: Path; readonly address: string; readonly say: string; readonly remedy: string; readonly rule: string; /** What has not been filled in at all, in a word: several on one page are told in one sentence. */ readonly lacks?: string }

/** A topic that is let stand in writing at the adoption keeps no draft from being finished; everything else does. */
export const toMend = (troubles: readonly Trouble[]): readonly Trouble[] => troubles.filter(({ kind }) => kind !== 'topic');

/** What the checks, the law and the examples say of a draft; the standard it makes, if it is whole. */
export interface Examined { readonly troubles: readonly Trouble[]; readonly standard?: Standard }

/** With what the register of law says: an id that means another rule there keeps a standard from being adopted. */
export async function findingsOn(read: Knex, body: Body): Promise<Examined> {
  const found = examined(body);
  const own = rows(body, ['legalBases']).map(row => ({ id: String(row['id']), law: String(row['law']), article: String(row['article']), level: row['level'] }));
  const register = await lawRegister(read, own.map(each => each.id));
  const apart = own.flatMap(({ id, law, article, level }, at) => {
    const last = register.get(id)?.at(-1);
    return last === undefined || register.get(id)?.some(one => one.law === law && one.article === article && one.level === level) === true ? [] : [{ at, last, id }];
  });
  const differing = apart.map(({ at, last, id }): Trouble => ({ kind: 'law', at: ['legalBases', at, 'law'], address: `legalBases.${at}`, say: `编号 ${id} 登记的是《${last.law}》${last.article}，和这里写的不是同一条`, remedy: '照登记改，或者换一个编号；登记错了的，先去更正登记', rule: '' }));
  return differing.length === 0 ? found : { ...found, troubles: [...found.troubles, ...differing] };
}

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
  const trouble = (kind: Trouble['kind'], { at, say, remedy, rule = '' }: { readonly at: Path; readonly say: string; readonly remedy: string; readonly rule?: string }): Trouble => {
    const lacks = kind === 'fault' && lacking.test(say) ? memberWord(at.findLast(step => typeof step === 'string')) : '';
    if (lacks !== '') return { kind, at, address: addressOf(at), say: `“${lacks}”还没填`, remedy: '', rule, lacks };
    return { kind, at, address: addressOf(at), say: kind === 'fault' ? plain(say, names) : say, remedy: say.startsWith('少了') ? '' : plain(remedy, names), rule };
  };
  if ('faults' in checked) return { troubles: [...onceEach(checked.faults.map(fault => trouble('fault', fault))), ...tiesTo(body).map(one => trouble('law', one)), ...blockedTopics(body).map(topic => trouble('topic', topic))] };
  const findings: Findings = findingsOf(checked.standard);
  return {
    standard: checked.standard,
    troubles: [
      ...findings.objections.map(one => trouble('law', one)), ...findings.topics.map(one => trouble('topic', one)),
      ...findings.mismatches.map(({ example, at, what, written, got }) => trouble('example', { at: ['examples', at, mismatchMember(what)], say: `例子“${example}”${nameOf(checked.standard, what)}：写的是 ${written}，算出来是 ${got}`, remedy: '改标准，或者改例子' })),
    ],
  };
}

const lacking = /^少了(“[^”]+”|这一部分)$|^至少要有 \d+ 条$/;

/** What is not there at all needs no second fault at its place. */
function onceEach(troubles: readonly Trouble[]): readonly Trouble[] {
  const lacked = new Map(troubles.flatMap(each => each.lacks === undefined ? [] : [[each.at.join('.'), each] as const]));
  return troubles.filter(each => { const first = lacked.get(each.at.join('.')); return first === undefined || first === each; });
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
