import { addWorkingDays, type Calendar } from '../kit/calendar.ts';
import { addDays, type Day } from '../kit/time.ts';

export const ways = { web: '手机或电脑', hall: '当面', phone: '电话' } as const;
export type Way = keyof typeof ways;
export const outcomes = { upheld: '异议成立，重新核实', kept: '核实过，维持原来的结果', withdrawn: '提出的人撤回了' } as const;
export type Outcome = keyof typeof outcomes;
export { ratingTopic } from '../rounds/disputed.ts';

/** How pages name what is objected to, and what becomes of it when the objection is right. */
export const disputedWords = {
  household: { it: '这一户', others: '别家照常', upheld: '这一户回到采集，核实后重新算分、重新公示' },
  village: { it: '这个称号', others: '别的村照常', upheld: '这个称号退回村里，重新汇总、重新申报、重新公示' },
  township: { it: '这个称号', others: '别的镇照常', upheld: '这个称号退回镇里，重新汇总、重新申报、重新公示' },
} as const;

/** The same of a bank's look at a household. */
export const lookWords = { it: '这次查看', others: '评定照常', upheld: '银行改正，并在答复里写明怎么改' } as const;

/** Working days within which the village answers in writing (domain 2.1, step 7). */
export const answerWorkingDays = 7;
/** The day of lodging is not counted; the last day is a working day. */
export const dueDay = (lodgedOn: Day, calendar: Calendar): Day => addWorkingDays(lodgedOn, answerWorkingDays, calendar);

/** Days, holidays among them, within which what a bank gave is looked into and answered (征信业管理条例 25). The day of lodging is not counted; the last day is a working day. */
export const bankDays = 20;
export const bankDueDay = (lodgedOn: Day, calendar: Calendar): Day => addWorkingDays(addDays(lodgedOn, bankDays), 0, calendar);

/** Letters and digits that are not mistaken for one another when read out over the phone. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A receipt from ten random bytes, `7KQM-2TXH-9R`: nobody finds another person's by trying. */
export function receiptFrom(random: Uint8Array): string {
  const signs = Array.from(random.slice(0, 10), byte => letters.charAt(byte % letters.length)).join('');
  return `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}`;
}
/** What a person typed from a slip of paper; undefined when it cannot be one. */
export function readReceipt(text: string): string | undefined {
  const signs = text.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '');
  return signs.length === 10 && [...signs].every(sign => letters.includes(sign)) ? `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}` : undefined;
}
