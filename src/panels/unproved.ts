import type { Knex } from 'knex';
import { pictureOf } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { isAsked, photosLacking } from '../observations/wanted.ts';
import type { Round } from '../rounds/round.ts';
import { dictionary, keptStates } from '../standards/dictionary.ts';
import type { Indicator, Standard } from '../standards/standard.ts';
import { common } from '../kit/refusals.ts';

type Asks = Pick<Standard, 'indicators'>;

/** Answers whose photo is still to be brought, by household: whether to believe them, the committee decides. Only households that answered such a question have their sheets read. */
export async function unprovedIn(read: Knex, { round, subjects }: { readonly round: Pick<Round, 'no' | 'household_standard'>; readonly subjects: readonly number[] }): Promise<ReadonlyMap<number, readonly string[]>> {
  const standard = await wantingPhotos(read, round.household_standard);
  if (standard.indicators.length === 0 || subjects.length === 0) return new Map();
  const words = await dictionary(read);
  const numbers = (indicators: readonly Indicator[]): readonly number[] => indicators.flatMap(indicator => words.indicators.get(indicator.key) ?? []);
  const rows: { subject: number }[] = await read('current_values').where({ round: round.no, state: keptStates.known }).whereIn('subject', subjects).whereIn('indicator', numbers(standard.indicators))
    .where(any => { void any.where('value', '<>', 0).orWhereIn('indicator', numbers(standard.indicators.filter(indicator => indicator.type === 'choice'))); }).distinct('subject');
  const sheets = await sheetsOf(read, round.no, rows.map(row => Number(row.subject)));
  return new Map([...sheets].map(([subject, own]) => [subject, photosLacking(standard, pictureOf(own)).map(indicator => indicator.title)]));
}

const kept = new Map<string, Asks>();   // A standard never changes under its hash.

async function wantingPhotos(read: Knex, hash: string): Promise<Asks> {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const row: { body: string } | undefined = await read('standards').where({ hash }).first('body');
  const { indicators } = JSON.parse((row ?? common.refuse('not-found')).body) as Asks;
  const made = { indicators: indicators.filter(indicator => indicator.evidence === true && isAsked(indicator)) };
  if (kept.size > 200) kept.clear();
  kept.set(hash, made);
  return made;
}
