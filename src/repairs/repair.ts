import type { Terms } from '../calendar/terms.ts';
import { addWorkingDays, type Calendar } from '../kit/calendar.ts';
import { addMonths, type Day } from '../kit/time.ts';
import type { Span } from '../observations/span.ts';
import { breachOf, breaches, type Breach } from '../standards/breach.ts';
import type { EventItem } from '../standards/kinds/event-item.ts';

/** The last days on which an application is taken up and decided. */
export const dueDays = (appliedOn: Day, { accept, decide }: Pick<Terms, 'accept' | 'decide'>, calendar: Calendar): { readonly accept_by: Day; readonly decide_by: Day } => ({ accept_by: addWorkingDays(appliedOn, accept, calendar), decide_by: addWorkingDays(appliedOn, accept + decide, calendar) });

/** Taken up, sent back for want of papers, granted, refused; the two papers handed over; taken back because the pledge was not true. */
export const steps = { accepted: '受理', returned: '材料不齐，退回补', granted: '同意修复', refused: '不同意修复', handed: '两份文书一起送达', recalled: '撤回修复' } as const;
export type Step = keyof typeof steps;
export type Standing = 'applied' | Exclude<Step, 'handed'>;
export const standingWords: Readonly<Record<Standing, string>> = { applied: '等受理', accepted: '受理了，等决定', returned: '退回补材料', granted: '已经修复', refused: '没有同意修复', recalled: '修复撤回了' };

export const standingOf = (done: readonly { readonly step: Step }[]): Standing => {
  const last = done.findLast(one => one.step !== 'handed');
  return last === undefined || last.step === 'handed' ? 'applied' : last.step;
};
export const isOpen = (standing: Standing): boolean => standing === 'applied' || standing === 'accepted';

/** What must hold before somebody may ask (order 36): told and counting, put right, and shown for the least time of its class. */
export interface Conditions { readonly breach: Breach; /** From this day on it may be asked for. */ readonly from: Day; /** On this day it ends by itself. */ readonly ends: Day; readonly lacks: readonly string[] }

export function conditionsFor(event: { readonly day: Day; readonly span: Span | undefined; readonly isCured: boolean }, item: EventItem, day: Day): Conditions {
  const breach = breachOf(item);
  const begins = event.span?.from ?? event.day;
  const from = addMonths(begins, breaches[breach].leastMonths);
  const ends = addMonths(event.day, item.lifeMonths);
  const lacks = [
    ...begins > day ? ['还没有开始算分，不用修复；有意见可以说明、提异议'] : [],
    ...ends <= day ? ['已经到期，自己停了，不用修复'] : [],
    ...event.span?.until !== undefined && event.span.until <= day ? ['已经修复了'] : [],
    ...event.isCured ? [] : ['还没有登记改正：先交改正的照片，记为已改正'],
    ...from > day && begins <= day ? [`“${breaches[breach].label}”的，开始算分满 ${breaches[breach].leastMonths} 个月才能申请，到 ${from}`] : [],
  ];
  return { breach, from, ends, lacks };
}

export const platforms = { creditchina: '信用中国', court: '中国执行信息公开网', tax: '税务部门' } as const;
export type Platform = keyof typeof platforms;
/** Where it is asked for: there, never here. */
export const platformHrefs: Readonly<Record<Platform, string>> = { creditchina: 'https://www.creditchina.gov.cn/xyxf/', court: 'https://zxgk.court.gov.cn/', tax: 'https://www.chinatax.gov.cn/' };
export const stateStandings = { shown: '还在公示', asked: '已经在那边申请', repaired: '那边已经修复', none: '查过，没有' } as const;
export type StateStanding = keyof typeof stateStandings;
