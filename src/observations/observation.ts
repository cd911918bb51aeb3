import type { WrittenFact } from '../standards/standard.ts';
import type { Span } from './span.ts';

/** A thing done on a day, as a sheet tells it. `amount` counts in the item's unit (hours); items without a unit have none. */
export interface EventEntry {
  readonly id: string;
  readonly indicator: string;
  readonly option: string;
  readonly day: string;
  readonly amount?: number;
  /** Member id of who did it. */
  readonly member?: string;
  readonly note: string;
  readonly evidence?: readonly string[];
  /** Whether it was an award to a group that does not name this household; told only where the item counts for whom it names. */
  readonly shared?: boolean;
  /** How it was put right, where that was before this round and came along with it. */
  readonly cured?: Cure;
  /** Between which days it counts; told only of what takes points. */
  readonly span?: Span;
}

/** How something that took points was put right, from which day on. */
export interface Cure { readonly on: string; readonly note: string; readonly evidence?: readonly string[] }

/** What one save says: only what it changes, in the standard's own words. Append-only: a correction is another sheet. */
export interface SheetBody {
  /** `{ missing: 'notAsked' }` takes a value back. */
  readonly values: Readonly<Record<string, WrittenFact>>;
  readonly events: readonly EventEntry[];
  readonly voided: readonly { readonly id: string; readonly why: string }[];
  /** Events that a later sheet had voided and this one lets stand again. */
  readonly restored: readonly string[];
  /** Events that were put right, and such as were said to be and are not. */
  readonly cured: readonly (Cure & { readonly id: string })[];
  readonly uncured: readonly string[];
  /** Since the person was told, or it was repaired: between which days an event counts. */
  readonly spans: readonly (Span & { readonly id: string })[];
  /** Photos by indicator. */
  readonly evidence: Readonly<Record<string, readonly string[]>>;
  /** Photos that no longer stand: taken by mistake, or with a save that was taken back. Their files stay. */
  readonly removed: readonly string[];
  /** Contested indicators that this sheet decides. */
  readonly settles: readonly string[];
  /** Indicators that are contested again, because what had decided them was taken back: the sheets that say one thing and the other. */
  readonly contests: Readonly<Record<string, { readonly theirs: number; readonly ours: number }>>;
}
export const emptyBody: SheetBody = { values: {}, events: [], voided: [], restored: [], cured: [], uncured: [], spans: [], evidence: {}, removed: [], settles: [], contests: {} };

/** `base` is the number of the last sheet its author had seen; `by` who wrote it. */
export interface Sheet extends SheetBody { readonly seq: number; readonly base: number; readonly by: string; readonly source: string; readonly at: string }

/** One value that somebody gave: sheet number and author. */
export interface Stand { readonly fact: WrittenFact; readonly seq: number; readonly by: string }
/** Where one field stands: a value that counts, or two that nobody has decided between; then neither counts. */
export type FieldState = { readonly kind: 'current'; readonly stand: Stand } | { readonly kind: 'contested'; readonly theirs: Stand; readonly ours: Stand };
export interface EventState { readonly entry: EventEntry; readonly seq: number; readonly voided?: { readonly seq: number; readonly why: string }; readonly cured?: Cure & { readonly seq: number } }
/** What all sheets of a subject in a round come to. */
export interface Picture { readonly fields: ReadonlyMap<string, FieldState>; readonly events: ReadonlyMap<string, EventState>; /** By indicator, those that stand. */ readonly photos: ReadonlyMap<string, readonly string[]> }

export type Succession = 'current' | 'repeated' | 'contested';

/**
 * How a value that comes in meets the one that stands. Two people who looked at the same household and say different things
 * are both kept; somebody who had seen the other's value, or corrects their own, simply follows.
 */
export function succeed(latest: Stand | undefined, incoming: Stand & { readonly base: number }): Succession {
  if (latest === undefined) return 'current';
  if (sameFact(latest.fact, incoming.fact)) return 'repeated';
  return latest.seq <= incoming.base || latest.by === incoming.by ? 'current' : 'contested';
}

export function pictureOf(sheets: readonly Sheet[]): Picture {
  const fields = new Map<string, FieldState>();
  const events = new Map<string, EventState>();
  const photos = new Map<string, readonly string[]>();
  for (const sheet of sheets) {
    for (const [key, fact] of Object.entries(sheet.values)) tell(fields, key, { fact, seq: sheet.seq, by: sheet.by }, sheet);
    for (const [key, { theirs, ours }] of Object.entries(sheet.contests)) {
      const [one, other] = [standOf(sheets, key, theirs), standOf(sheets, key, ours)];
      if (one !== undefined && other !== undefined) fields.set(key, { kind: 'contested', theirs: one, ours: other });
    }
    for (const { cured, ...entry } of sheet.events) if (!events.has(entry.id)) events.set(entry.id, { entry, seq: sheet.seq, ...cured === undefined ? {} : { cured: { ...cured, seq: sheet.seq } } });
    for (const { id, why } of sheet.voided) {
      const event = events.get(id);
      if (event !== undefined && event.voided === undefined) events.set(id, { ...event, voided: { seq: sheet.seq, why } });
    }
    for (const id of sheet.restored) {
      const event = events.get(id);
      if (event !== undefined) { const { voided: _, ...standing } = event; events.set(id, standing); }
    }
    for (const { id, ...cure } of sheet.cured) {
      const event = events.get(id);
      if (event !== undefined) events.set(id, { ...event, cured: { ...cure, seq: sheet.seq } });
    }
    for (const id of sheet.uncured) {
      const event = events.get(id);
      if (event !== undefined) { const { cured: _, ...open } = event; events.set(id, open); }
    }
    for (const { id, ...span } of sheet.spans) {
      const event = events.get(id);
      if (event !== undefined) events.set(id, { ...event, entry: { ...event.entry, span } });
    }
    for (const [key, ids] of Object.entries(sheet.evidence)) photos.set(key, [...photos.get(key) ?? [], ...ids]);
    if (sheet.removed.length > 0) for (const [key, ids] of photos) photos.set(key, ids.filter(id => !sheet.removed.includes(id)));
  }
  return { fields, events, photos };
}

function tell(fields: Map<string, FieldState>, key: string, stand: Stand, sheet: Sheet): void {
  const before = fields.get(key);
  const settled = sheet.settles.includes(key);
  if (before?.kind === 'contested' && !settled) {
    const side = stand.by === before.theirs.by && stand.by !== before.ours.by ? { theirs: stand, ours: before.ours } : { theirs: before.theirs, ours: stand };
    // Both say the same now: nothing is left to decide.
    if (sameFact(side.theirs.fact, side.ours.fact)) give(fields, key, stand); else fields.set(key, { kind: 'contested', ...side });
    return;
  }
  const latest = before?.kind === 'current' ? before.stand : undefined;
  const succession = settled ? 'current' : succeed(latest, { ...stand, base: sheet.base });
  if (succession === 'current') give(fields, key, stand);
  if (succession === 'contested' && latest !== undefined) fields.set(key, { kind: 'contested', theirs: latest, ours: stand });
}

function standOf(sheets: readonly Sheet[], key: string, seq: number): Stand | undefined {
  const sheet = sheets.find(one => one.seq === seq);
  const fact = sheet?.values[key];
  return sheet === undefined || fact === undefined ? undefined : { fact, seq, by: sheet.by };
}

/** A value taken back leaves the field as if nobody had been asked. */
function give(fields: Map<string, FieldState>, key: string, stand: Stand): void {
  if (isNotAsked(stand.fact)) fields.delete(key); else fields.set(key, { kind: 'current', stand });
}

/** The values that count. */
export const factsIn = (picture: Picture): Readonly<Record<string, WrittenFact>> =>
  Object.fromEntries([...picture.fields].flatMap(([key, field]) => field.kind === 'current' ? [[key, field.stand.fact] as const] : []));

/** An event with what came of it since. */
export function toldNow({ entry, cured }: EventState): EventEntry {
  if (cured === undefined) return entry;
  const { seq: _, ...cure } = cured;
  return { ...entry, cured: cure };
}
/** Whether two states of an event count alike: voided or not, put right on the same day or not at all, between the same days. */
export const isSameEvent = (one: EventState | undefined, other: EventState): boolean =>
  one !== undefined && (one.voided === undefined) === (other.voided === undefined) && one.cured?.on === other.cured?.on && one.entry.span?.from === other.entry.span?.from && one.entry.span?.until === other.entry.span?.until;
export const eventsIn = (picture: Picture): readonly EventEntry[] => [...picture.events.values()].filter(event => event.voided === undefined).map(toldNow);
export const contestedIn = (picture: Picture): readonly string[] => [...picture.fields].filter(([, field]) => field.kind === 'contested').map(([key]) => key);

/** What takes sheets back: their fields as they would stand without them, undecided where they were, their events voided and photos removed, what they voided, removed or told of a cure standing as before. */
export function undoing(sheets: readonly Sheet[], seqs: readonly number[], why: string): SheetBody {
  const taken = sheets.filter(sheet => seqs.includes(sheet.seq));
  const before = pictureOf(sheets.filter(sheet => !seqs.includes(sheet.seq)));
  const now = pictureOf(sheets);
  const keys = [...new Set(taken.flatMap(sheet => [...Object.keys(sheet.values), ...Object.keys(sheet.contests)]))];
  const values: Record<string, WrittenFact> = {};
  const contests: Record<string, SheetBody['contests'][string]> = {};
  for (const key of keys) {
    const field = before.fields.get(key);
    if (field?.kind === 'contested') contests[key] = { theirs: field.theirs.seq, ours: field.ours.seq };
    else values[key] = field === undefined ? notAsked : field.stand.fact;
  }
  const curesTold = [...new Set(taken.flatMap(sheet => [...sheet.cured.map(cure => cure.id), ...sheet.uncured]))];
  const missed = [...before.photos].map(([key, ids]) => [key, ids.filter(id => now.photos.get(key)?.includes(id) !== true)] as const).filter(([, ids]) => ids.length > 0);
  return {
    ...emptyBody, values, contests, settles: Object.keys(values).filter(key => now.fields.get(key)?.kind === 'contested'), evidence: Object.fromEntries(missed), removed: taken.flatMap(sheet => Object.values(sheet.evidence).flat()),
    voided: taken.flatMap(sheet => sheet.events.map(event => ({ id: event.id, why }))),
    restored: taken.flatMap(sheet => sheet.voided.map(event => event.id)),
    cured: curesTold.flatMap(id => { const event = before.events.get(id); const cure = event === undefined ? undefined : toldNow(event).cured; return cure === undefined ? [] : [{ id, ...cure }]; }),
    uncured: curesTold.filter(id => before.events.get(id)?.cured === undefined),
  };
}

/** Whether somebody wrote to the same fields or events after these sheets: then taking them back would take back more. */
export function isBuiltUpon(sheets: readonly Sheet[], seqs: readonly number[]): boolean {
  const taken = sheets.filter(sheet => seqs.includes(sheet.seq));
  const last = Math.max(...seqs);
  const keys = new Set(taken.flatMap(sheet => [...Object.keys(sheet.values), ...Object.keys(sheet.contests), ...sheet.events.map(event => event.id), ...sheet.voided.map(event => event.id), ...sheet.cured.map(cure => cure.id), ...sheet.uncured, ...sheet.spans.map(span => span.id)]));
  return sheets.some(sheet => sheet.seq > last && [...Object.keys(sheet.values), ...Object.keys(sheet.contests), ...sheet.voided.map(event => event.id), ...sheet.restored, ...sheet.cured.map(cure => cure.id), ...sheet.uncured, ...sheet.spans.map(span => span.id)].some(key => keys.has(key)));
}

export const notAsked = { missing: 'notAsked' } as const satisfies WrittenFact;
export const isNotAsked = (fact: WrittenFact): boolean => typeof fact === 'object' && fact.missing === 'notAsked';
export const sameFact = (one: WrittenFact | undefined, other: WrittenFact | undefined): boolean =>
  one === other || (typeof one === 'object' && typeof other === 'object' && one.missing === other.missing);
