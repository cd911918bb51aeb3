import { closingWords, idMissingReasons, partings, relations, sexes } from './household.ts';
import { happenings, type Happening } from './event.ts';
import type { Happened } from './queries.ts';

type Body = Readonly<Record<string, unknown>>;
export interface HistoryLine { readonly icon: string; readonly kind: string; readonly words: string; readonly now: boolean }

/** What happened, in sentences: day, what, by whom. */
export const historyLines = (events: readonly Happened[]): readonly HistoryLine[] => events.map((event, at) => ({
  icon: event.kind === 'closed' || event.kind === 'parted' || event.kind === 'forgotten' ? 'out' : event.kind === 'registered' || event.kind === 'joined' ? 'plus' : 'pen',
  kind: at === 0 ? 'done' : '', now: false,
  words: `${event.day} ${happenings[event.kind as Happening]}${detail(event.kind as Happening, bodyOf(event.body))}，${event.name ?? (event.by === 'console' ? '命令行' : '系统')}`,
}));

function detail(kind: Happening, body: Body): string {
  const text = (name: string): string => typeof body[name] === 'string' || typeof body[name] === 'number' ? String(body[name]) : '';
  const people = Array.isArray(body['people']) ? (body['people'] as readonly unknown[]).map(String).join('、') : '';
  switch (kind) {
    case 'registered': return `：${text('household_no')} 号，${text('people')} 口人`;
    case 'joined': return `：${text('name')}（${relations[text('relation') as keyof typeof relations] ?? ''}）`;
    case 'parted': return `：${text('name')}，${partings[text('reason') as keyof typeof partings] ?? ''}`;
    case 'changed': return `：${text('who')}，${differences(body)}`;
    case 'revised': return `：${differences(body)}`;
    case 'head': return `：${differences(body)}`;
    case 'split': return body['to'] === undefined ? `：从 ${text('from_no')} 号分来，${people}` : `：${people}分到 ${text('household_no')} 号`;
    case 'merged': return body['into'] === undefined ? `：${text('from_no')} 号的${people === '' ? '人' : people}并来` : `：并入 ${text('into_no')} 号`;
    case 'moved': return `：${differences(body)}`;
    case 'closed': return `：${closingWords[text('reason')] ?? ''}`;
    case 'reopened': case 'forgotten': case 'photographed': return '';
  }
}

const fields: Readonly<Record<string, string>> = {
  address: '住址', group_no: '小组', grid_no: '网格', village_no: '村', household_no: '户号', head: '户主', name: '姓名', relation: '关系', sex: '性别', birth_year: '出生年份', away: '长期在外', id_missing: '没有号码的原因', id_number: '身份证号', phone: '电话',
};
const coded: Readonly<Record<string, Readonly<Record<string, string>>>> = { relation: relations, sex: sexes, id_missing: idMissingReasons, away: { 0: '否', 1: '是' } };

function differences(body: Body): string {
  const parts = Object.entries(body).flatMap(([name, value]) => {
    const label = fields[name];
    if (label === undefined) return [];
    if (value === 'changed' || name === 'group_no' || name === 'grid_no' || name === 'village_no') return [`${label}有改动`];
    const { was, is } = value as { was?: unknown; is?: unknown };
    const say = (one: unknown): string => one === null || one === undefined || one === '' ? '空' : coded[name]?.[String(one)] ?? String(one);
    return [`${label}从“${say(was)}”改成“${say(is)}”`];
  });
  return parts.join('，');
}

const bodyOf = (text: string): Body => JSON.parse(text) as Body;
