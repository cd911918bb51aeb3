import { checks, choice, day, text, wholeNumber, yesNo } from '../kit/fields.ts';
import { form, type Fault } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { shares, type Share } from '../panels/committee-rules.ts';
import type { Choice } from '../people/form.ts';
import type { Day } from '../kit/time.ts';
import { ballots, decisions, type Ballot, type Decision } from './sitting.ts';

/** Seats as answers of a form. */
export const choicesOf = (seats: readonly { readonly officer: string; readonly name: string }[]): readonly Choice[] => seats.map(seat => ({ key: seat.officer, label: seat.name }));

const options = <K extends string>(words: Readonly<Record<K, string>>): readonly { readonly key: K; readonly label: string }[] => (Object.entries(words) as [K, string][]).map(([key, label]) => ({ key, label }));

export const conveneForm = (members: readonly Choice[], from: Day) => form({
  day: day('哪天开', { from }), venue: text('在哪里开', { most: 40, hint: '例如：村部会议室' }),
  chair: choice('谁主持', members, { select: true }), ballot: choice<Ballot>('怎么表决', options(ballots)),
}, (): Fault[] => []);

/** Roll call. */
export const rollForm = (members: readonly Choice[]) => form({ present: checks('到会的人', members), chair: choice('谁主持', members, { select: true }) }, (): Fault[] => []);

const words = text('理由', { optional: true, lines: true, most: limits.textCharacters, hint: '退回的、主持人另定的要写。不写家里的私事' });
/** What stands beside the votes of an item. The chair leaves `decision` empty where the votes decide. */
export const itemForm = form({ decision: choice<Decision>('主持人另定', options(decisions), { optional: true }), words, looked: yesNo('抽看') });
export const pinForm = (members: readonly Choice[]) => form({ officer: choice('谁', members, { select: true }), pin: text('确认密码', { secret: true, most: 6, hint: '6 位数字，别人看不到' }) }, (): Fault[] => []);

export const ruleForm = form({ required: yesNo('必须开会'), share: choice<Share>('至少要到', options(shares)), confirms: wholeNumber('几个人确认', { least: 1, most: 30, hint: '输确认密码的人数，主持人在内。到会的人不够这个数时，到会的都确认' }) });
