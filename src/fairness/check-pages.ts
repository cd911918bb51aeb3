import { actorId } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { othersFor } from '../recusals/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { answerCheck } from './answer-check.ts';
import { answerForm, checkForm } from './form.ts';
import { openCheck } from './open-check.ts';
import { showVillage, villageAt } from './pages.ts';
import { checkById, findings } from './queries.ts';

async function takeCheck(visit: Visit): Promise<Reply> {
  const { round, village } = await villageAt(visit, 'fairness.check');
  const able = await othersFor(visit.office.read, 'check.answer', placeSubject(village), { day: visit.day, but: '' });
  const { assigned } = taken(checkForm(able), visit.raw);
  const given = typed(visit.raw, 'id');
  const id = isId(given) ? given : newId();
  await openCheck(visit.office, visit.actor, { id, round: round.no, village: village.no, signal: typed(visit.raw, 'signal'), assigned });
  return seeOther(`/checks/${id}`, '派下去了。查清以前，什么结果都不变。');
}

async function showCheck(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const check = await checkById(read, visit.params['id'] ?? '');
  const village = await placeByNo(read, check.village);
  const leave = may(visit.actor, 'check.read', placeSubject(village));
  if (leave !== true || check.officer === actorId(visit.actor)) common.refuse('not-allowed', { why: leave === true ? '查的就是您办的事，等别的同志查' : leave });
  const round = await roundByNo(read, check.round);
  const seesVillage = may(visit.actor, 'fairness.read', placeSubject(village)) === true;
  return page('fairness/check', {
    title: '公平核查', heading: '公平核查', crumbs: [...seesVillage ? [{ label: '公平监测', href: '/fairness' }, { label: village.name, href: `/fairness/${round.id}/${village.id}` }] : [{ label: village.name }], { label: '核查' }], here: `/checks/${check.id}`,
    words: check.figures, place: `${village.name} ${round.name}`, who: check.assignee, until: check.due_on, state: check.finding === null ? { icon: check.due_on < visit.day ? 'triangle' : 'clock', kind: check.due_on < visit.day ? 'care' : 'moving', words: '等结论' } : { icon: 'tick', kind: 'done', words: findings[check.finding] }, answer: check.words ?? undefined, on: check.day,
    canAnswer: check.finding === null && check.assigned === actorId(visit.actor) && may(visit.actor, 'check.answer', placeSubject(village)) === true, form: formModel(answerForm, { raw: visit.raw, faults: trouble?.faults ?? [] }),
  });
}

async function takeAnswer(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await answerCheck(visit.office, visit.actor, { id, ...taken(answerForm, visit.raw) });
  return seeOther(`/checks/${id}`, '结论记下了。');
}

export const checkRoutes: readonly Route[] = [
  post('/fairness/:round/:village/checks', { power: 'fairness.check', handle: takeCheck, again: showVillage }),
  get('/checks/:id', { power: 'check.read', handle: showCheck }),
  post('/checks/:id/answer', { power: 'check.answer', handle: takeAnswer, again: showCheck }),
];
