import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { roundById, type Round } from '../rounds/round.ts';
import { titleNotices } from '../titles/notice.ts';
import { titleOf } from '../titles/queries.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { disputedById, placeOf, type Disputed } from './disputed.ts';
import { publicTitleForm } from './form.ts';
import { lodgeObjection } from './lodge.ts';
import { disputedWords, ratingTopic } from './objection.ts';
import { mustBeSincere, shownAt } from './sincere.ts';
import { topicsOf } from './topic.ts';

async function opened({ office: { read }, params }: Visit): Promise<{ readonly round: Round; readonly disputed: Disputed }> {
  const [round, disputed] = [await roundById(read, params['round'] ?? ''), await disputedById(read, params['place'] ?? '')];
  return disputed.track === 'title' ? { round, disputed } : common.refuse('not-found');
}

/** The form behind the code on a title's sheet, and behind a title on the roll: the same as a household's, without a line to choose. */
async function showForm(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { round, disputed } = await opened(visit);
  const { read } = visit.office;
  const title = await titleOf(read, round.no, disputed.placeNo);
  const notice = (await titleNotices(read, [title], visit.day))(title);
  const isNamed = title.standing === 'published';
  if (notice === undefined && !isNamed) return common.refuse('not-found');
  const raw = visit.method === 'POST' ? visit.raw : { id: newId(), about: ratingTopic };
  return page('objections/object-title', {
    title: `对${disputed.name}提意见`, heading: `对${disputed.name}提意见`, place: await placeOf(read, disputed), isNamed, until: notice?.until, over: notice?.over, ...disputedWords[disputed.kind],
    form: formModel(publicTitleForm(await topicsOf(read, round, disputed.kind)), { raw, faults: trouble?.faults ?? [] }), id: typed(raw, 'id'), shown: shownAt(visit), action: `/object/${round.id}/${disputed.id}`, backHref: isNamed ? `/board/${disputed.id}` : `/titles/${round.id}/${disputed.id}/public`,
  });
}

async function lodge(visit: Visit): Promise<Reply> {
  const { round, disputed } = await opened(visit);
  const given = taken(publicTitleForm(await topicsOf(visit.office.read, round, disputed.kind)), visit.raw);
  mustBeSincere(visit);
  const receipt = await lodgeObjection(visit.office, visit.actor, { ...given, round: round.no, subject: disputed.no, notice: null, how: 'web' });
  const { it, others } = disputedWords[disputed.kind];
  return seeOther(`/receipts/${receipt}`, `收到了您的意见。${it}先停下，${others}。`);
}

export const publicTitleRoutes: readonly Route[] = [
  get('/object/:round/:place', { power: 'anyone', handle: showForm }),
  post('/object/:round/:place', { power: 'objection.lodge', handle: lodge, again: showForm }),
];
