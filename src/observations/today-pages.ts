import { reach } from '../access/may.ts';
import { calendarNow } from '../calendar/queries.ts';
import { mayRate } from '../consents/queries.ts';
import { numberText } from '../households/household.ts';
import { findHouseholds } from '../households/queries.ts';
import { usesTablet } from '../households/visiting.ts';
import { workingDaysBetween } from '../kit/calendar.ts';
import { tidy } from '../kit/text.ts';
import type { Day } from '../kit/time.ts';
import { currentRound } from '../rounds/round.ts';
import { acceptsFacts, standingWords } from '../rounds/case.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { hrefOf } from './case-at.ts';
import { lastMissed, type MissedVisit } from './missed.ts';
import { progressOf, workLines, type Progress, type WorkLine } from './queries.ts';
import { mustBeAsked } from './wanted.ts';

const most = 3_000;
const shownMost = 300;

type Way = 'new' | 'half' | 'sign' | 'consent' | 'again' | 'contest' | 'done' | 'excused';
interface Line { readonly way: Way; readonly group: string; readonly groupKey: string; readonly row: WorkLine; readonly lacks: readonly string[]; readonly missed: MissedVisit | undefined }
const marks: Readonly<Record<Way, { readonly icon: string; readonly kind: string; readonly words: string }>> = {
  new: { icon: 'circle', kind: '', words: '还没去' }, half: { icon: 'half', kind: 'moving', words: '做了一半' }, sign: { icon: 'pen', kind: '', words: '等签字' }, consent: { icon: 'pen', kind: '', words: '先签授权' },
  again: { icon: 'triangle', kind: 'care', words: '要再看' }, contest: { icon: 'triangle', kind: 'care', words: '等村里定' }, done: { icon: 'tick', kind: 'done', words: '做好了' }, excused: { icon: 'lock', kind: '', words: '未参评' },
};
const nobody = { icon: 'nobody', kind: '', words: '上次没人' };
const filters = [['todo', '要做的'], ['few', '只差一两项'], ['missed', '上次没人'], ['consent', '先签授权'], ['again', '要再看'], ['done', '做好的']] as const;

/** The work of a grid worker, or of a village: who is left, in walking order, and what is missing at each door. */
async function showToday(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const paths = reach(visit.actor, 'observation.record');
  const round = await currentRound(read, paths[0] ?? '/');
  if (round === undefined || round.closed_on !== null) return page('observations/today', { title: '今天', tablet: usesTablet(visit), none: round === undefined ? '这里还没有开评定批次。' : `${round.name}已经结束。`, groups: [], filters: [], q: '' });
  const db = { read, dialect: visit.office.store.dialect };
  const rows = await workLines(db, { round: round.no, reach: paths, limit: most });
  const nos = rows.map(row => row.no);
  const { coding } = await loadCoding(read, round.household_standard);
  const [progress, consenting, missed, calendar] = [await progressOf(db, round.no, nos, coding), await mayRate(read, nos, visit.day), await lastMissed(read, { round: round.no, reach: paths }), await calendarNow(read)];
  const lines = rows.map(row => lineOf(row, { progress: progress.get(row.no), consents: consenting.has(row.no), missed: missed.get(row.no), coding }));
  const counted = lines.filter(line => line.way !== 'excused');
  const todo = counted.filter(line => line.way !== 'done');
  const filter = filters.find(([key]) => key === visit.query['show'])?.[0] ?? 'todo';
  const group = visit.query['group'] ?? '';
  const q = tidy(visit.query['q'] ?? '').slice(0, 40);
  const named = q === '' ? undefined : new Set((await findHouseholds(db, { reach: paths, q, size: 50 })).rows.map(row => row.no));
  const chosen = lines.filter(line => named?.has(line.row.no) ?? isShown(line, filter)).filter(line => group === '' || line.groupKey === group);
  const single = new Set(lines.map(line => line.row.village_no)).size === 1;
  const left = workingDaysBetween({ from: visit.day, to: round.collect_until }, calendar);
  const to = (change: Readonly<Record<string, string>>): string => `/today?${new URLSearchParams(Object.entries({ show: filter, group, ...change }).filter(([, value]) => value !== '')).toString()}`;
  return page('observations/today', {
    title: '今天', tablet: usesTablet(visit), none: undefined, day: visit.day, left: todo.length, round: round.name,
    all: counted.length, done: counted.length - todo.length, until: round.collect_until, working: left, late: visit.day > round.collect_until, q,
    filters: filters.map(([key, label]) => ({ label, href: to({ show: key }), current: key === filter && q === '', count: lines.filter(line => isShown(line, key)).length })).filter(each => each.count > 0 || each.current),
    groups: grouped(chosen.slice(0, shownMost), { round: round.id, day: visit.day }), more: chosen.length > shownMost ? chosen.length : undefined,
    places: [...new Map(lines.map(line => [line.groupKey, single ? line.row.group ?? '没分组的' : line.group])).entries()].map(([key, label]) => ({ label, href: to({ group: key === group ? '' : key }), current: key === group })),
    empty: q === '' ? todo.length === 0 ? '都做好了。' : '这一栏里没有户。' : `没有找到“${q}”。`,
  });
}

interface Known { readonly progress: Progress | undefined; readonly consents: boolean; readonly missed: MissedVisit | undefined; readonly coding: Coding }

function lineOf(row: WorkLine, { progress, consents, missed, coding }: Known): Line {
  const lacks = coding.standard.indicators.filter((indicator, slot) => mustBeAsked(indicator) && progress?.answered.has(coding.numbers[slot] ?? -1) !== true).map(indicator => indicator.title);
  const base = { row, lacks, missed, group: `${row.village} ${row.group ?? '没分组的'}`, groupKey: `${row.village_no}-${row.group_no ?? 0}` };
  if (row.standing === 'excused') return { ...base, way: 'excused' };
  if (!acceptsFacts(row.standing) || row.standing === 'collected' || row.standing === 'rated') return { ...base, way: (progress?.contested ?? 0) > 0 && acceptsFacts(row.standing) ? 'contest' : 'done' };
  if (!consents) return { ...base, way: 'consent' };
  if (row.standing === 'returned') return { ...base, way: 'again' };
  if ((progress?.contested ?? 0) > 0) return { ...base, way: 'contest' };
  return { ...base, way: lacks.length === 0 ? 'sign' : progress?.visited === true ? 'half' : 'new' };
}

/** Nobody was at home the last time, and there is something left to do. */
const wasMissed = ({ missed, way }: Line): boolean => missed !== undefined && way !== 'done' && way !== 'excused' && way !== 'contest';

function isShown(line: Line, filter: (typeof filters)[number][0]): boolean {
  if (filter === 'done') return line.way === 'done';
  if (filter === 'consent') return line.way === 'consent';
  if (filter === 'missed') return wasMissed(line);
  if (filter === 'again') return line.way === 'again' || line.way === 'contest';
  if (line.way === 'done' || line.way === 'excused') return false;
  return filter === 'few' ? line.lacks.length <= 2 && line.way !== 'consent' : true;
}

interface Shown { readonly round: string; readonly day: Day }

function grouped(lines: readonly Line[], shown: Shown) {
  const groups = new Map<string, Line[]>();
  for (const line of lines) { const own = groups.get(line.groupKey); if (own === undefined) groups.set(line.groupKey, [line]); else own.push(line); }
  return [...groups.values()].map(own => ({ title: own[0]?.row.group ?? '没分组的', place: own[0]?.row.village ?? '', count: own.length, paper: `/observations/${shown.round}/groups/${own[0]?.groupKey ?? ''}/paper`, rows: own.map(line => rowModel(line, shown)) }));
}

function rowModel(line: Line, { round, day }: Shown) {
  const { row, way, lacks } = line;
  const href = way === 'consent' ? `/households/${row.id}/consents` : way === 'sign' ? `${hrefOf(round, row.id)}/check` : hrefOf(round, row.id);
  const words = way === 'consent' ? '还没签授权书，签了才能登记' : way === 'again' ? `退回来了：${row.reason ?? '请再核一次'}` : way === 'contest' ? '有一项两个人填的不一样' : way === 'sign' ? '都填好了，请户主核对签字'
    : way === 'done' ? standingWords[row.standing] : way === 'excused' ? '这一轮不参加' : lacks.length <= 3 ? lacks.join('、') : '';
  return {
    number: numberText(row.household_no), name: row.head_name, href, people: row.people, address: row.address, lacks: way === 'new' || way === 'half' ? lacks.length : 0, words,
    state: wasMissed(line) && way !== 'again' ? nobody : marks[way], missed: wasMissed(line) ? againWords(line.missed, day) : undefined,
  };
}

/** When the next visit is due, and that the last met nobody. */
function againWords(missed: MissedVisit | undefined, day: Day): string {
  if (missed === undefined) return '';
  const went = `${dayWords(missed.day)}去过没人`;
  if (missed.next_on === null) return went;
  return missed.next_on === day ? `${went}，说好今天去` : missed.next_on < day ? `${went}，说好${dayWords(missed.next_on)}去的` : `${went}，${dayWords(missed.next_on)}再去`;
}

export const todayRoutes: readonly Route[] = [get('/today', { power: 'observation.record', handle: showToday })];
