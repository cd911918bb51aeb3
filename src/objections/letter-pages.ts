import { officeTitle } from '../places/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { common } from '../kit/refusals.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { cameOf } from './came.ts';
import { disputedByNo, placeOf } from './disputed.ts';
import { outcomes, ratingTopic, ways } from './objection.ts';
import { mayRead } from './pages.ts';
import { objectionById } from './queries.ts';
import { topicsOf, topicWords } from './topic.ts';

/**
 * Before the answer a receipt, afterwards the answer, on paper. What stands in a household's file is told to that household alone:
 * whoever else objected has the answer's own words, with nobody's values or grade.
 */
const letter = (to: 'objector' | 'household') => async (visit: Visit): Promise<Reply> => {
  const { read, secrets } = visit.office;
  const objection = await objectionById(read, visit.params['id'] ?? '');
  const disputed = await disputedByNo(read, objection.subject);
  await mayRead(visit, disputed, objection);
  if (to === 'household' && (disputed.kind !== 'household' || objection.outcome === null)) common.refuse('not-found');
  const round = await roundByNo(read, objection.round);
  const answered = objection.outcome === null || objection.answer_sealed === null ? undefined : { outcome: outcomes[objection.outcome], words: secrets.open(objection.answer_sealed), on: objection.answered_on };
  return page('objections/letter', {
    title: answered === undefined ? '异议受理回执' : '异议答复书', paper: 'a4-large', back: { label: '回到这件异议', href: `/objections/${objection.id}` }, office: await officeTitle(read), place: await placeOf(read, disputed), receipt: objection.receipt, due: objection.due_on,
    to: to === 'household' ? `${disputed.name}` : objection.name_sealed === null ? '提出意见的同志' : secrets.open(objection.name_sealed), isOwn: to === 'household', lodged: objection.lodged_on, how: ways[objection.how], round: round.name,
    topic: objection.about.startsWith('event:') ? '记的一件事' : topicWords(await topicsOf(read, round, disputed.kind), objection.about || ratingTopic), answered, came: to === 'household' ? await cameOf(read, objection, round) : undefined,
  });
};

export const letterRoutes: readonly Route[] = [
  get('/objections/:id/letter', { power: 'objection.read', handle: letter('objector') }),
  get('/objections/:id/household-letter', { power: 'objection.read', handle: letter('household') }),
];
