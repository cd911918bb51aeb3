import { may } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { placeNames, placeSubject } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import type { Visit } from '../web/visit.ts';
import { benchSubject, sittingSubject } from './bench.ts';
import { unmoved, wholeSitting, type Item, type Whole } from './load.ts';
import { outcomeWords } from './lines.ts';
import { isFinished, itemName } from './settle.ts';
import { kinds, states, votes, voteNames, type SittingStage, type State } from './sitting.ts';

/** Whoever may know what a committee does here; names of households only for those who look after them. */
export const mayLook = (visit: Visit, stage: SittingStage, place: Pick<Place, 'id' | 'path' | 'kind'>): boolean =>
  may(visit.actor, 'sitting.read', benchSubject(stage, place)) === true && (kinds[stage].step.of === 'title' || may(visit.actor, 'household.read', placeSubject(place)) === true);
export const mayAct = (visit: Visit, stage: SittingStage, place: Pick<Place, 'id' | 'path'>): boolean => may(visit.actor, kinds[stage].power, sittingSubject(stage, place)) === true;

/** The sitting an address names, for whoever may look at it. */
export async function sittingFor(visit: Visit): Promise<Whole> {
  const whole = await wholeSitting(visit.office.read, visit.params['id'] ?? '');
  if (!mayLook(visit, whole.sitting.stage, whole.place)) common.refuse('not-allowed', { why: '不在您的片区' });
  return whole;
}

export async function headOf(visit: Visit, { sitting, round, place }: Whole) {
  const name = (await placeNames(visit.office.read, [place.no])).get(place.no)?.full ?? place.name;
  return { name, says: kinds[sitting.stage].says, here: `/sittings/${sitting.id}`, crumbs: [{ label: '会议', href: '/sittings' }, { label: round.name, href: `/rounds/${round.id}` }, { label: name, href: docketHref(sitting.stage, round.id, place.id) }] };
}

/** Where what is decided stands: the docket of a village, or the page of a title. */
export const docketHref = (stage: SittingStage, round: string, place: string): string => { const { step } = kinds[stage]; return step.of === 'title' ? `/titles/${round}/${place}` : `/reviews/${round}/${place}/${step.stage}`; };

/** How a state looks in a list. */
export const stateMark = (state: State) => ({ words: states[state], kind: state === 'done' ? 'done' : state === 'dropped' ? '' : 'moving', icon: state === 'done' ? 'tick' : state === 'dropped' ? 'circle' : 'clock' });

/** One line of what is on the table. Before everybody has voted nobody sees how a secret ballot stands. */
export function itemLine({ sitting, seats }: Whole, item: Item) {
  const nameOf = (officer: string): string => seats.find(seat => seat.officer === officer)?.name ?? '';
  const isShown = sitting.ballot === 'open' ? item.votes.size > 0 : item.isVoted;
  const gone = item.cases.length - unmoved(item).length;
  return {
    no: item.no, what: itemName(item), head: item.no === 0 ? '' : item.cases[0]?.head_name ?? '', href: `/sittings/${sitting.id}/items/${item.no}`, aside: item.aside.map(nameOf), gone, isVoted: item.isVoted, isFinished: isFinished(item),
    votes: isShown ? voteNames.map(vote => `${votes[vote]} ${item.count[vote]}`).join('，') : '', outcome: item.isVoted ? outcomeWords(sitting.stage, item.outcome) : '', byChair: item.decision !== null, words: item.words, few: item.verdict === 'few',
  };
}
