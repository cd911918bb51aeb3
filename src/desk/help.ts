import type { Role } from '../access/actor.ts';
import { collectingHelp } from './help-collecting.ts';
import { fairHelp } from './help-fair.ts';
import { officeHelp } from './help-office.ts';

/** One task page of the help: what it is about, what to do in order, what to know. */
export interface Article {
  readonly anchor: string;
  readonly title: string;
  /** Posts that do this; nobody named means everybody. */
  readonly roles: readonly Role[];
  readonly intro: string;
  readonly steps: readonly string[];
  readonly note: string;
}

export const articles: readonly Article[] = [...collectingHelp, ...fairHelp, ...officeHelp];

/** Which article explains a page: the longest beginning of its path that is listed. */
const pages: Readonly<Record<string, string>> = {
  '/today': 'today', '/missed': 'today', '/households': 'household', '/consents': 'consent', '/recusals': 'recusal', '/observations': 'collect', '/events': 'event', '/contests': 'contest', '/statements': 'telling', '/tellings': 'telling', '/pledges': 'pledge', '/repairs': 'repair', '/lookbacks': 'repair', '/rights': 'rights', '/fairness': 'fairness', '/checks': 'fairness', '/draws': 'fairness', '/ratings': 'rate', '/reviews': 'review', '/sittings': 'sitting', '/notices': 'notice',
  '/objections': 'objection', '/titles': 'titles', '/rolls': 'roll', '/certificates': 'roll', '/rounds': 'round', '/simulations': 'simulation', '/standards': 'standard', '/drafts': 'draft', '/bases': 'standard', '/law': 'standard', '/law.csv': 'standard', '/recomputations': 'standard', '/imports': 'exchange', '/exports': 'exchange', '/reports': 'reports',
  '/peers': 'peer', '/tablets': 'tablet', '/awards': 'award', '/plaques': 'award', '/due': 'deadline', '/officers': 'officers', '/banks': 'officers', '/settings': 'places', '/places': 'places', '/calendar': 'calendar', '/ledger': 'ledger', '/coop': 'coop', '/me': 'account',
};

/** Where the help link of a page leads; a page about nothing in particular leads to the top. */
export function helpHref(path: string): string {
  if (/^\/households\/[^/]+\/consent/.test(path)) return '/help#consent';
  if (/^\/households\/[^/]+\/pledge/.test(path)) return '/help#pledge';
  if (/^\/households\/[^/]+\/repairs/.test(path)) return '/help#repair';
  if (/^\/households\/[^/]+\/rights/.test(path)) return '/help#rights';
  if (/^\/rounds\/[^/]+\/items/.test(path)) return '/help#own-items';
  if (/^\/officers\/[^/]+\/(leave|hand-over|leaves)/.test(path)) return '/help#leave';
  const found = Object.keys(pages).find(start => path === start || path.startsWith(`${start}/`));
  return found === undefined ? '/help' : `/help#${pages[found] ?? ''}`;
}

/** Articles of some posts first, then the others; both in the order of the work. */
export function articlesFor(roles: readonly Role[]): { readonly own: readonly Article[]; readonly others: readonly Article[] } {
  const isOwn = (article: Article): boolean => article.roles.length === 0 || article.roles.some(role => roles.includes(role));
  return { own: articles.filter(isOwn), others: articles.filter(article => !isOwn(article)) };
}
