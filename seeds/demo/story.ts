import type { Officer } from '../../src/access/actor.ts';
import type { Clock, Day, Instant } from '../../src/kit/time.ts';
import { addMinutes, dayOf, startOf } from '../../src/kit/time.ts';
import type { Office } from '../../src/office.ts';
import { asideOf, postsOn } from '../../src/people/sessions.ts';

/** The office with a clock of its own: acts of the past carry the days on which they would have happened. */
export interface Story {
  readonly office: Office;
  readonly day: () => Day;
  /** Goes on to nine in the morning of a day; never back. */
  readonly goTo: (day: Day) => void;
  /** Somebody of the cast by login, with the posts of the day. */
  readonly as: (login: string) => Promise<Officer>;
}

export function tell(office: Office, from: Day): Story {
  let at: Instant = addMinutes(startOf(from), 9 * 60);
  // Every look at the clock is a moment later, so that no two acts share one.
  const clock: Clock = { now: () => (at = new Date(Date.parse(at) + 7).toISOString()) };
  const past: Office = { ...office, clock };
  return {
    office: past,
    day: () => dayOf(at),
    goTo(day) { const morning = addMinutes(startOf(day), 9 * 60); if (morning > at) at = morning; },
    async as(login) {
      const row: { id: string; name: string } | undefined = await office.read('officers').where({ login }).first('id', 'name');
      if (row === undefined) throw new Error(`nobody signs in as ${login}`);
      return { kind: 'officer', id: row.id, name: row.name, posts: await postsOn(office.read, row.id, dayOf(at)), aside: await asideOf(office.read, row.id) };
    },
  };
}

interface Step { readonly day: Day; readonly order: number; readonly run: () => Promise<void> }

/** What is to happen and when, before `end`; a step may plan others, and the earliest comes first. */
export class Agenda {
  readonly #steps: Step[] = [];
  readonly #story: Story;
  readonly #end: Day;
  #order = 0;

  constructor(story: Story, end: Day) { this.#story = story; this.#end = end; }

  /** What would come on the last day or later is left for the people who try it out: a notice over a long holiday still hangs then. */
  on(day: Day, run: () => Promise<void>): void { if (day < this.#end) this.#steps.push({ day, order: this.#order++, run }); }

  async play(): Promise<void> {
    for (;;) {
      const next = this.#steps.toSorted((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : a.order - b.order)[0];
      if (next === undefined) return;
      this.#steps.splice(this.#steps.indexOf(next), 1);
      this.#story.goTo(next.day);
      await next.run();
    }
  }
}
