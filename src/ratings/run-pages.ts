import { setTimeout as wait } from 'node:timers/promises';
import { may } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { dayOf } from '../kit/time.ts';
import { placeById, placeNames, placeSubject } from '../places/queries.ts';
import { roundAt } from '../rounds/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import { goOn, isUnderWay } from './rate.ts';
import { rollUp } from './rollup.ts';
import { openRun, placeAt, runById, runPhases, stopRun, type Run } from './run.ts';

const shortMs = 700;   // A village is done in this time: no page of progress is needed.

/** Starts the calculation of a place and shows its progress; the work goes on whether anybody watches or not. */
export async function takeRun(visit: Visit): Promise<Reply> {
  const { office, actor } = visit;
  const round = await roundAt(office.read, visit.params['round'] ?? '');
  const place = await placeById(office.read, visit.params['place'] ?? '');
  const run = await openRun(office, actor, { round: round.no, scope: place.path });
  const work = goOn(office, actor, run.id);
  const done = await Promise.race([work.catch(() => undefined), wait(shortMs, undefined)]);
  if (done?.phase === 'done') return seeOther(`/ratings/${round.id}/places/${place.id}`, doneWords(done));
  return seeOther(`/ratings/runs/${run.id}`);
}

const doneWords = (run: Run): string =>
  `算好了 ${run.done - run.skipped} 户，${run.fresh === 0 ? '结果都没有变' : `有新结果的 ${run.fresh} 户`}${run.skipped === 0 ? '' : `。没有同意参评的 ${run.skipped} 户没有算`}。`;

/** How far a run is. The region asks for itself every two seconds while there is something to wait for. */
export async function showRun(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const run = await runById(read, visit.params['id'] ?? '');
  const round = await roundByNo(read, run.round);
  const place = await placeAt(read, round, run.scope);
  const leave = may(visit.actor, 'rating.read', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const name = (await placeNames(read, [place.no])).get(place.no)?.full ?? place.name;
  const isOpen = run.phase === 'rating';
  const isSilent = isOpen && !isUnderWay(visit.office, run.id) && Date.parse(visit.at) - Date.parse(run.beat_at) > 15_000;
  return page('ratings/run', {
    title: '计算进度', heading: isOpen ? `正在算 ${name}：${run.done} / ${run.total} 户` : run.phase === 'done' ? `${name}算好了` : `${name}的计算停下了`,
    crumbs: [{ label: round.name, href: `/rounds/${round.id}` }, { label: name, href: `/ratings/${round.id}/places/${place.id}` }, { label: '计算' }],
    here: `/ratings/runs/${run.id}`, back: `/ratings/${round.id}/places/${place.id}`, isOpen, isSilent, phase: runPhases[run.phase], done: run.done, total: run.total,
    words: `${run.done} / ${run.total} 户`, fresh: run.fresh, skipped: run.skipped, started: dayOf(run.at), told: run.phase === 'done' ? doneWords(run) : undefined,
    canStop: isOpen && may(visit.actor, 'rating.run', placeSubject(place)) === true, canGoOn: isSilent && may(visit.actor, 'rating.run', placeSubject(place)) === true,
  }, { region: 'ratings/_run' });
}

export async function takeStop(visit: Visit): Promise<Reply> {
  const run = await runById(visit.office.read, visit.params['id'] ?? '');
  await stopRun(visit.office, visit.actor, run.id);
  return seeOther(`/ratings/runs/${run.id}`, '停下了。已经在用的结果没有变。');
}

/** Goes on with a run that the machine left lying; the clock would do the same within minutes. */
export async function takeGoOn(visit: Visit): Promise<Reply> {
  const { office, actor } = visit;
  const run = await runById(office.read, visit.params['id'] ?? '');
  const again = await openRun(office, actor, { round: run.round, scope: run.scope });
  await Promise.race([goOn(office, actor, again.id).catch(() => undefined), wait(shortMs, undefined)]);
  return seeOther(`/ratings/runs/${again.id}`);
}

export async function takeCount(visit: Visit): Promise<Reply> {
  const round = await roundAt(visit.office.read, visit.params['round'] ?? '');
  const place = await placeById(visit.office.read, visit.params['place'] ?? '');
  const { villages, townships } = await rollUp(visit.office, visit.actor, { round: round.no, scope: place.path });
  return seeOther(`/ratings/${round.id}/places/${place.id}`, villages + townships === 0 ? '汇总过了，和上次一样。' : `汇总好了，有变化的村 ${villages} 个、乡镇 ${townships} 个。`);
}
