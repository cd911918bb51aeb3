import type { Knex } from 'knex';
import type { Loaded } from '../households/load.ts';
import type { Day } from '../kit/time.ts';
import { outcomes as answers, type Outcome } from '../objections/objection.ts';
import { standingOf as pledgeStanding, standingWords as pledgeWords } from '../pledges/pledge.ts';
import { pledgesOf } from '../pledges/queries.ts';
import { purposes } from '../pledges/texts.ts';
import { repairsOf, stateItemsOf } from '../repairs/queries.ts';
import { platforms, standingOf as repairStanding, standingWords as repairWords, stateStandings } from '../repairs/repair.ts';
import { steps, type Step } from '../tellings/telling.ts';
import { rightsOf } from './queries.ts';
import { rightKinds, standingWords } from './right.ts';

/** What else is kept about a household, a line each, latest first. */
export async function recordLines(read: Knex, { row }: Pick<Loaded, 'row'>, day: Day): Promise<readonly string[]> {
  const [pledges, repairs, state, statements, tellings, objections, missed, notices, asked, photos] = await Promise.all([
    pledgesOf(read, row.id), repairsOf(read, { household: row.id }), stateItemsOf(read, row.id),
    read('statements').where({ subject: row.no }).select<{ day: Day; words: string }[]>('day', 'words'),
    read('tellings').where({ household: row.id }).select<{ day: Day; step: Step; words: string }[]>('day', 'step', 'words'),
    read('objections').leftJoin('answers', 'answers.objection', 'objections.id').where({ subject: row.no }).select<{ lodged_on: Day; outcome: Outcome | null; answered_on: Day | null }[]>('objections.lodged_on', 'answers.outcome', 'answers.answered_on'),
    read('missed_visits').where({ subject: row.no }).whereNull('takes_back').select<{ day: Day }[]>('day'),
    read('notice_entries').join('notices', 'notices.id', 'notice_entries.notice').where({ subject: row.no }).select<{ day: Day; shown: string }[]>('notices.posted_on as day', 'notice_entries.shown'), rightsOf(read, row.id),
    read('evidence').where({ subject: row.id }).count<{ n: number | string }[]>({ n: '*' }),
  ]);
  const lines = [
    ...pledges.map(one => ({ day: one.signed_on, words: `签了信用承诺（${purposes[one.purpose]}）：${pledgeWords[pledgeStanding(one, day)]}` })),
    ...repairs.map(one => ({ day: one.applied_on, words: `申请信用修复：${repairWords[repairStanding(one.steps)]}` })),
    ...state.map(one => ({ day: one.seen_on, words: `${platforms[one.platform]}：${stateStandings[one.standing]}` })),
    ...statements.map(one => ({ day: one.day, words: `本人说明：“${one.words}”` })),
    ...tellings.map(one => ({ day: one.day, words: `减分的事，${steps[one.step]}${one.words === '' ? '' : `：${one.words}`}` })),
    ...objections.map(one => ({ day: one.lodged_on, words: `有人对结果提了异议${one.outcome === null ? '，正在办' : `，${one.answered_on ?? ''} 答复：${answers[one.outcome]}`}` })),
    ...missed.map(one => ({ day: one.day, words: '网格员来过，家里没人' })),
    ...notices.map(one => ({ day: one.day, words: one.shown === '' ? '贴了公示，只算户数，没有写名字' : `贴了公示，写的是“${one.shown}”` })),
    ...asked.map(one => ({ day: one.lodged_on, words: `在权益窗口${rightKinds[one.kind]}：${standingWords(one)}` })),
  ].sort((a, b) => a.day < b.day ? 1 : -1).map(one => `${one.day} ${one.words}`);
  const kept = Number(photos[0]?.n ?? 0);
  return kept === 0 ? lines : [...lines, `存着 ${kept} 张照片、签字和材料，可以当场看`];
}
