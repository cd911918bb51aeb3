import type { TestFn } from 'ava';
import type { Office } from '../../src/office.ts';
import { sheetCode } from '../../src/ratings/sheet-code.ts';
import type { SetClock } from './clock.ts';
import { openDemo } from './demo.ts';
import { serve } from './visit.ts';
import { walk, type Walked } from './walk.ts';

/** One account of each role, and nobody at all. */
export const people = ['', 'wangge', 'cun', 'jiandu', 'pingyi', 'chuangkou', 'weiyuan', 'zhuren', 'nongshang', 'biaozhun', 'xiaozu', 'zuzhang', 'xitong', 'anquan', 'shenji'] as const;
export type Account = (typeof people)[number];

export interface Shown { readonly office: Office; readonly clock: SetClock; readonly origin: string; readonly walked: (accounts: readonly Account[]) => Promise<Walked> }

/** The demonstration that all tests of one file look at, filled once; none of them may write what another reads. */
export function sharedDemo(test: TestFn): () => Promise<Shown> {
  const ends: (() => unknown)[] = [];
  const keeper = { teardown: (end: () => unknown): void => { ends.unshift(end); } };
  let opened: Promise<Shown> | undefined;
  test.after.always(async () => { for (const end of ends) await end(); });
  return () => opened ??= (async (): Promise<Shown> => {
    const { office, clock } = await openDemo(keeper);
    const origin = await serve(keeper, office);
    return { office, clock, origin, walked: async accounts => walk(office, origin, accounts, await byHand(office)) };
  })();
}

/** Pages one comes to with a QR code, a paper in the hand, or a link of a mail: no page leads there. And a household about which something is written down that can be put right, a sitting that is over, an objection that is answered and a round that is closed: few are, and the walk looks at one page of a kind. */
async function byHand(office: Office): Promise<Partial<Record<Account, readonly string[]>>> {
  const certificate: { no: string } | undefined = await office.read('certificates').orderBy('no').first('no');
  const deed: { round: string; household: string } | undefined = await office.read('events as e').join('rounds as r', 'r.no', 'e.round').join('cases as c', join => join.on('c.round', 'e.round').andOn('c.subject', 'e.subject')).join('households as h', 'h.no', 'e.subject')
    .join('indicators as i', 'i.no', 'e.indicator').join('places as p', 'p.no', 'h.village_no').where({ 'i.key': 'conduct', 'p.name': '楚东居委会' }).whereNull('e.voided').whereNull('r.closed_on').whereIn('c.standing', ['open', 'collected', 'rated']).first('r.id as round', 'h.id as household');
  const objection: { receipt: string } | undefined = await office.read('objections').first('receipt');
  const answered: { id: string } | undefined = await office.read('objections').join('answers', 'answers.objection', 'objections.id').join('households', 'households.no', 'objections.subject').first('objections.id');
  const rated: { round: number; subject: number; revision: number } | undefined = await office.read('current_ratings').join('households', 'households.no', 'current_ratings.subject').orderBy('current_ratings.round').orderBy('current_ratings.subject').first('current_ratings.round', 'current_ratings.subject', 'current_ratings.revision');
  const sitting: { id: string } | undefined = await office.read('sittings').where({ state: 'done' }).first('id');
  const over: { id: string } | undefined = await office.read('rounds').whereNotNull('closed_on').first('id');
  return { '': [`/certificates/${certificate?.no ?? ''}/check`, `/receipts/${objection?.receipt ?? ''}`, ...rated === undefined ? [] : [`/object/sheet/${sheetCode(office.secrets, rated)}`]], cun: deed === undefined ? [] : [`/observations/${deed.round}/${deed.household}/check`], zhuren: [`/certificates/${certificate?.no ?? ''}`, `/sittings/${sitting?.id ?? ''}`, `/rounds/${over?.id ?? ''}/archive`, `/objections/${answered?.id ?? ''}`] };
}
