import { actorId } from '../access/actor.ts';
import { holds, may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { limits } from '../kit/limits.ts';
import { dayOf } from '../kit/time.ts';
import { numberText } from '../households/household.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { crumbsOf, householdFor, mayOn, titleOf, usesTablet } from '../households/visiting.ts';
import type { Loaded } from '../households/load.ts';
import { officerNames } from '../people/queries.ts';
import { placeNames } from '../places/queries.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { declare, order } from './declare.ts';
import { end } from './end.ts';
import { declareForm, endForm, orderForm } from './form.ts';
import { groundWords, isOrdered } from './recusal.ts';
import { othersFor, recusalById, recusalsFrom, recusalsListed, type Listed } from './queries.ts';

/** 回避: mine, and, for whoever watches over it, all below. */
async function showList(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const me = actorId(visit.actor);
  const watches = holds(visit.actor, 'recusal.read');
  const others = watches ? (await recusalsListed(read, { paths: reach(visit.actor, 'recusal.read') }, limits.rowsPerPageMost)).filter(one => one.officer !== me) : [];
  return page('recusals/list', {
    title: '回避', heading: '回避', tablet: usesTablet(visit), crumbs: [{ label: '我的', href: '/me' }], watches, find: holds(visit.actor, 'household.read') ? '/households' : undefined,
    mine: await linesOf(visit, await recusalsListed(read, { officer: me }, limits.rowsPerPageMost)), others: await linesOf(visit, others),
  });
}

async function linesOf(visit: Visit, list: readonly Listed[]) {
  const places = await placeNames(visit.office.read, list.map(one => one.village_no));
  const names = await officerNames(visit.office.read, list.filter(isOrdered).map(one => one.by));
  const me = actorId(visit.actor);
  return list.map(one => ({
    who: one.officer_name, household: `${numberText(one.household_no)} ${one.head_name}家`, place: places.get(one.village_no)?.full ?? '', why: groundWords[one.ground], words: one.words, on: dayOf(one.at),
    by: isOrdered(one) ? names.get(one.by) ?? '命令行' : undefined,
    end: one.officer === me ? !isOrdered(one) && dayOf(one.at) === visit.day ? `/recusals/${one.id}/end` : undefined : holds(visit.actor, 'recusal.order') ? `/recusals/${one.id}/end` : undefined,
  }));
}

const householdAsked = (visit: Visit): Promise<Loaded> => householdFor(visit, 'household.read', visit.query['household'] ?? '');
const isForOther = (visit: Visit): boolean => visit.query['for'] === 'other';

async function showNew(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdAsked(visit);
  const other = isForOther(visit);
  if (other && !mayOn(visit, loaded, 'recusal.order')) common.refuse('not-allowed', { why: '别人回不回避，由镇评定委员会主任决定' });
  const standing = await recusalsFrom(visit.office.read, [loaded.row.id]);
  const names = await officerNames(visit.office.read, standing.map(one => one.officer));
  const here = `/recusals/new?household=${loaded.row.id}`;
  return page('recusals/new', {
    title: `回避：${titleOf(loaded)}`, heading: other ? '让别人回避这一户' : '这一户我要回避', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '回避'), back: `/households/${loaded.row.id}`,
    action: other ? `${here}&for=other` : here, other, already: standing.some(one => one.officer === actorId(visit.actor)), otherHref: !other && mayOn(visit, loaded, 'recusal.order') ? `${here}&for=other` : undefined,
    // Who stands aside is told to those who decide on it; a colleague need not know whose kin is whose.
    standing: mayOn(visit, loaded, 'recusal.read') ? standing.map(one => ({ name: names.get(one.officer) ?? '', why: groundWords[one.ground], on: dayOf(one.at) })) : [],
    form: formModel(other ? orderForm(await judgesOf(visit, loaded)) : declareForm, { raw: visit.method === 'POST' ? visit.raw : {}, faults: trouble?.faults ?? [] }),
  });
}

/** Whoever says anything that this household's grade rests on. */
async function judgesOf(visit: Visit, loaded: Loaded) {
  const subject = householdSubject(loaded.key);
  const lists = await Promise.all((['observation.record', 'case.review'] as const).map(power => othersFor(visit.office.read, power, subject, { day: visit.day, but: actorId(visit.actor) })));
  return [...new Map(lists.flat().map(one => [one.id, { key: one.id, label: `${one.name}（${one.role}）` }])).values()];
}

async function saveNew(visit: Visit): Promise<Reply> {
  const loaded = await householdAsked(visit);
  if (isForOther(visit)) {
    const given = taken(orderForm(await judgesOf(visit, loaded)), visit.raw);
    await order(visit.office, visit.actor, { household: loaded.row.id, ...given });
    return seeOther('/recusals', `登记好了：${titleOf(loaded)}的采集、评议、审核和异议，都不再由这位同志办。`);
  }
  await declare(visit.office, visit.actor, { household: loaded.row.id, ...taken(declareForm, visit.raw) });
  return seeOther('/recusals', `登记好了：${titleOf(loaded)}的采集、评议、审核和异议，您都不用再办。`);
}

async function showEnd(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const recusal = await recusalById(visit.office.read, visit.params['id'] ?? '');
  if (recusal.officer !== actorId(visit.actor)) {
    const leave = may(visit.actor, 'recusal.order', householdSubject(await householdKey(visit.office.read, recusal.household)));
    if (leave !== true) common.refuse('not-allowed', { why: leave });
  }
  return page('recusals/end', {
    title: '解除回避', heading: '解除回避', tablet: usesTablet(visit), crumbs: [{ label: '回避', href: '/recusals' }], action: visit.path, back: '/recusals',
    form: formModel(endForm, { raw: visit.method === 'POST' ? visit.raw : {}, faults: trouble?.faults ?? [] }),
  });
}

async function saveEnd(visit: Visit): Promise<Reply> {
  await end(visit.office, visit.actor, { id: visit.params['id'] ?? '', words: taken(endForm, visit.raw).words });
  return seeOther('/recusals', '解除了，从现在起可以照常办这一户。');
}

export const recusalRoutes: readonly Route[] = [
  get('/recusals', { power: 'officer', handle: showList }),
  get('/recusals/new', { power: 'household.read', handle: showNew }),
  post('/recusals/new', { power: 'household.read', handle: saveNew, again: showNew }),
  get('/recusals/:id/end', { power: 'officer', handle: showEnd }),
  post('/recusals/:id/end', { power: 'officer', handle: saveEnd, again: showEnd }),
];
