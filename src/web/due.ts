import type { Knex } from 'knex';
import type { Power } from '../access/rules.ts';
import type { Day } from '../kit/time.ts';

/** Something that has a due day. Only its number, its place and its day are remembered when somebody is reminded of it; the words are made anew each time. */
export interface Due {
  /** Names it within its source; with another due day it is another thing to be reminded of. */
  readonly about: string;
  readonly due: Day;
  /** Path of the place whose officers it falls to. */
  readonly path: string;
  readonly title: string;
  readonly href: string;
}

export interface Asked { readonly paths: readonly string[]; readonly day: Day; /** Last day that is asked for. */ readonly until: Day; /** Who asks, where it falls to some of a place and not to others; the clock asks for all. */ readonly officer?: string }

/** A kind of due day that an area knows: an area lists what is open, the board and the clock do the rest. */
export interface DueSource {
  readonly name: string;
  /** What whoever oversees the place is told, who may not open the thing itself. */
  readonly says: string;
  readonly icon: string;
  /** Whoever holds it at the very place does the thing. */
  readonly power: Power;
  /** The clock does it on its day: it is shown, and nobody is reminded. */
  readonly byItself?: true;
  /** What is open at these places or below and due up to a day. */
  readonly list: (read: Knex, asked: Asked) => Promise<readonly Due[]>;
}
