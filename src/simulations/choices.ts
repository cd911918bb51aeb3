import type { Knex } from 'knex';
import { may, reach } from '../access/may.ts';
import { within } from '../access/subject.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeColumns, placeSubject } from '../places/queries.ts';
import { roundsOver, type Round } from '../rounds/round.ts';
import { standardEvents, standardRows, useOf, useWords, type StandardRow } from '../standards/queries.ts';
import { isOfRounds } from '../standards/standard.ts';
import { subjectWords } from '../standards/words.ts';
import type { Visit } from '../web/visit.ts';
import { tryForm } from './form.ts';

const fewVillages = 300;   // More make a list nobody reads: a village is then looked at inside its township.

/** What this person may try: standards of the counties above, rounds around, and places below. */
export async function choices(visit: Visit): Promise<{ readonly rounds: readonly Round[]; readonly places: readonly Place[]; readonly standards: readonly StandardRow[]; readonly form: ReturnType<typeof tryForm> }> {
  const { office: { read }, actor, day } = visit;
  const paths = reach(actor, 'simulation.run');
  const all: Place[] = await read('places').whereIn('kind', ['county', 'township', 'village']).whereNull('until').where({ hidden: 0 }).orderBy('sort').orderBy('no').select(...placeColumns);
  const reached = all.filter(place => paths.some(path => within(place.path, path)));
  const rounds = (await roundsOver(read, '/')).filter(round => paths.some(path => within(path, round.path) || within(round.path, path)));
  const inRounds = reached.filter(place => rounds.some(round => within(place.path, round.path)));
  const [larger, villages] = [inRounds.filter(place => place.kind !== 'village'), inRounds.filter(place => place.kind === 'village')];
  const places = [...larger, ...villages.length > fewVillages ? [] : villages].filter(place => may(actor, 'simulation.run', placeSubject(place)) === true);
  const counties = new Set(reached.map(place => ancestorNo(place.path, 'county')));
  const [rows, events] = await Promise.all([standardRows(read), standardEvents(read)]);
  const standards = rows.filter(row => isOfRounds(row.kind) && counties.has(row.county_no));
  const names = new Map(all.map(place => [place.no, place.name]));
  const options = {
    rounds: rounds.map(round => ({ key: round.id, label: `${names.get(round.place_no) ?? ''} ${round.name}`.trim() })),
    places: places.map(place => ({ key: place.id, label: place.kind === 'village' ? `${names.get(ancestorNo(place.path, 'township') ?? 0) ?? ''} ${place.name}`.trim() : place.name })),
    standards: standards.map(row => ({ key: row.hash, label: `${row.title} ${row.year} 年第 ${row.version} 版（${subjectWords[row.kind]}，${useWords[useOf(events, { standard: row.hash, county: row.county_no, day })]}）` })),
  };
  return { rounds, places, standards, form: tryForm(options.rounds, options.places, options.standards) };
}

/** Rounds that were rated at least once, by number: only these can be compared with anything. */
export async function ratedRounds(read: Knex): Promise<ReadonlySet<number>> {
  const rows: { round: number }[] = await read('rating_runs').distinct('round');
  return new Set(rows.map(row => Number(row.round)));
}

/** The round that a draft is looked at in where nobody chose one: one that goes on, else the newest, of those that were rated. */
export function usualRound(rounds: readonly Round[], rated: ReadonlySet<number>): Round | undefined {
  const known = rounds.filter(round => rated.has(round.no));
  return known.find(round => round.closed_on === null) ?? known[0] ?? rounds[0];
}
