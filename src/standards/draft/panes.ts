import { isObject, held, type Body, type Path } from './edit/path.ts';
import type { Pane } from './pane.ts';
import { made } from './panes/derive.ts';
import { example } from './panes/example.ts';
import { head } from './panes/head.ts';
import { ask, option, points, why } from './panes/indicator.ts';
import { factor, item, itemFactor } from './panes/item.ts';
import { categories, checks, grade, grades, legalBasis, localBases } from './panes/tables.ts';
import { publication } from './panes/publication.ts';
import { precondition, type, veto } from './panes/verdicts.ts';

/** Every page of the editor. A fault is mended on the deepest page that has its place. */
export const panes: readonly Pane[] = [itemFactor, item, factor, option, points, why, made, ask, grade, grades, categories, legalBasis, localBases, checks, publication, veto, precondition, type, example, head];

/** A page as it is asked for: which, and about what. */
export interface Opened { readonly pane: Pane; readonly address: string; readonly path: Path }

const positions = /^\d{1,4}$/;

/** The page with an address, if the draft has what it is about. */
export function openPane(body: Body, address: string): Opened | undefined {
  const steps = address.split('.');
  const pane = panes.find(each => { const wanted = each.address.split('.'); return wanted.length === steps.length && wanted.every((step, at) => step === '#' ? positions.test(steps[at] ?? '') : step === steps[at]); });
  if (pane === undefined) return undefined;
  const path = steps.slice(0, pane.depth).map(step => positions.test(step) ? Number(step) : step);
  return path.length > 0 && !isObject(held(body, path)) ? undefined : { pane, address, path };
}

/** The address of the page on which a place is mended. */
export function addressOf(at: Path): string {
  const found = panes.find(pane => {
    const wanted = pane.address.split('.').slice(0, pane.depth);
    const inside = wanted.every((step, n) => step === '#' ? typeof at[n] === 'number' : step === at[n]);
    return inside && (at.length === pane.depth || pane.members.includes(String(at[pane.depth])));
  });
  if (found === undefined) return listed.includes(String(at[0])) ? String(at[0]) : 'head';
  return found.address.split('.').map((step, n) => step === '#' ? String(at[n] ?? 0) : step).join('.');
}

/** Parts of a draft whose entries have pages of their own. */
const listed: readonly string[] = ['indicators', 'vetoes', 'preconditions', 'types', 'examples', 'legalBases'];
