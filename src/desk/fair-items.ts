import { holds, may, reach } from '../access/may.ts';
import type { Officer } from '../access/actor.ts';
import { waitsFor } from '../awards/award.ts';
import { isMine } from '../awards/mine.ts';
import { openChanges } from '../awards/queries.ts';
import { checksFor, drawsWaiting } from '../fairness/queries.ts';
import { limits } from '../kit/limits.ts';
import type { Office } from '../office.ts';
import { ownReviews } from '../peers/queries.ts';
import { placeNames } from '../places/queries.ts';
import { reportOf } from '../pledges/pledge.ts';
import { pledgesAsking } from '../pledges/queries.ts';
import { repairsAwaited, repairsToHand } from '../repairs/queries.ts';
import { standingOf } from '../repairs/repair.ts';
import { answerPower, rightKinds } from '../rights/right.ts';
import { rightsAwaited, rightsToHand } from '../rights/queries.ts';
import { answerSubject } from '../rights/seat.ts';
import { isUntold, waitingBelow } from '../tellings/queries.ts';
import type { Item } from './item.ts';

interface Asking { readonly office: Office; readonly actor: Officer; readonly day: string }

/** What takes points waits for a second pair of eyes, then to be told to the person; nobody is asked to confirm the own word. */
export async function tellingItems({ office, actor, day }: Asking): Promise<readonly Item[]> {
  const [confirm, give] = [reach(actor, 'telling.confirm'), reach(actor, 'telling.give')];
  if (confirm.length + give.length === 0) return [];
  const waiting = (await waitingBelow(office.read, [...confirm, ...give], day, limits.rowsPerPageMost)).filter(isUntold);
  const [unsure, untold] = [waiting.filter(one => !one.confirmed && one.by !== actor.id), waiting.filter(one => one.confirmed)];
  return [
    ...confirm.length === 0 || unsure.length === 0 ? [] : [{ icon: 'eye', kind: '' as const, title: `${unsure.length} 件减分的事等您核实`, says: '别人记的，看过凭证再定；核实以前不算分', href: '/tellings' }],
    ...give.length === 0 || untold.length === 0 ? [] : [{ icon: 'file', kind: '' as const, title: `${untold.length} 件减分的事等告知本人`, says: '打印告知书送到；不告知就不能算分', href: '/tellings' }],
  ];
}

/** The own sheets of an evaluator that are not handed in. */
export async function peerItems({ office, actor }: Asking): Promise<readonly Item[]> {
  if (!holds(actor, 'peer.judge')) return [];
  const own = (await ownReviews(office.read, actor.id)).filter(one => one.how === 'tablet' && one.done_at === null);
  const names = await placeNames(office.read, own.map(one => one.group_no));
  return own.map(one => ({ icon: 'people', kind: 'moving', title: `${names.get(one.group_no)?.full ?? ''}等您评`, says: '各评各的，不商量；不了解的选“不清楚”', href: `/peers/${one.id}/sheet`, due: one.until }));
}

/** Reports on pledges wait for somebody who did not make them. */
export async function pledgeItems({ office, actor, day }: Asking): Promise<readonly Item[]> {
  const paths = reach(actor, 'pledge.judge');
  if (paths.length === 0) return [];
  const waiting = (await pledgesAsking(office.read, paths, day, limits.rowsPerPageMost)).filter(pledge => { const report = reportOf(pledge); return report !== undefined && report.by !== actor.id; });
  return waiting.length === 0 ? [] : [{ icon: 'eye', kind: '', title: `${waiting.length} 份承诺做到没有，等您核定`, says: '别人报的，看过凭证再定', href: '/pledges' }];
}

/** Applications for repair, each with the day on which it is due. */
export async function repairItems({ office, actor }: Asking): Promise<readonly Item[]> {
  return [...await decideItems(office, actor), ...await handItems(office, actor)];
}

async function handItems(office: Office, actor: Officer): Promise<readonly Item[]> {
  const paths = reach(actor, 'repair.apply');
  const decided = paths.length === 0 ? [] : await repairsToHand(office.read, paths, limits.rowsPerPageMost);
  return decided.length === 0 ? [] : [{ icon: 'file', kind: '', title: `${decided.length} 份修复文书等送到本人手里`, says: '决定书和告知书一起送，送了登记', href: '/repairs' }];
}

async function decideItems(office: Office, actor: Officer): Promise<readonly Item[]> {
  const paths = reach(actor, 'repair.decide');
  if (paths.length === 0) return [];
  return (await repairsAwaited(office.read, paths, 20)).filter(repair => standingOf(repair.steps) === 'applied' || repair.by !== actor.id).map(repair => {
    const isNew = standingOf(repair.steps) === 'applied';
    return { icon: 'half', kind: 'moving', title: `${String(repair.household_no).padStart(3, '0')} 号户的修复申请等${isNew ? '受理' : '决定'}`, says: isNew ? '看材料齐不齐' : '没有记过、核实过这件事的同志决定', href: `/repairs/${repair.id}`, due: isNew ? repair.accept_by : repair.decide_by };
  });
}

/** What people asked for at the rights desk: answers by due day, for whoever may give them; papers to be handed over. */
export async function rightItems({ office, actor }: Asking): Promise<readonly Item[]> {
  const [answer, open] = [reach(actor, 'right.answer'), reach(actor, 'right.open')];
  const asked = answer.length === 0 ? [] : await rightsAwaited(office.read, answer, 20);
  const own = await Promise.all(asked.map(async right => may(actor, answerPower(right.kind), await answerSubject(office.read, right)) === true));
  const done = open.length === 0 ? [] : await rightsToHand(office.read, open, limits.rowsPerPageMost);
  return [
    ...asked.filter((_, at) => own[at]).map(right => ({ icon: 'person', kind: 'moving' as const, title: `${String(right.household_no).padStart(3, '0')} 号户${rightKinds[right.kind]}，等您答复`, says: '本人到窗口要求的，看清楚再写', href: `/rights/${right.id}`, due: right.due_on })),
    ...done.length === 0 ? [] : [{ icon: 'file', kind: '' as const, title: `${done.length} 份答复等送到本人手里`, says: '打印、送到、登记送达', href: '/rights' }],
  ];
}

/** Signals that somebody was asked to look into, and drawn households that nobody has seen again. */
export async function fairnessItems({ office, actor }: Asking): Promise<readonly Item[]> {
  // Who walks there is of the village; the township finds its draws under 公平监测.
  const paths = reach(actor, 'revisit.record').filter(path => /\/v\d+\//.test(path));
  const [checks, draws] = await Promise.all([checksFor(office.read, actor.id, 20), paths.length === 0 ? [] : drawsWaiting(office.read, paths)]);
  return [
    ...checks.map(check => ({ icon: 'eye', kind: 'moving' as const, title: '公平核查，等您写结论', says: check.figures, href: `/checks/${check.id}`, due: check.due_on })),
    ...draws.map(draw => ({ icon: 'eye', kind: '' as const, title: `${draw.name}抽查回访，还有 ${draw.left} 户`, says: '由没有采集过的同志再去看一遍', href: `/draws/${draw.id}` })),
  ];
}

/** What was put forward after an award: to be taken to the person, or to be decided by somebody else. */
export async function awardItems({ office, actor, day }: Asking): Promise<readonly Item[]> {
  if (!holds(actor, 'award.hear') && !holds(actor, 'case.approve') && !holds(actor, 'title.approve')) return [];
  const mine = (await openChanges(office.read, reach(actor, 'award.read'), limits.rowsPerPageMost)).filter(change => isMine({ actor, day }, change));
  const [decide, tell] = [mine.filter(one => waitsFor(one, day) === 'decision').length, mine.filter(one => waitsFor(one, day) !== 'decision').length];
  return [
    ...decide === 0 ? [] : [{ icon: 'tick', kind: 'moving' as const, title: `年审和变动，${decide} 件等您定`, says: '别的同志照记录提的', href: '/awards' }],
    ...tell === 0 ? [] : [{ icon: 'people', kind: 'moving' as const, title: `降级、取消以前，${tell} 件要先听本人怎么说`, says: '打印通知送到，把本人的话记下来', href: '/awards' }],
  ];
}
