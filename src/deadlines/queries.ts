import type { Knex } from 'knex';
import type { Officer } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import { addDays, type Day } from '../kit/time.ts';
import type { Due, DueSource } from '../web/due.ts';
import { dueSources } from './sources.ts';
import type { Step } from './steps.ts';

export interface Reminder { readonly source: string; readonly about: string; readonly due: Day; readonly step: Step; readonly day: Day; readonly path: string }
const columns = ['source', 'about', 'due', 'step', 'day', 'path'] as const;

/** What was told of these things, in the order in which it was. */
export async function remindersOf(read: Knex, source: string, abouts: readonly string[]): Promise<readonly Reminder[]> {
  const found: Reminder[] = [];
  for (let at = 0; at < abouts.length; at += 500) found.push(...await read('reminders').where({ source }).whereIn('about', abouts.slice(at, at + 500)).orderBy('day').select<Reminder[]>(...columns));
  return found;
}

export interface Standing extends Due { readonly source: DueSource }
/** The board looks two months ahead. */
const daysAhead = 61;

/** What falls to an officer: at the very place of a post, not below it. */
export async function duesOf(read: Knex, actor: Officer, day: Day): Promise<readonly Standing[]> {
  const parts = await Promise.all(dueSources().map(async source => {
    const paths = reach(actor, source.power);
    if (paths.length === 0) return [];
    return (await source.list(read, { paths, day, until: addDays(day, daysAhead), officer: actor.id })).filter(one => paths.includes(one.path)).map(one => ({ ...one, source }));
  }));
  return parts.flat();
}

/** Whoever oversees a place hears of what stayed undone there; a level above that is not told as well. */
export async function duesRaised(read: Knex, actor: Officer, day: Day): Promise<readonly Standing[]> {
  const posts = reach(actor, 'report.read');
  if (posts.length === 0) return [];
  const raised: Reminder[] = await read('reminders').where('step', 'raised').whereIn('above', [...posts]).select(...columns);
  const bySource = Map.groupBy(raised, one => one.source);
  const parts = await Promise.all(dueSources().filter(source => bySource.has(source.name)).map(async source => {
    const told = bySource.get(source.name) ?? [];
    const open = await source.list(read, { paths: [...new Set(told.map(one => one.path))], day, until: addDays(day, -1) });
    return open.filter(one => told.some(reminder => reminder.about === one.about && reminder.due === one.due)).map(one => ({ ...one, source }));
  }));
  return parts.flat();
}

/** The place that oversees another: the next above it. */
export const aboveOf = (path: string): string => path.replace(/[^/]+\/$/, '');
