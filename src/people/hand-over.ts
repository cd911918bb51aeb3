import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { fault } from '../kit/faults.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { recordPassing, requirePassing } from './leave.ts';
import { clash, overlaps } from './officer.ts';
import { isOpen, officerById, postsOf } from './queries.ts';
import { people } from './refusals.ts';
import { forgetSessions } from './sessions.ts';

export interface HandOver { readonly from: string; readonly to: string; readonly day: Day; readonly reason: string; /** Ids of the posts; left out: all. */ readonly posts?: readonly string[] }

/**
 * Passes posts from one officer to another in one act. What a grid worker has begun (drafts, tasks, visits) hangs on the grid,
 * so it is the other's from that day on; what was written keeps its author. Answers how many posts passed.
 */
export async function handOver(office: Office, actor: Actor, given: HandOver): Promise<number> {
  const count = await inUnit(office, actor, ['officers', `officer:${given.from}`, `officer:${given.to}`], async unit => {
    const [from, to] = [await officerById(unit.read, given.from), await officerById(unit.read, given.to)];
    const passing = (await postsOf(unit.read, [from.id])).filter(post => isOpen(post, given.day) && (given.posts === undefined || given.posts.includes(post.id)));
    requirePassing(unit, from.id, passing);
    if (from.id === to.id) people.refuse('stand-in-self', { field: 'to' });
    if (to.closed_on !== null) people.refuse('officer-closed');
    if (given.day < unit.day) fault('day', 'early', '只能从今天或以后交接，过去的事还记在原来的人名下。');
    const own = await postsOf(unit.read, [to.id]);
    const fresh = passing.map(post => ({ id: newId(), role: post.role, place_no: post.place_no, since: post.since > given.day ? post.since : given.day, until: post.until }))
      .filter(post => !own.some(other => other.role === post.role && other.place_no === post.place_no && overlaps(post, other)));
    const found = clash([...own, ...fresh]);
    if (found !== undefined) people.refuse('incompatible-posts', { ...found, field: 'to' });
    if (fresh.some(post => post.role === 'coopOfficer') && to.bank !== from.bank) people.refuse('bank-missing', { field: 'to' });
    unit.change('posts', passing.map(post => ({ id: post.id, until: post.since > given.day ? post.since : given.day, ended_reason: given.reason })));
    unit.insert('posts', fresh.map(post => ({ id: post.id, officer: to.id, role: post.role, place_no: post.place_no, since: post.since, until: post.until, at: unit.at, by: actorId(actor) })));
    recordPassing(unit, 'officer.handed-over', from.id, passing);
    return passing.length;
  });
  forgetSessions(office);
  return count;
}
