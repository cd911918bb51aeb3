import { reach } from '../access/may.ts';
import { termsNow } from '../calendar/terms.ts';
import { limits } from '../kit/limits.ts';
import { addDays, addMonths } from '../kit/time.ts';
import { caseAt, type At } from '../observations/case-at.ts';
import { observations } from '../observations/refusals.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { wordsOf } from './present.ts';
import { isUntold, tellingsOf, waitingBelow } from './queries.ts';
import { tellings } from './refusals.ts';
import { toldIn } from './telling.ts';

/** 告知书, one A4: what was written down, by which rule and law, what it takes, from when, and what the person can do. No number of anybody, nobody else's name. */
async function letterOf(visit: Visit, at: At, event: string) {
  const { read } = visit.office;
  const entry = at.world.picture.events.get(event)?.entry ?? observations.refuse('event-unknown');
  const done = await tellingsOf(read, event);
  if (!done.some(one => one.step === 'confirmed')) return tellings.refuse('telling-unconfirmed');
  const told = toldIn(done);
  const [names, office, terms] = [await placeNames(read, [at.loaded.row.village_no, at.loaded.row.group_no ?? 0]), await officeTitle(read), await termsNow(read)];
  const { item, ...words } = wordsOf(at, entry);
  return {
    ...words, village: names.get(at.loaded.row.village_no)?.full ?? '', group: names.get(at.loaded.row.group_no ?? -1)?.name ?? '', head: at.loaded.row.head_name, office, days: terms.answer,
    printed: visit.day, last: told === undefined || told.counts_from === null ? undefined : addDays(told.counts_from, -1), until: addMonths(entry.day, item.lifeMonths), curable: item.cured !== undefined || item.untilCured === true,
  };
}

async function showLetter(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const event = visit.params['event'] ?? '';
  return page('tellings/letters', { title: '减分事项告知书', paper: 'a4', back: { label: '回到这件事', href: `/tellings/${at.world.round.id}/${at.loaded.row.id}/${event}` }, letters: [await letterOf(visit, at, event)] });
}

/** All that wait to be handed over, one sheet each. */
async function showLetters(visit: Visit): Promise<Reply> {
  const waiting = (await waitingBelow(visit.office.read, reach(visit.actor, 'telling.give'), visit.day, limits.rowsPerPageMost)).filter(one => isUntold(one) && one.confirmed);
  const letters = [];
  for (const one of waiting) letters.push(await letterOf(visit, await caseAt({ ...visit, params: { round: one.roundId, household: one.household } }, 'observation.read'), one.event));
  return page('tellings/letters', { title: '减分事项告知书', paper: 'a4', back: { label: '回到减分的事', href: '/tellings' }, letters });
}

export const letterRoutes: readonly Route[] = [
  get('/tellings/letters', { power: 'telling.give', handle: showLetters }),
  get('/tellings/:round/:household/:event/letter', { power: 'observation.read', handle: showLetter }),
];
