import { numberText } from '../households/household.ts';
import type { Day } from '../kit/time.ts';
import { day as dayWords } from '../web/helpers.ts';
import { endOf, invitationOf, outcomeWords, waitsFor, type Change, type Outcome, type Step } from './award.ts';
import type { Target } from './target.ts';

export const stepWords: Readonly<Record<Step, string>> = { invited: '通知送到', heard: '听了本人意见', agreed: '同意', declined: '不同意，保持原样', dropped: '撤下' };

/** How a proposal stands: shape, colour, word. */
export function stateOf(change: Pick<Change, 'steps' | 'outcome'>, day: Day, kind: Target['kind']): { readonly icon: string; readonly kind: string; readonly words: string } {
  const end = endOf(change);
  if (end !== undefined) return end.step === 'agreed' ? { icon: 'tick', kind: 'done', words: `定了：${outcomeWords[change.outcome]}` } : { icon: 'undo', kind: '', words: stepWords[end.step] };
  const waits = waitsFor(change, day);
  if (waits === 'invitation') return { icon: 'file', kind: 'moving', words: '等送通知' };
  if (waits === 'hearing') return { icon: 'clock', kind: 'moving', words: `听意见到${dayWords(invitationOf(change)?.speak_until ?? day)}` };
  return { icon: 'clock', kind: 'moving', words: kind === 'household' ? '等镇里定' : '等县里定' };
}

/** 从 AA 到 A；没有等级的称号只说取消不取消。 */
export function outcomeLine(outcome: Outcome, before: string, after: string): string {
  if (outcome === 'keep') return before === '' ? '保持称号' : `保持 ${before}`;
  return outcome === 'cancel' ? before === '' ? '取消称号' : `取消（现在是 ${before}）` : `${outcomeWords[outcome]}：${before} → ${after}`;
}

export const nameOf = (one: { readonly household_no: number | null; readonly head_name: string | null; readonly place: string }): string => one.household_no === null ? one.place : `${numberText(one.household_no)} ${one.head_name ?? ''}`;
