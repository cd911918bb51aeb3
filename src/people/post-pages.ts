import { may } from '../access/may.ts';
import { fault, taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { closeAccount, reopenAccount } from './close-account.ts';
import { dismiss } from './dismiss.ts';
import { closeForm, dismissForm, handOverForm, leaveForm, reviseForm } from './form.ts';
import { handOver } from './hand-over.ts';
import { endLeave, takeLeave } from './leave.ts';
import { officerToRead } from './officer-pages.ts';
import { colleagues, postLines } from './present.ts';
import { banks, isOpen, officerAsSubject, postsOf, type OfficerRow } from './queries.ts';
import { resetPassword, unlock, endSessions } from './secure.ts';
import { reviseOfficer } from './revise-officer.ts';

interface Words { readonly heading: string; readonly button: string; readonly effects?: readonly string[]; readonly ticks?: readonly { readonly name: string; readonly value: string; readonly label: string; readonly checked: boolean }[]; readonly care?: boolean }

const shown = (visit: Visit, officer: OfficerRow, form: Parameters<typeof formModel>[0], trouble: Trouble | undefined, first: Readonly<Record<string, string>>, words: Words): Reply => page('people/edit', {
  title: words.heading, heading: words.heading, button: words.button, effects: words.effects ?? [], ticks: words.ticks ?? [], action: visit.path,
  crumbs: [{ label: '人员', href: '/officers' }, { label: officer.name, href: `/officers/${officer.id}` }], back: `/officers/${officer.id}`,
  form: formModel(form, { raw: trouble === undefined ? first : visit.raw, faults: trouble?.faults ?? [] }),
});

const bankChoices = async (visit: Visit) => (await banks(visit.office.read)).map(bank => ({ key: bank.id, label: bank.name }));

export async function showRevise(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const officer = await officerToRead(visit);
  requireOn(visit, 'officer.appoint', await officerAsSubject(visit.office.read, officer.id, visit.day));
  return shown(visit, officer, reviseForm(await bankChoices(visit)), trouble, { name: officer.name, phone: officer.phone_sealed === null ? '' : visit.office.secrets.open(officer.phone_sealed), bank: officer.bank ?? '' }, { heading: `更正${officer.name}的资料`, button: '保存' });
}
export async function saveRevise(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  await reviseOfficer(visit.office, visit.actor, { officer: officer.id, ...taken(reviseForm(await bankChoices(visit)), visit.raw) });
  return seeOther(`/officers/${officer.id}`, '资料已经保存。');
}

function requireOn(visit: Visit, power: 'officer.appoint', subject: { readonly id: string; readonly paths: readonly string[] }): void {
  const leave = may(visit.actor, power, subject);
  if (leave !== true) common.refuse('not-allowed', { why: leave });
}

export async function showDismiss(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const officer = await officerToRead(visit);
  const post = (await postsOf(visit.office.read, [officer.id])).find(one => one.id === visit.params['post']) ?? common.refuse('not-found');
  requireOn(visit, 'officer.appoint', { id: officer.id, paths: [post.path] });
  const [line] = await postLines(visit, [post]);
  return shown(visit, officer, dismissForm, trouble, { from: visit.day }, { heading: `免去${officer.name}的${line?.place ?? ''}${line?.role ?? ''}`, button: '免去这个岗位', effects: ['从那天起，这个岗位的事这个人就办不了了。', '以前做的都留着，还记在这个人名下。'] });
}
export async function saveDismiss(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  const given = taken(dismissForm, visit.raw);
  await dismiss(visit.office, visit.actor, { officer: officer.id, post: visit.params['post'] ?? '', ...given });
  return seeOther(`/officers/${officer.id}`, `${given.from} 起免去。`);
}

export async function showClose(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const officer = await officerToRead(visit);
  requireOn(visit, 'officer.appoint', await officerAsSubject(visit.office.read, officer.id, visit.day));
  const open = (await postsOf(visit.office.read, [officer.id])).filter(post => isOpen(post, visit.day));
  return shown(visit, officer, closeForm, trouble, {}, { heading: `停用${officer.name}的账号`, button: '停用账号', effects: [`现有 ${open.length} 个岗位今天起全部免去。手上的网格要有人接，先办交接。`, '所有设备上立即退出，以后登录不了。', '以前做的都留着。停用以后还可以恢复账号，岗位要重新任命。'] });
}
export async function saveClose(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  await closeAccount(visit.office, visit.actor, { officer: officer.id, ...taken(closeForm, visit.raw) });
  return seeOther(`/officers/${officer.id}`, { kind: 'done', words: `${officer.name}的账号停用了。`, undo: { label: '恢复账号', action: `/officers/${officer.id}/reopen` } });
}
export async function reopen(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  await reopenAccount(visit.office, visit.actor, officer.id);
  return seeOther(`/officers/${officer.id}`, '账号恢复了，还没有岗位，请重新任命。');
}

export async function showLeave(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const officer = await officerToRead(visit);
  return shown(visit, officer, leaveForm(await colleagues(visit, officer.id, visit.day)), trouble, { from: visit.day, to: visit.day }, { heading: `${officer.name}请假，谁来代班`, button: '登记请假', effects: ['这几天，岗位由代班的人办；到期自动还回来。', '代班的人办的事，记在代班的人名下。'] });
}
export async function saveLeave(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  const given = taken(leaveForm(await colleagues(visit, officer.id, visit.day)), visit.raw);
  const id = await takeLeave(visit.office, visit.actor, { officer: officer.id, ...given });
  return seeOther(`/officers/${officer.id}`, { kind: 'done', words: `${given.from} 至 ${given.to} 的代班登记好了。`, undo: { label: '撤销', action: `/leaves/${id}/end` } });
}
export async function stopLeave(visit: Visit): Promise<Reply> {
  await endLeave(visit.office, visit.actor, visit.params['id'] ?? '');
  return seeOther('/officers', '代班结束了，岗位已经还回本人。');
}

export async function showHandOver(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const officer = await officerToRead(visit);
  const open = (await postsOf(visit.office.read, [officer.id])).filter(post => isOpen(post, visit.day));
  const chosen = trouble === undefined ? open.map(post => post.id) : ticked(visit);
  const ticks = (await postLines(visit, open)).map(line => ({ name: 'posts', value: line.id, label: `${line.place} ${line.role}`, checked: chosen.includes(line.id) }));
  return shown(visit, officer, handOverForm(await colleagues(visit, officer.id, visit.day), visit.day), trouble, { day: visit.day }, { heading: `把${officer.name}的工作交给另一个人`, button: '交接', ticks, effects: ['网格里没走完的户、没写完的草稿，从那天起都归接手的人。', '以前做的还记在原来的人名下。'] });
}
export async function saveHandOver(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  const given = taken(handOverForm(await colleagues(visit, officer.id, visit.day), visit.day), visit.raw);
  const posts = ticked(visit);
  if (posts.length === 0) fault('posts', 'missing', '请至少选一个要交接的岗位。');
  const count = await handOver(visit.office, visit.actor, { from: officer.id, posts, ...given });
  return seeOther(`/officers/${officer.id}`, `${count} 个岗位从 ${given.day} 起交接。`);
}
const ticked = (visit: Visit): readonly string[] => { const given = visit.raw['posts']; return Array.isArray(given) ? given.map(String) : typed(visit.raw, 'posts') === '' ? [] : [typed(visit.raw, 'posts')]; };

export async function freeAccount(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  await unlock(visit.office, visit.actor, officer.id);
  return seeOther(`/officers/${officer.id}`, '解锁了，可以再登录。');
}
export async function giveNewPassword(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  const password = await resetPassword(visit.office, visit.actor, officer.id);
  return page('people/told', { title: '新口令', heading: `${officer.name}的口令重设好了`, login: officer.login, password, back: `/officers/${officer.id}` });
}
export async function signOutAll(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  await endSessions(visit.office, visit.actor, officer.id);
  return seeOther(`/officers/${officer.id}`, `${officer.name}在所有设备上都退出了。`);
}
