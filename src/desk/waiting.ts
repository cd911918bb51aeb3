import { holds, may, reach } from '../access/may.ts';
import type { Officer, Role } from '../access/actor.ts';
import { within, type Subject } from '../access/subject.ts';
import { lastVerified } from '../audit/run.ts';
import { knowsYear } from '../calendar/queries.ts';
import { handedBy } from '../exchange/parcels.ts';
import type { Office } from '../office.ts';
import { objectionsAwaited, type Listed } from '../objections/queries.ts';
import { accountsAsking } from '../people/queries.ts';
import { officePlace, placeSubject } from '../places/queries.ts';
import { endedItems } from '../ratings/lapsed/ended.ts';
import { recomputationsBelow } from '../ratings/lapsed/recomputations.ts';
import { unsignedCounts } from '../reports/queries.ts';
import { lacking } from '../rounds/queries.ts';
import { countiesOf, standardEvents, standardRows, useOf } from '../standards/queries.ts';
import { sittingSubject } from '../sittings/bench.ts';
import { sittingsBelow } from '../sittings/queries.ts';
import { isUnderWay, kinds, states } from '../sittings/sitting.ts';
import { titlePowers, titleSubject } from '../titles/decide.ts';
import { titleNotices, waitsFor } from '../titles/notice.ts';
import { titlesBelow } from '../titles/queries.ts';
import { nextStep, titleKinds, type TitleKind, type TitleStep } from '../titles/title.ts';
import type { Visit } from '../web/visit.ts';
import { agreementsOf } from './agreements.ts';
import { monthDay } from '../deadlines/left.ts';
import { duesRaised } from '../deadlines/queries.ts';
import { awardItems, fairnessItems, peerItems, pledgeItems, repairItems, rightItems, tellingItems } from './fair-items.ts';
import { asOne, type Item } from './item.ts';
import { contestsWaiting, villagesUnstaffed, type HungNotice, type VillageLine } from './queries.ts';
import { noticeItem, villageItems } from './village-items.ts';

/** What the page has already read. */
export interface Known { readonly lines: readonly VillageLine[]; readonly notices: readonly HungNotice[] }
interface Asking extends Known { readonly office: Office; readonly actor: Officer; readonly day: string; readonly at: string }

/** Everything that waits for an officer, each source asked only when the post can do something about it. */
export async function itemsFor(visit: Visit, actor: Officer, known: Known): Promise<readonly Item[]> {
  const asking: Asking = { ...known, office: visit.office, actor, day: visit.day, at: visit.at };
  const has = (role: Role): boolean => actor.posts.some(post => post.role === role);
  const parts = await Promise.all([
    objectionsOf(asking), sittingsOf(asking), titlesOf(asking), recomputationsOf(asking), collectingOf(asking), agreementsOf({ read: visit.office.read, actor, lines: known.lines }), roundsOf(asking), filesOf(asking), tellingItems(asking), pledgeItems(asking), repairItems(asking), raisedOf(asking), peerItems(asking), rightItems(asking), fairnessItems(asking), awardItems(asking),
    ...has('standardsAdmin') ? [standardsOf(asking)] : [], ...has('systemAdmin') ? [keepingOf(asking)] : [], ...has('securityAdmin') ? [accountsOf(asking)] : [], ...has('auditor') ? [ledgerOf(asking)] : [],
  ]);
  return [...stepsOf(asking), ...noticesOf(asking), ...parts.flat()];
}

const labels = (lines: readonly VillageLine[]) => { const several = new Set(lines.map(line => line.township)).size > 1; return (line: VillageLine): string => several ? `${line.township} ${line.name}` : line.name; };
const townshipOf = (village: VillageLine): Subject => ({ id: village.id, paths: [village.path.replace(/[^/]+\/$/, '')] });

function stepsOf({ lines, actor }: Asking): readonly Item[] {
  const label = labels(lines);
  const items = lines.flatMap(line => {
    const village = placeSubject(line);
    return villageItems(line, {
      record: may(actor, 'observation.record', village) === true, prelim: may(actor, 'case.prelim', village) === true, run: may(actor, 'rating.run', village) === true, postVillage: may(actor, 'case.prelim', village) === true && may(actor, 'notice.post', village) === true,
      review: may(actor, 'case.review', village) === true, postTownship: may(actor, 'notice.post', townshipOf(line)) === true, approve: may(actor, 'case.approve', village) === true, publish: may(actor, 'roll.publish', village) === true && may(actor, 'case.approve', village) === true,
    }, label(line));
  });
  return asOne(items, item => item.href === '/rolls', count => ({ title: `${count} 个村可以上光荣榜`, says: '批准了的户，发布前还可以撤回', href: '/rolls' }));
}

function noticesOf({ notices, lines, actor, day }: Asking): readonly Item[] {
  const places = new Map(lines.map(line => [line.no, line]));
  const items = notices.flatMap(notice => {
    const line = places.get(notice.village);
    const subject = line === undefined || notice.stage === 'village' ? { id: notice.id, paths: [notice.path] } : townshipOf(line);
    const isOwn = may(actor, 'notice.post', subject) === true && (notice.stage !== 'village' || may(actor, 'case.prelim', subject) === true);
    const item = isOwn ? noticeItem(notice, day) : undefined;
    return item === undefined ? [] : [item];
  });
  return asOne(items, item => item.icon === 'camera', count => ({ title: `${count} 张公示，贴好后拍一张照`, says: '照片是贴过公示的凭据', href: '/notices' }));
}

async function objectionsOf({ office, actor, lines }: Asking): Promise<readonly Item[]> {
  const names = new Map(lines.map(line => [line.no, line.name]));
  const found = await objectionsAwaited(office.read, { answer: reach(actor, 'objection.answer'), settle: reach(actor, 'objection.settle') }, 50);
  return found.map(one => ({
    icon: 'flag', kind: 'moving' as const, title: `${one.appeals === null ? '异议答复' : '答复不服的异议'}：${objectedTo(one, names.get(one.place_no))}`, says: `${monthDay(one.lodged_on)}提出，核查清楚后书面答复`, href: `/objections/${one.id}`, due: one.due_on,
  }));
}

const objectedTo = (one: Listed, place = ''): string => one.kind === 'household' ? `${place} ${String(one.household_no).padStart(3, '0')} 号户` : `${place}${titleKinds[one.kind]}`;

/** Results that rest on a legal basis which ended: the township's committee computes them anew. */
async function recomputationsOf({ office, actor }: Asking): Promise<readonly Item[]> {
  if (!holds(actor, 'case.review') && !holds(actor, 'law.keep')) return [];
  const drafted = await recomputationsBelow(office.read, [...reach(actor, 'case.review'), ...holds(actor, 'law.keep') ? reach(actor, 'rating.read') : []]);
  const [first] = drafted;
  const households = drafted.reduce((sum, one) => sum + one.households, 0);
  return first === undefined ? [] : [{ icon: 'again', kind: 'care', title: `${drafted.every(one => one.bases.includes(endedItems)) ? '减分到期或修复' : '依据失效'}，${households} 户的结果会变`, says: '看看是哪些户，再定重算不重算', href: drafted.length === 1 ? `/recomputations/${first.roundId}/${first.placeId}` : '/recomputations' }];
}

/** Sittings that were called and are not over, for those who hold them. */
async function sittingsOf({ office, actor, day }: Asking): Promise<readonly Item[]> {
  if (!holds(actor, 'sitting.hold')) return [];
  const found = (await sittingsBelow(office.read, reach(actor, 'sitting.hold'), 50)).filter(one => isUnderWay(one.state) && may(actor, kinds[one.stage].power, sittingSubject(one.stage, one.place)) === true);
  return found.map(one => ({ icon: 'people', kind: 'moving' as const, title: `${one.place.name}${kinds[one.stage].says}会${states[one.state]}`, says: `${one.day === day ? '今天' : monthDay(one.day)}，${one.venue}`, href: `/sittings/${one.id}` }));
}

/** What stayed undone below, past its day. */
async function raisedOf({ office, actor, day }: Asking): Promise<readonly Item[]> {
  const raised = await duesRaised(office.read, actor, day);
  return raised.length === 0 ? [] : [{ icon: 'clock', kind: 'care', title: `下面有 ${raised.length} 件事过期没办`, says: '看看卡在哪里，帮一把', href: '/due' }];
}

const titleWords: Readonly<Record<TitleStep, string>> = { apply: '够条件，可以申报', review: '等您审核', approve: '等您命名' };

async function titlesOf({ office, actor, day }: Asking): Promise<readonly Item[]> {
  const paths = [...new Set((['title.apply', 'title.review', 'title.approve'] as const).flatMap(power => reach(actor, power)))];
  const waiting = new Map<string, { readonly kind: TitleKind; readonly step: TitleStep; readonly titles: { readonly name: string; readonly href: string }[] }>();
  const titles = await titlesBelow(office.read, paths, 2_000);
  const noticeOf = await titleNotices(office.read, titles, day);
  for (const title of titles) {
    const step = nextStep(title.standing);
    if (step === undefined || title.credit !== 1 || waitsFor(title, step, noticeOf(title)) !== undefined || may(actor, titlePowers[step], titleSubject(title.place, step)) !== true) continue;
    // A village applies for itself; its township does not ask for it.
    if (step === 'apply' && title.kind === 'village' && may(actor, 'case.prelim', placeSubject(title.place)) !== true) continue;
    const key = `${title.kind} ${step}`;
    const own = waiting.get(key) ?? { kind: title.kind, step, titles: [] };
    own.titles.push({ name: title.place.name, href: `/titles/${title.roundId}/${title.place.id}` });
    waiting.set(key, own);
  }
  return [...waiting.values()].map(({ kind, step, titles }) => {
    const [first] = titles;
    const look = { icon: 'map', kind: step === 'apply' ? '' as const : 'moving' as const };
    return first !== undefined && titles.length === 1 ? { ...look, title: `${first.name}${titleKinds[kind]}${titleWords[step]}`, says: '占比和缺口都列好了', href: first.href }
      : { ...look, title: `${titles.length} 个${titleKinds[kind]}${titleWords[step]}`, says: listed(titles.map(title => title.name)), href: '/titles' };
  });
}

const listed = (names: readonly string[]): string => names.slice(0, 6).join('、') + (names.length > 6 ? ' 等' : '');

/** Contested answers and unsigned consents: asked for the few villages that a committee looks after. */
async function collectingOf({ office, actor, lines, day }: Asking): Promise<readonly Item[]> {
  const own = lines.filter(line => may(actor, 'observation.settle', placeSubject(line)) === true);
  const [first] = own;
  if (first === undefined) return [];
  const mine = own.filter(line => line.round === first.round);
  const [contests, unsigned] = await Promise.all([contestsWaiting(office.read, reach(actor, 'observation.settle')), unsignedCounts(office.read, { round: first.round, villages: mine.map(line => line.no) }, day, 'village')]);
  const without = [...unsigned.values()].reduce((sum, n) => sum + n, 0);
  return [
    ...contests === 0 ? [] : [{ icon: 'triangle', kind: 'care' as const, title: `${contests} 户有两份不一样的采集`, says: '两个人填的对不上，请村里定一个', href: '/contests' }],
    ...without === 0 ? [] : [{ icon: 'pen', kind: '' as const, title: `${without} 户还没签参评授权`, says: '签了才能评；不愿意的登记为未参评，不说明信用不好', href: mine.length === 1 ? `/consents?kind=rate&village=${first.no}` : '/consents?kind=rate', due: first.collectUntil }],
  ];
}

async function roundsOf({ office, actor, lines }: Asking): Promise<readonly Item[]> {
  if (!holds(actor, 'round.open')) return [];
  const [first] = lines;
  if (first === undefined) return [{ icon: 'calendar', kind: '', title: '现在没有正在评的批次', says: '标准采用好了，就可以开今年的', href: '/rounds/new' }];
  if (new Set(lines.map(line => line.round)).size > 1 || may(actor, 'case.admit', { id: first.roundId, paths: [first.roundPath] }) !== true) return [];
  const missing = await lacking(office.read, { no: first.round, path: first.roundPath });
  return missing === 0 ? [] : [{ icon: 'plus', kind: '', title: `${missing} 户新登记的还没列进批次`, says: '夜里会自动列入，也可以现在就列', href: `/rounds/${first.roundId}` }];
}

async function filesOf({ office, actor }: Asking): Promise<readonly Item[]> {
  if (!holds(actor, 'import.load')) return [];
  return (await handedBy(office, actor.id)).filter(one => one.standing === 'checked' || one.standing === 'stopped').slice(0, 5).map(one => ({
    icon: 'file', kind: one.standing === 'stopped' ? 'care' : '', title: one.standing === 'stopped' ? `${one.fileName} 导入到一半停下了` : `${one.fileName} 检查过了，还没导入`, says: one.standing === 'stopped' ? '已经导入的还在，可以接着做' : '看看检查结果，再决定导不导入', href: `/imports/${one.id}`,
  }));
}

async function standardsOf({ office, actor, day }: Asking): Promise<readonly Item[]> {
  const [rows, events, counties] = await Promise.all([standardRows(office.read), standardEvents(office.read), countiesOf(office.read, actor, 'standard.keep')]);
  const kept = rows.filter(row => counties.some(county => county.no === row.county_no && useOf(events, { standard: row.hash, county: county.no, day }) === 'kept'));
  const [only] = kept;
  const missing = counties.filter(county => !rows.some(row => row.kind === 'household' && useOf(events, { standard: row.hash, county: county.no, day }) === 'adopted'));
  return [
    ...missing.map(county => ({ icon: 'list', kind: 'care' as const, title: `${county.name}还没有正在用的农户标准`, says: '导入或选一份现成的，看过算例再采用', href: '/standards' })),
    ...kept.length === 0 ? [] : [{ icon: 'list', kind: '' as const, title: `${kept.length} 份标准导入了，还没采用`, says: kept.slice(0, 3).map(row => row.title).join('、'), href: only !== undefined && kept.length === 1 ? `/standards/${only.hash}` : '/standards' }],
  ];
}

async function keepingOf({ office, actor, day }: Asking): Promise<readonly Item[]> {
  const year = day.slice(5, 7) === '12' ? String(Number(day.slice(0, 4)) + 1) : day.slice(0, 4);
  const [place, known] = await Promise.all([officePlace(office.read), knowsYear(office.read, year)]);
  const paths = reach(actor, 'officer.appoint');
  // A county's administrator keeps an office that may be set up for one township only.
  const unstaffed = await villagesUnstaffed(office.read, place === undefined ? paths : paths.flatMap(path => within(path, place.path) ? [path] : within(place.path, path) ? [place.path] : []), day);
  return [
    ...place === undefined ? [{ icon: 'place', kind: 'care' as const, title: '还没有定这套系统管哪里', says: '选一个乡镇、一个县或者全市', href: '/settings' }] : [],
    ...known ? [] : [{ icon: 'calendar', kind: 'care' as const, title: `${year} 年的节假日还没登记`, says: '公示期和答复期按工作日算，缺了会算错', href: `/calendar?year=${year}` }],
    ...unstaffed.length === 0 ? [] : [{ icon: 'people', kind: '' as const, title: `${unstaffed.length} 个村还没有村评议小组`, says: `${listed(unstaffed)}：给村里的人加上岗位，他们才能初评`, href: '/officers/new?role=villageCommittee' }],
  ];
}

async function accountsOf({ office, actor, at }: Asking): Promise<readonly Item[]> {
  const { locked, fresh } = await accountsAsking(office.read, reach(actor, 'officer.secure'), at);
  return [
    ...locked === 0 ? [] : [{ icon: 'lock', kind: 'care' as const, title: `${locked} 个账号因为输错口令锁住了`, says: '问清是不是本人，再解锁', href: '/officers?asking=locked' }],
    ...fresh === 0 ? [] : [{ icon: 'person', kind: '' as const, title: `${fresh} 个账号还没换掉第一次的口令`, says: '提醒本人登录一次，自己定口令', href: '/officers?asking=fresh' }],
  ];
}

async function ledgerOf({ office }: Asking): Promise<readonly Item[]> {
  const last = await lastVerified(office);
  if (last === undefined) return [{ icon: 'check', kind: '', title: '台账还没校验过', says: '夜里会自动校验，也可以现在就做', href: '/ledger/verified' }];
  const wrong = last.findings.length + last.more;
  return wrong === 0 ? [] : [{ icon: 'triangle', kind: 'care', title: `台账校验发现 ${wrong} 处不对`, says: '逐条看是哪里、哪一条', href: '/ledger/verified' }];
}
