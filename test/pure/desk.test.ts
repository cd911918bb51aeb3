import test from 'ava';
import { roleNames } from '../../src/access/actor.ts';
import { areas } from '../../src/areas.ts';
import { articles, articlesFor, helpHref } from '../../src/desk/help.ts';
import { timeLeft } from '../../src/deadlines/left.ts';
import { inOrder, asOne, type Item } from '../../src/desk/item.ts';
import { progressRows, stepOf } from '../../src/desk/progress.ts';
import type { HungNotice, VillageLine } from '../../src/desk/queries.ts';
import { noticeItem, villageItems, type Able } from '../../src/desk/village-items.ts';
import { calendarOf } from '../../src/kit/calendar.ts';
import { guardSmall } from '../../src/reports/small-cells.ts';

const item = (title: string, due?: string): Item => ({ icon: 'clock', kind: '', title, says: '', href: '/', ...due === undefined ? {} : { due } });
const line = (counts: VillageLine['counts'], more: Partial<VillageLine> = {}): VillageLine => ({
  round: 1, roundId: 'r', roundName: '2026年度', roundPath: '/p1/c2/x3/t10/', collectUntil: '2026-12-04', previous: null, standard: 'h', no: 20, id: 'v', path: '/p1/c2/x3/t10/v20/', name: '清河村', township: '安和镇', counts, held: 0, ...more,
});
const notice = (more: Partial<HungNotice>): HungNotice => ({ id: 'n', round: 1, village: 20, path: '/p1/c2/x3/t10/v20/', name: '清河村', stage: 'village', posted_on: '2026-11-16', until: '2026-11-23', photo: null, ended_on: null, ...more });
const nobody: Able = { record: false, prelim: false, run: false, postVillage: false, review: false, postTownship: false, approve: false, publish: false };

test('what is due first comes first; what has no day keeps its order', t => {
  t.deepEqual(inOrder([item('b'), item('late', '2026-11-30'), item('a'), item('soon', '2026-11-23')]).map(one => one.title), ['soon', 'late', 'b', 'a']);
});

test('the same thing asked by several villages is one line', t => {
  const as = (count: number) => ({ title: `${count} 个`, says: '', href: '/x' });
  const items = [item('a', '2026-11-30'), item('other'), item('a', '2026-11-24')];
  t.deepEqual(asOne(items, one => one.title === 'a', as).map(one => [one.title, one.due]), [['2 个', '2026-11-24'], ['other', undefined]]);
  t.deepEqual(asOne(items, one => one.title === 'other', as), items);
});

test('time left is told in working days, and presses on the day itself', t => {
  const calendar = calendarOf([{ day: '2026-11-26', kind: 'off', name: '假', official: true }]);
  t.deepEqual(timeLeft('2026-11-23', '2026-11-23', calendar), { words: '今天', presses: true });
  t.deepEqual(timeLeft('2026-11-20', '2026-11-23', calendar), { words: '11月20日已到期', presses: true });
  t.deepEqual(timeLeft('2026-11-30', '2026-11-23', calendar), { words: '还有 4 个工作日', presses: false });
  t.deepEqual(timeLeft(undefined, '2026-11-23', calendar), { words: '', presses: false });
});

test('a village asks each post for its own step only', t => {
  const all = line({ 'open': 1, 'collected': 2, 'rated': 3, 'returned': 1, 'preliminary': 4, 'village-noticed': 5, 'reviewed': 6, 'township-noticed': 7, 'approved': 8 });
  t.deepEqual(villageItems(all, nobody, '清河村'), []);
  const committee = villageItems(all, { ...nobody, record: true, prelim: true, run: true, postVillage: true }, '清河村');
  t.deepEqual(committee.map(one => one.href), ['/notices/new?round=r&place=v&stage=village', '/reviews/r/v/village', '/ratings/r/places/v', '/today']);
  t.is(committee[1]?.says, '4 户，其中 1 户是镇里退回的');
  t.is(committee[3]?.due, '2026-12-04');
  const chair = villageItems(all, { ...nobody, review: true, postTownship: true, approve: true, publish: true }, '清河村');
  t.deepEqual(chair.map(one => one.href), ['/rolls', '/reviews/r/v/approval', '/notices/new?round=r&place=v&stage=township', '/reviews/r/v/township']);
  t.deepEqual(villageItems(line({ published: 9, excused: 1 }), { ...nobody, review: true, approve: true, publish: true }, '清河村'), []);
});

test('a notice asks for a photograph, then for its end', t => {
  t.regex(noticeItem(notice({}), '2026-11-16')?.title ?? '', /拍一张照/);
  t.is(noticeItem(notice({ photo: 'p' }), '2026-11-23'), undefined);
  t.regex(noticeItem(notice({ photo: 'p' }), '2026-11-24')?.title ?? '', /期满了/);
  t.is(noticeItem(notice({ photo: 'p', stage: 'final' }), '2026-12-24'), undefined);
  t.is(noticeItem(notice({ photo: 'p', ended_on: '2026-11-24' }), '2026-11-24'), undefined);
});

test('progress: where most are, the earlier of equals; many villages by township', t => {
  t.is(stepOf({ 'open': 2, 'village-notice': 9 }).words, '村公示中');
  t.is(stepOf({ open: 2, collected: 2 }).words, '正在采集');
  t.is(stepOf({ excused: 2 }).words, '没有参评的户');
  t.is(stepOf({ returned: 2 }).kind, 'care');
  const [row] = progressRows([line({ 'open': 1, 'village-notice': 3, 'excused': 2 })], [notice({})]);
  t.is(row?.due, '2026-11-23');
  t.deepEqual([row?.sum.all, row?.sum.collected, row?.sum.excused], [4, 3, 2]);
  const many = Array.from({ length: 61 }, (_, at) => line({ open: 1 }, { no: at, id: `v${at}`, township: at < 30 ? '安和镇' : '平山镇' }));
  t.deepEqual(progressRows(many, []).map(one => [one.label, one.sum.all]), [['安和镇', 30], ['平山镇', 31]]);
  t.deepEqual(progressRows([line({ open: 1 }), line({ open: 1 }, { no: 2, township: '平山镇' })], []).map(one => one.label), ['安和镇 清河村', '平山镇 清河村']);
});

test('small cells: a single hidden line hides the sum too', t => {
  const few = { rated: 4, sees: false };
  t.deepEqual(guardSmall([few, { rated: 40, sees: false }]), { hidden: [true, false], hideTotal: true });
  t.deepEqual(guardSmall([few, few, { rated: 40, sees: false }]), { hidden: [true, true, false], hideTotal: false });
  t.deepEqual(guardSmall([{ rated: 4, sees: true }, { rated: 0, sees: false }]), { hidden: [false, false], hideTotal: false });
});

test('every post finds its work in the help, and links lead to articles that exist', t => {
  for (const role of roleNames.filter(one => one !== 'peerReviewer')) t.true(articlesFor([role]).own.length > 1, role);
  const anchors = articles.map(article => article.anchor);
  t.is(new Set(anchors).size, anchors.length);
  for (const path of ['/today', '/households/1/consents', '/households/1', '/reviews/1/2/village', '/officers/1/leave', '/officers/1', '/me/password', '/reports/gaps', '/coop', '/bases']) {
    const [, anchor = ''] = helpHref(path).split('#');
    t.true(anchors.includes(anchor), path);
  }
  t.is(helpHref('/households/1/consents'), '/help#consent');
  t.is(helpHref('/officers/1/hand-over'), '/help#leave');
  t.is(helpHref('/desk'), '/help');
  t.is(helpHref('/todayish'), '/help');
});

test('whoever is lost on a page of the office finds its article: only the desk and the help itself have none', t => {
  const pages = areas.flatMap(area => area.routes).filter(route => route.method === 'GET' && route.power !== 'anyone').map(route => route.path);
  t.true(pages.length > 50);
  t.deepEqual(pages.filter(path => helpHref(path) === '/help'), ['/evidence/:id', '/desk', '/help']);
});
