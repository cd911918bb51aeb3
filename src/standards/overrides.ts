import type { Knex } from 'knex';
import { objectionsTo } from './lawful.ts';
import { loadStandard } from './load.ts';
import { standardEvents } from './queries.ts';
import type { Standard } from './standard.ts';
import { topics } from './topics.ts';

/** What a standard collects or scores that is left out as a rule, topic by topic. Standards never change, so they are searched once. */
const kept = new WeakMap<Standard, readonly string[]>();
function blockedIn(standard: Standard): readonly string[] {
  const known = kept.get(standard);
  if (known !== undefined) return known;
  const found = new Set(objectionsTo(standard).flatMap(one => one.topic === undefined ? [] : [one.topic]));
  const titles = topics.filter(topic => found.has(topic.key)).map(topic => topic.title);
  kept.set(standard, titles);
  return titles;
}

/**
 * Blocked topics that a county let stand on a written basis, in a sentence for each decision.
 * It stands on the standard and on every sheet made from it, so that whoever is rated by it can ask for the paper (domain 3.4).
 */
export async function overridesOf(read: Knex, hash: string): Promise<readonly string[]> {
  const bases = new Set((await standardEvents(read, hash)).filter(event => event.kind === 'adopted' && event.basis !== '').map(event => event.basis));
  if (bases.size === 0) return [];
  const blocked = blockedIn((await loadStandard(read, hash)).standard);
  return blocked.length === 0 ? [] : [...bases].map(basis => `评定标准里有涉及${blocked.join('、')}的内容，一般不采集，这次由县里凭书面依据列入：${basis}。`);
}
