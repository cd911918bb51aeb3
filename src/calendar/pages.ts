import { readFile } from 'node:fs/promises';
import { isWorkingDay, calendarOf, readCalendar, type CalendarDay } from '../kit/calendar.ts';
import { fault, taken } from '../kit/faults.ts';
import { choice, day, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { decode, UnreadableText } from '../kit/text.ts';
import { addDays, isDay, weekday, type Day } from '../kit/time.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { dropDay, keepDays, replaceYears } from './keep.ts';
import { calendarDays } from './queries.ts';

const dayForm = form({ day: day('哪一天'), kind: choice('这一天', [{ key: 'off', label: '放假' }, { key: 'work', label: '上班（周末调休）' }]), name: text('名称', { most: 20, hint: '例如：春节、国庆节调休' }) });

export async function showCalendar(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const asked = /^\d{4}$/.exec(visit.query['year'] ?? '')?.[0] ?? visit.day.slice(0, 4);
  const days = await calendarDays(visit.office.read);
  const ofYear = days.filter(one => one.day.startsWith(asked));
  const years = [...new Set([...days.map(one => one.day.slice(0, 4)), visit.day.slice(0, 4), String(Number(visit.day.slice(0, 4)) + 1)])].sort();
  const isFile = visit.path.endsWith('/file');
  return page('calendar/show', {
    title: '节假日', year: asked, years: years.map(year => ({ label: `${year} 年`, href: `/calendar?year=${year}`, current: year === asked })),
    state: ofYear.length === 0 ? 'none' : ofYear.every(one => one.official) ? 'official' : 'provisional',
    months: monthsOf(asked, days), listed: ofYear.map(one => ({ ...one, words: one.kind === 'off' ? '放假' : '上班' })),
    form: formModel(dayForm, { raw: trouble === undefined || isFile ? {} : visit.raw, faults: isFile ? [] : trouble?.faults ?? [] }),
    fileFault: isFile ? trouble?.faults[0]?.say ?? trouble?.words : undefined,
  });
}

export async function keep(visit: Visit): Promise<Reply> {
  const given = taken(dayForm, visit.raw);
  await keepDays(visit.office, visit.actor, [{ ...given, official: true }]);
  return seeOther(`/calendar?year=${given.day.slice(0, 4)}`, `${given.day} 记下了：${given.kind === 'off' ? '放假' : '上班'}。`);
}

export async function load(visit: Visit): Promise<Reply> {
  const upload = visit.files[0] ?? fault('file', 'missing', '请选择一个文件。');
  const days = daysIn(await readFile(upload.path));
  await replaceYears(visit.office, visit.actor, days);
  return seeOther(`/calendar?year=${days[0]?.day.slice(0, 4)}`, `读入了 ${days.length} 天。期限从现在起按新的安排计算。`);
}

function daysIn(bytes: Buffer): readonly CalendarDay[] {
  let days: readonly CalendarDay[];
  try { days = readCalendar(decode(bytes).text); } catch (error) {
    if (error instanceof UnreadableText) return fault('file', 'encoding', '文件的文字编码看不懂，请另存为 UTF-8 的 CSV 再试。');
    if (error instanceof Error && error.message.startsWith('calendar line')) return fault('file', 'line', `第 ${/\d+/.exec(error.message)?.[0] ?? '?'} 行写得不对。每行是：日期,off 或 work,名称,yes 或 no。`);
    throw error;
  }
  return days.length === 0 ? fault('file', 'empty', '文件里没有一天。每行是：日期,off 或 work,名称,yes 或 no。') : days;
}

export async function drop(visit: Visit): Promise<Reply> {
  const which = visit.params['day'] ?? '';
  await dropDay(visit.office, visit.actor, which);
  return seeOther(isDay(which) ? `/calendar?year=${which.slice(0, 4)}` : '/calendar', '这一天去掉了，按星期算。');
}

interface Cell { readonly date: string; readonly kind: 'off' | 'work' | 'holiday' | 'exchange' | 'blank'; readonly words: string }

/** Twelve months of weeks that begin on Monday. */
function monthsOf(year: string, days: readonly CalendarDay[]): readonly { readonly label: string; readonly working: number; readonly weeks: readonly (readonly Cell[])[] }[] {
  const calendar = calendarOf(days);
  const names = new Map(days.map(one => [one.day, one.name]));
  return Array.from({ length: 12 }, (_, at) => {
    const first: Day = `${year}-${String(at + 1).padStart(2, '0')}-01`;
    const cells: Cell[] = Array.from({ length: (weekday(first) + 6) % 7 }, () => ({ date: '', kind: 'blank', words: '' }));
    let working = 0;
    for (let one = first; one.slice(0, 7) === first.slice(0, 7); one = addDays(one, 1)) {
      const works = isWorkingDay(one, calendar);
      if (works) working++;
      const listed = calendar.kindOf(one);
      cells.push({ date: String(Number(one.slice(8))), kind: listed === undefined ? works ? 'work' : 'off' : works ? 'exchange' : 'holiday', words: names.get(one) ?? '' });
    }
    while (cells.length % 7 !== 0) cells.push({ date: '', kind: 'blank', words: '' });
    return { label: `${at + 1}月`, working, weeks: Array.from({ length: cells.length / 7 }, (_unused, week) => cells.slice(week * 7, week * 7 + 7)) };
  });
}
