import { may, reach } from '../access/may.ts';
import { within } from '../access/subject.ts';
import { choice } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeById, placeByNo, placeColumns, placeNames, placesBelow, placeSubject } from '../places/queries.ts';
import { roundsOver, type Round } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import type { Visit } from '../web/visit.ts';
import type { Asked } from './report.ts';

/** Rounds around the places a person draws up reports for, newest first. */
export async function roundsSeen({ office, actor }: Visit): Promise<readonly Round[]> {
  const paths = reach(actor, 'report.read');
  return (await roundsOver(office.read, '/')).filter(round => paths.some(path => within(path, round.path) || within(round.path, path)));
}

const whole = 'all';

export interface Chosen { readonly asked: Asked; readonly place: string; readonly form: ReturnType<typeof formModel>; readonly query: string }

/** The round and the places a report is asked for: those of the address, else the round under way and all that the post reaches. Undefined when there is no round. */
export async function chosenFor(visit: Visit): Promise<Chosen | undefined> {
  const { jobs: read } = visit.office;
  const rounds = await roundsSeen(visit);
  const named = visit.query['round'] ?? '';
  const round = named === '' ? rounds.find(one => one.closed_on === null) ?? rounds[0] : rounds.find(one => one.id === named) ?? (await exists(visit, named) ? common.refuse('not-allowed', { why: '不在您的片区' }) : common.refuse('not-found'));
  if (round === undefined) return undefined;
  const paths = reach(visit.actor, 'report.read');
  const villages = (await placesBelow(read, round.path, 'village')).filter(village => paths.some(path => within(village.path, path)));
  const options = await optionsOf(visit, villages);
  const wanted = visit.query['place'] === whole ? '' : visit.query['place'] ?? '';
  const place = wanted === '' ? undefined : options.find(one => one.id === wanted) ?? await elsewhere(visit, wanted);
  const chosen = place === undefined ? villages : villages.filter(village => within(village.path, place.path));
  const names = await placeNames(read, options.map(one => one.no));
  const fields = form({
    round: choice('评定批次', rounds.map(one => ({ key: one.id, label: one.name })), { select: true }),
    place: choice('范围', [{ key: whole, label: villages.length === 1 ? '全村' : '全部' }, ...options.map(one => ({ key: one.id, label: one.kind === 'township' ? one.name : names.get(one.no)?.full ?? one.name }))], { select: true }),
  });
  return {
    asked: { read, round, villages: chosen, day: visit.day, sees: village => may(visit.actor, 'household.read', placeSubject(village)) === true },
    place: place === undefined ? await widest(visit, round, villages) : names.get(place.no)?.full ?? place.name,
    form: formModel(fields, { raw: { round: round.id, place: place?.id ?? whole } }),
    query: new URLSearchParams({ round: round.id, ...place === undefined ? {} : { place: place.id } }).toString(),
  };
}

/** Townships when there are several, then villages. */
async function optionsOf({ office }: Visit, villages: readonly Place[]): Promise<readonly Place[]> {
  if (villages.length < 2) return villages;
  const nos = [...new Set(villages.map(village => ancestorNo(village.path, 'township')))].filter(no => no !== undefined);
  const townships: Place[] = nos.length < 2 ? [] : await office.read('places').whereIn('no', nos).orderBy('sort').orderBy('no').select<Place[]>(...placeColumns);
  return [...townships, ...villages];
}

async function widest({ office }: Visit, round: Round, villages: readonly Place[]): Promise<string> {
  const [only] = villages;
  if (only !== undefined && villages.length === 1) return (await placeNames(office.read, [only.no])).get(only.no)?.full ?? only.name;
  return (await placeByNo(office.read, round.place_no)).name;
}

const exists = async ({ office }: Visit, id: string): Promise<boolean> => await office.read('rounds').where({ id }).first('no') !== undefined;

async function elsewhere({ office }: Visit, id: string): Promise<never> {
  await placeById(office.read, id);
  return common.refuse('not-allowed', { why: '不在您的片区，或不在这个批次里' });
}
