import { roles, type Officer, type Role } from '../access/actor.ts';
import type { Frame, Tab } from '../web/render.ts';
import type { Visit } from '../web/visit.ts';
import { helpHref } from './help.ts';

interface Entry { readonly label: string; readonly href: string; readonly icon: string }
const tab = (label: string, href: string, icon: string): Entry => ({ label, href, icon });

const desk = tab('待我办', '/desk', 'home');
const households = tab('农户', '/households', 'house');
const review = tab('评议', '/reviews', 'people');
const notices = tab('公示', '/notices', 'board');
const rolls = tab('光荣榜', '/rolls', 'star');
const ledger = tab('台账', '/ledger', 'list');
const fair = tab('公平监测', '/fairness', 'eye');
const rounds = tab('批次', '/rounds', 'calendar');
const reports = tab('报表', '/reports', 'book');

/** At most six entries a role (looks §8); the first post that has a place on the list decides. */
const entries: Readonly<Record<Role, readonly Entry[]>> = {
  gridWorker: [tab('今天', '/today', 'home'), households, tab('记一件事', '/events/new', 'pen'), tab('期限', '/due', 'clock'), tab('我的', '/me', 'person')],
  villageCommittee: [desk, tab('采集', '/today', 'pen'), households, review, notices, rolls],
  villageSupervisor: [desk, households, notices, fair, ledger, reports],
  peerReviewer: [desk, tab('背靠背评议', '/peers', 'people'), rounds],
  hallDesk: [desk, households, tab('权益窗口', '/rights', 'person'), tab('异议', '/objections', 'flag'), rolls, tab('导入', '/imports', 'file')],
  townshipMember: [desk, review, notices, tab('村和镇', '/titles', 'map'), rolls, households],
  townshipChair: [desk, review, notices, tab('村和镇', '/titles', 'map'), rolls, ledger],
  coopOfficer: [tab('授权农户', '/coop', 'people'), tab('村情', '/coop/villages', 'map'), tab('我的查看记录', '/coop/lookups', 'list')],
  standardsAdmin: [desk, tab('评定标准', '/standards', 'list'), tab('依据', '/law', 'book'), tab('基数', '/bases', 'map'), tab('模拟', '/simulations', 'again'), reports],
  leadingMember: [desk, tab('村和镇', '/titles', 'map'), rolls, reports],
  leadingChair: [desk, tab('村和镇', '/titles', 'map'), rolls, ledger, reports],
  systemAdmin: [desk, tab('区划', '/places', 'map'), tab('人员', '/officers', 'people'), tab('节假日', '/calendar', 'calendar'), tab('导入导出', '/imports', 'list'), tab('设置', '/settings', 'pen')],
  securityAdmin: [desk, tab('人员', '/officers', 'people')],
  auditor: [desk, fair, ledger, tab('校验', '/ledger/verified', 'check'), reports],
};

/** What the layouts show around a page for this visitor. */
export async function frameFor(visit: Pick<Visit, 'office' | 'actor' | 'path'>): Promise<Omit<Frame, 'title' | 'large' | 'largeHref' | 'csrf' | 'notice'>> {
  const { actor } = visit;
  if (actor.kind !== 'officer') return { tabs: [], office: await officeName(visit) };
  const post = actor.posts[0];
  return {
    tabs: tabsFor(actor, visit.path),
    person: { name: actor.name, post: post === undefined ? '' : roles[post.role], href: '/me' },
    place: post?.placeName ?? '',
    help: { label: '帮助', href: helpHref(visit.path) },
  };
}

/** Where the tabs of an officer lead. */
export const tabHrefs = (actor: Officer): readonly string[] => { const post = actor.posts[0]; return post === undefined ? [] : entries[post.role].map(entry => entry.href); };

function tabsFor(actor: Officer, path: string): Tab[] {
  const post = actor.posts[0];
  const list = post === undefined ? [desk] : entries[post.role];
  const current = list.filter(entry => path === entry.href || path.startsWith(`${entry.href}/`)).sort((a, b) => b.href.length - a.href.length)[0];
  return list.map(entry => entry === current ? { ...entry, current: true } : entry);
}

async function officeName(visit: Pick<Visit, 'office'>): Promise<string> {
  const row: { value: string } | undefined = await visit.office.read('settings').where({ name: 'office.title' }).first('value');
  return row?.value ?? '乡信';
}
