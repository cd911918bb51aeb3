import type { Knex } from 'knex';
import { officeTitle } from '../places/queries.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { common } from '../kit/refusals.ts';
import { saidIn } from '../rounds/statements.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { cameOf } from './came.ts';
import { checkOf } from './check.ts';
import { disputedByNo, placeOf, type Disputed } from './disputed.ts';
import { isLook } from './look.ts';
import { outcomes, ratingTopic, ways } from './objection.ts';
import { mayRead } from './pages.ts';
import { answererOf, objectionById } from './queries.ts';
import { topicsOf, topicWords } from './topic.ts';

async function opened(visit: Visit) {
  const objection = await objectionById(visit.office.read, visit.params['id'] ?? '');
  const disputed = await disputedByNo(visit.office.read, objection.subject);
  await mayRead(visit, disputed, objection);
  return { objection, disputed };
}

const topicIn = async (read: Knex, round: Round, { kind }: Disputed, about: string): Promise<string> =>
  about.startsWith('event:') ? '记的一件事' : isLook(about) ? '银行的一次查看' : topicWords(await topicsOf(read, round, kind), about || ratingTopic);

/**
 * Before the answer a receipt, afterwards the answer, on paper. What stands in a household's file is told to that household alone:
 * whoever else objected has the answer's own words, with nobody's values or grade.
 */
const letter = (to: 'objector' | 'household') => async (visit: Visit): Promise<Reply> => {
  const { read, secrets } = visit.office;
  const { objection, disputed } = await opened(visit);
  if (to === 'household' && (disputed.kind !== 'household' || objection.outcome === null)) common.refuse('not-found');
  const round = await roundByNo(read, objection.round);
  const answered = objection.outcome === null || objection.answer_sealed === null ? undefined : { outcome: outcomes[objection.outcome], words: secrets.open(objection.answer_sealed), on: objection.answered_on, check: checkOf(secrets, objection) };
  return page('objections/letter', {
    title: answered === undefined ? '异议受理回执' : '异议答复书', paper: 'a4-large', back: { label: '回到这件异议', href: `/objections/${objection.id}` }, office: await officeTitle(read), place: await placeOf(read, disputed), receipt: objection.receipt, due: objection.due_on, bank: objection.bank === null ? undefined : await answererOf(read, objection),
    to: to === 'household' ? `${disputed.name}` : objection.name_sealed === null ? '提出意见的同志' : secrets.open(objection.name_sealed), isOwn: to === 'household', lodged: objection.lodged_on, how: ways[objection.how], round: round.name,
    topic: await topicIn(read, round, disputed, objection.about), answered, said: to === 'household' ? (await saidIn(read, round.no, disputed.no)).get(objection.about) ?? [] : [], came: to === 'household' ? await cameOf(read, objection, round) : undefined,
  });
};

/** 核查记录: for the file, and for the level above if somebody appeals. */
async function record(visit: Visit): Promise<Reply> {
  const { read, secrets } = visit.office;
  const { objection, disputed } = await opened(visit);
  const check = checkOf(secrets, objection);
  if (check === undefined || objection.outcome === null) return common.refuse('not-found');
  const round = await roundByNo(read, objection.round);
  return page('objections/record', {
    title: '异议核查记录', paper: 'a4', back: { label: '回到这件异议', href: `/objections/${objection.id}` }, office: await officeTitle(read), place: await placeOf(read, disputed), to: disputed.name, receipt: objection.receipt,
    lodged: objection.lodged_on, how: ways[objection.how], round: round.name, topic: await topicIn(read, round, disputed, objection.about), said: secrets.open(objection.words_sealed), bank: objection.bank === null ? undefined : await answererOf(read, objection), check, answered: { outcome: outcomes[objection.outcome], on: objection.answered_on },
  });
}

export const letterRoutes: readonly Route[] = [
  get('/objections/:id/letter', { power: 'objection.read', handle: letter('objector') }),
  get('/objections/:id/household-letter', { power: 'objection.read', handle: letter('household') }),
  get('/objections/:id/record', { power: 'objection.read', handle: record }),
];
