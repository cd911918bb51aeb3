import { crumbsOf, householdFor, titleOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { choice, day } from '../kit/fields.ts';
import { form, typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { addDays, weekday, type Day } from '../kit/time.ts';
import { currentRound, type Round } from '../rounds/round.ts';
import { rounds } from '../rounds/refusals.ts';
import { formModel } from '../web/form-model.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { missVisit } from './miss.ts';
import { missedAt } from './missed.ts';
import { undoMiss } from './undo-miss.ts';

/** Days on which somebody usually goes again: tomorrow, the day after, the coming Saturday, in a week. */
function nextDays(today: Day): readonly { readonly key: string; readonly label: string }[] {
  const saturday = addDays(today, (6 - weekday(today) + 7) % 7 || 7);
  const wanted = [['明天', addDays(today, 1)], ['后天', addDays(today, 2)], ['星期六', saturday], ['过一个星期', addDays(today, 7)]] as const;
  const once = new Map(wanted.toReversed().map(([words, on]) => [on, words]));
  return [...[...once].toSorted(([one], [other]) => one < other ? -1 : 1).map(([key, words]) => ({ key, label: `${words} ${dayWords(key)}` })), { key: 'open', label: '还没定' }];
}

const missForm = (today: Day) => form({
  next: choice('下次哪天去', nextDays(today)),
  day: day('哪天去的', { from: addDays(today, -60), to: today }),
});

async function showMiss(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { loaded, round } = await missAt(visit);
  const before = await missedAt(visit.office.read, round.no, loaded.row.no);
  return page('observations/missed', {
    title: `没有人在家 ${titleOf(loaded)}`, tablet: usesTablet(visit), heading: `${titleOf(loaded)}：没有人在家`, id: newId(), before, many: before.length >= 2 ? before.length : undefined,
    crumbs: usesTablet(visit) ? [{ label: '今天', href: '/today' }, { label: titleOf(loaded), href: `/households/${loaded.row.id}` }] : await crumbsOf(visit, loaded, '没有人在家'),
    form: formModel(missForm(visit.day), { raw: visit.method === 'POST' ? visit.raw : { day: visit.day }, faults: trouble?.faults ?? [] }), action: `/missed/${loaded.row.id}`,
  });
}

async function saveMiss(visit: Visit): Promise<Reply> {
  const { loaded, round } = await missAt(visit);
  const values = taken(missForm(visit.day), visit.raw);
  const sent = typed(visit.raw, 'id');
  const id = isId(sent) ? sent : newId();
  await missVisit(visit.office, visit.actor, { id, round: round.no, household: loaded.row.id, day: values.day, ...values.next === 'open' ? {} : { nextOn: values.next } });
  const words = `记下了：${titleOf(loaded)}没有人在家${values.next === 'open' ? '' : `，${dayWords(values.next)}再去`}。`;
  return seeOther('/today', { kind: 'done', words, undo: { label: '记错了，撤回', action: `/missed/${loaded.row.id}/undo/${id}` } });
}

async function undo(visit: Visit): Promise<Reply> {
  const { loaded, round } = await missAt(visit);
  await undoMiss(visit.office, visit.actor, { round: round.no, household: loaded.row.id, id: visit.params['visit'] ?? '' });
  return seeOther('/today', `撤回了：${titleOf(loaded)}没有记成没人在家。`);
}

/** The round that the household is collected in now. */
async function missAt(visit: Visit) {
  const loaded = await householdFor(visit, 'observation.record', visit.params['household'] ?? '');
  const round: Round | undefined = await currentRound(visit.office.read, loaded.key.path);
  return { loaded, round: round ?? rounds.refuse('round-closed') };
}

export const missedRoutes: readonly Route[] = [
  get('/missed/:household', { power: 'observation.record', handle: showMiss }),
  post('/missed/:household', { power: 'observation.record', handle: saveMiss, again: showMiss }),
  post('/missed/:household/undo/:visit', { power: 'observation.record', handle: undo }),
];
