import type { Officer } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import { calendarNow } from '../calendar/queries.ts';
import { addDays } from '../kit/time.ts';
import { placeTitles } from '../places/titles.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { monthDay, timeLeft } from './left.ts';
import { duesOf, duesRaised, remindersOf, type Reminder, type Standing } from './queries.ts';
import { bandOf, bands, bandWords, stepWords } from './steps.ts';

/** Everything with a due day that falls to the reader, and what stayed undone below. */
async function showDues(visit: Visit): Promise<Reply> {
  const { actor, day, office: { read } } = visit;
  if (actor.kind !== 'officer') return page('deadlines/board', { title: '期限', bands: [], raised: [] });
  const [own, raised, calendar] = await Promise.all([duesOf(read, actor, day), duesRaised(read, actor, day), calendarNow(read)]);
  const [told, names] = await Promise.all([toldOf(visit, own), placeTitles(read, raised.map(one => one.path))]);
  const weekOn = addDays(day, 7);
  const row = (one: Standing) => ({ icon: one.source.icon, title: one.title, href: one.href, due: one.due, when: timeLeft(one.due, day, calendar), byItself: one.source.byItself === true, told: toldWords(told, one) });
  const byDue = own.toSorted((a, b) => a.due < b.due ? -1 : a.due > b.due ? 1 : 0);
  return page('deadlines/board', {
    title: '期限', heading: '什么事，哪天到期', crumbs: [{ label: '待我办', href: '/desk' }, { label: '期限' }],
    bands: bands.map(band => ({ band, title: bandWords[band], rows: byDue.filter(one => bandOf(one.due, day, weekOn) === band).map(row) })).filter(band => band.rows.length > 0),
    raised: raised.map(one => ({ icon: one.source.icon, place: names.get(one.path) ?? '', ...opens(actor, one) ? { title: one.title, href: one.href } : { title: one.source.says, href: undefined }, when: timeLeft(one.due, day, calendar) })),
  });
}

/** Whoever oversees a place may not therefore read what is in its files. */
const opens = (actor: Officer, { source, path }: Standing): boolean => reach(actor, source.power).some(own => path.startsWith(own));

async function toldOf({ office }: Visit, own: readonly Standing[]): Promise<readonly Reminder[]> {
  const parts = await Promise.all([...Map.groupBy(own, one => one.source.name)].map(([source, some]) => remindersOf(office.read, source, some.map(one => one.about))));
  return parts.flat();
}

function toldWords(told: readonly Reminder[], { source, about, due }: Standing): string {
  const last = told.findLast(one => one.source === source.name && one.about === about && one.due === due);
  return last === undefined ? '' : `${monthDay(last.day)}${stepWords[last.step]}`;
}

export const deadlineRoutes: readonly Route[] = [get('/due', { power: 'officer', handle: showDues })];
