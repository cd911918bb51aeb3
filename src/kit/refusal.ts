/** What a refusal's words may name: plain values only, never personal data (they reach logs). */
export type Details = Readonly<Record<string, string | number | undefined>>;

/** The next step; `apart` opens beside the page, so that what was typed there is not left behind. */
export interface WayOn { readonly label: string; readonly href: string; readonly apart?: boolean }

/** One entry of a catalogue: the HTTP status, the Chinese words, and the next step offered. */
export interface RefusalWords {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly say: (details: Details) => string;
  readonly wayOn?: (details: Details) => WayOn;
}

/** An expected "no". Anything else that is thrown is a bug and gets a reference number at the top. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly words: string;
  readonly wayOn: WayOn | undefined;
  readonly details: Details;

  constructor(code: string, entry: RefusalWords, details: Details = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.status = entry.status;
    this.words = entry.say(details);
    this.wayOn = entry.wayOn?.(details);
    this.details = details;
  }

  /** The form field the refusal is about, if the act named one: the page shows it there. */
  get field(): string | undefined {
    return typeof this.details['field'] === 'string' ? this.details['field'] : undefined;
  }
}

export interface Catalogue<Code extends string> {
  readonly entries: Readonly<Record<Code, RefusalWords>>;
  readonly refuse: (code: Code, details?: Details) => never;
  /** The refusal itself, for a unit that commits what it must remember before it says no. */
  readonly refusal: (code: Code, details?: Details) => Refusal;
}

/** Each area states its refusals once, in its `refusals.ts`; a law test checks that codes are unique and tested. */
export function catalogue<const E extends Record<string, RefusalWords>>(entries: E): Catalogue<keyof E & string> {
  const refusal = (code: keyof E & string, details?: Details): Refusal => {
    const entry = entries[code];
    if (entry === undefined) throw new Error(`unknown refusal ${code}`);
    return new Refusal(code, entry, details);
  };
  return { entries, refusal, refuse(code, details) { throw refusal(code, details); } };
}
