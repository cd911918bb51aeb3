import { may } from '../access/may.ts';
import { householdSubject } from '../households/subject.ts';
import { crumbsOf, titleOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { caseAt, type At } from '../observations/case-at.ts';
import { ratingTopic } from '../rounds/disputed.ts';
import { saidIn } from '../rounds/statements.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { statementForm } from './form.ts';
import { giveStatement } from './give.ts';
import { topicsIn } from './statement.ts';
import { takeBackStatement } from './take-back.ts';

const hrefOf = ({ world, loaded }: At): string => `/statements/${world.round.id}/${loaded.row.id}`;

/** What the household says to its result in a round, and the form for whoever is there and has something to say. */
async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const topics = topicsIn(at.world);
  const said = [...(await saidIn(visit.office.read, at.world.round.no, at.world.household.no)).values()].flat();
  const asked = visit.query['about'] ?? '';
  const raw = visit.method === 'POST' ? visit.raw : { id: newId(), about: topics.some(topic => topic.key === asked) ? asked : ratingTopic };
  return page('statements/show', {
    title: `${titleOf(at.loaded)}的说明`, heading: '本人说明', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, at.loaded, '本人说明'), href: hrefOf(at), back: `/ratings/${at.world.round.id}/${at.loaded.row.id}`, round: at.world.round.name,
    statements: said.map(one => ({ on: one.day, words: one.words, what: topics.find(topic => topic.key === one.about)?.label ?? '以前记的一件事', takeBack: `${hrefOf(at)}/${one.id}/take-back` })),
    mayKeep: may(visit.actor, 'statement.keep', householdSubject(at.loaded.key)) === true, form: formModel(statementForm(topics), { raw, faults: trouble?.faults ?? [] }),
  });
}

async function give(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'statement.keep');
  const values = taken(statementForm(topicsIn(at.world)), visit.raw);
  await giveStatement(visit.office, visit.actor, { ...values, round: at.world.round.no, household: at.loaded.row.id });
  return seeOther(hrefOf(at), '本人的话记下了，跟着这一项，直到本人撤回。觉得记得不对、评得不对的，还可以登记异议。');
}

async function takeBack(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'statement.keep');
  await takeBackStatement(visit.office, visit.actor, { household: at.loaded.row.id, id: visit.params['id'] ?? '' });
  return seeOther(hrefOf(at), '撤回了，哪里都不再显示。');
}

export const statementRoutes: readonly Route[] = [
  get('/statements/:round/:household', { power: 'observation.read', handle: show }),
  post('/statements/:round/:household', { power: 'statement.keep', handle: give, again: show }),
  post('/statements/:round/:household/:id/take-back', { power: 'statement.keep', handle: takeBack }),
];
