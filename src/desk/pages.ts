import { holds, may, reach } from '../access/may.ts';
import type { Officer, Role } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { distribution } from '../web/charts.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { placeSubject } from '../places/queries.ts';
import { tabHrefs } from './frame.ts';
import { spreadOf } from './grades.ts';
import { timeLeft } from '../deadlines/left.ts';
import { inOrder } from './item.ts';
import { progressRows, stepOf, tallyOf, type ProgressRow } from './progress.ts';
import { gridLines, noticesAsking, villageLines, type VillageLine } from './queries.ts';
import { itemsFor } from './waiting.ts';

const itemsShown = 30;

/** The home of every post: what waits, due day first; then how far the villages are; then the grades. Grid workers and banks have homes of their own. */
async function showDesk(visit: Visit): Promise<Reply> {
  const { actor, office: { read } } = visit;
  if (actor.kind !== 'officer') return seeOther('/');
  const own = homeOf(actor);
  if (own !== undefined) return seeOther(own);
  const paths = reach(actor, 'report.read').length > 0 ? reach(actor, 'report.read') : reach(actor, 'round.read');
  const [lines, notices, calendar] = await Promise.all([villageLines(read, paths), noticesAsking(read, reach(actor, 'notice.read')), calendarNow(read)]);
  const sees = lines.every(line => may(actor, 'household.read', placeSubject(line)) === true);
  const mayCount = holds(actor, 'rating.read');
  const [items, spread, rows] = await Promise.all([itemsFor(visit, actor, { lines, notices }), mayCount ? spreadOf(read, lines, sees) : undefined, rowsOf(visit, lines, progressRows(lines, notices))]);
  const sum = tallyOf(lines);
  const whole = placeWords(lines);
  const canReport = holds(actor, 'report.read');
  return page('desk/show', {
    title: '待我办', heading: items.length === 0 ? `${actor.name}，今天没有等您办的事` : `${actor.name}，今天有 ${items.length} 件要您${decides(actor) ? '定' : '办'}`, day: visit.day, round: roundWords(lines),
    items: inOrder(items).slice(0, itemsShown).map(item => ({ ...item, when: timeLeft(item.due, visit.day, calendar) })), more: Math.max(0, items.length - itemsShown),
    quiet: quietWords(actor), rows, byGrid: lines.length === 1, heads: lines.length === 1 ? '网格' : rows.length < lines.length ? '乡镇街道' : '村（社区）', whole, sum: lines.length === 0 ? undefined : { ...sum, rated: sum.all - sum.at.open - sum.at.collected },
    chart: spread === undefined || spread.rated === 0 || spread.tooFew ? undefined : distribution(spread.bars), chartWords: spread === undefined ? undefined : spread.tooFew ? '人数太少，不显示' : spread.rated === 0 ? '还没有算出等级' : spread.compared ? '宽条今年，细条这些户上一轮' : '第一轮，没有上一轮可比',
    bars: spread === undefined || spread.tooFew || spread.bars.length < 5 ? [] : spread.bars.map(bar => ({ ...bar, before: bar.before })), compared: spread?.compared === true,
    reports: canReport && lines.length > 0 ? '/reports/summary' : undefined, ways: waysOf(actor),
  });
}

const decides = (actor: Officer): boolean => holds(actor, 'case.prelim') || holds(actor, 'title.review');

/** Whose day begins elsewhere. */
function homeOf(actor: Officer): string | undefined {
  const only = (role: Role): boolean => actor.posts.length > 0 && actor.posts.every(post => post.role === role);
  return only('gridWorker') ? '/today' : only('coopOfficer') ? '/coop' : undefined;
}

interface Shown { readonly label: string; readonly href: string | undefined; readonly done: number; readonly all: number; readonly step: ProgressRow['step']; readonly due: string | undefined }

/** Of one village the grids are shown, else the villages. */
async function rowsOf({ office }: Visit, lines: readonly VillageLine[], rows: readonly ProgressRow[]): Promise<readonly Shown[]> {
  const [only] = lines;
  if (only === undefined || lines.length > 1) return rows.map(row => ({ label: row.label, href: row.href, done: row.sum.collected, all: row.sum.all, step: row.step, due: row.due }));
  const grids = Map.groupBy(await gridLines(office.read, only.round, only.no), line => line.no);
  return [...grids.values()].map(own => {
    const counts = Object.fromEntries(own.map(line => [line.standing, line.n]));
    const sum = tallyOf([{ no: 0, counts, held: 0 }]);
    return { label: own[0]?.name ?? '没分网格的', href: undefined, done: sum.collected, all: sum.all, step: stepOf(counts), due: sum.at.open > 0 ? only.collectUntil : undefined };
  });
}

const roundWords = (lines: readonly VillageLine[]): string => { const names = [...new Set(lines.map(line => line.roundName))]; return names.length === 0 ? '' : names.length === 1 ? names[0] ?? '' : `${names.length} 个批次正在评`; };
const placeWords = (lines: readonly VillageLine[]): string => lines.length === 1 ? '全村' : new Set(lines.map(line => line.township)).size <= 1 ? lines[0]?.township ?? '' : '各镇合计';

/** What an empty desk says: why, and where one may look. */
function quietWords(actor: Officer): string {
  const role = actor.posts[0]?.role;
  if (role === undefined) return '您现在没有岗位。请系统管理员给您加上岗位，再登录。';
  if (role === 'peerReviewer') return '现在没有请您评的户。批次走到哪里，可以在“批次”里看。';
  if (role === 'villageSupervisor') return '公示贴得对不对、台账记得全不全，您随时可以看。';
  return '有新的事，会按到期的日子排在这里。';
}

interface Way { readonly label: string; readonly href: string }
/** Pages that have no tab for this post. */
function waysOf(actor: Officer): readonly Way[] {
  const ways: readonly (Way & { readonly shown: boolean })[] = [
    { label: '期限', href: '/due', shown: actor.posts.length > 0 },
    { label: '背靠背评议', href: '/peers', shown: holds(actor, 'peer.read') },
    { label: '评议员统计', href: '/peers/sums', shown: holds(actor, 'peer.watch') },
    { label: '评定批次', href: '/rounds', shown: holds(actor, 'round.open') },
    { label: '报表', href: '/reports', shown: holds(actor, 'report.read') },
    { label: '异议', href: '/objections', shown: holds(actor, 'objection.read') },
    { label: '授权登记', href: '/consents', shown: holds(actor, 'consent.keep') },
    { label: '疑似重复的户', href: '/households/duplicates', shown: holds(actor, 'household.reshape') },
    { label: '导入', href: '/imports', shown: holds(actor, 'import.load') },
    { label: '导出', href: '/exports', shown: holds(actor, 'export.take') },
    { label: '人员', href: '/officers', shown: holds(actor, 'officer.read') },
  ];
  const tabs = tabHrefs(actor);
  return ways.filter(way => way.shown && !tabs.includes(way.href)).map(({ label, href }) => ({ label, href }));
}

export const deskRoutes: readonly Route[] = [get('/desk', { power: 'officer', handle: showDesk })];
