import { termsNow } from '../calendar/terms.ts';
import { consentKinds, stands } from '../consents/consent.ts';
import { banksKnown, consentsOf } from '../consents/queries.ts';
import { callOf, isAdult } from '../households/household.ts';
import type { Loaded } from '../households/load.ts';
import { roundsOf } from '../households/looks.ts';
import { crumbsOf, householdFor, mayOn, titleOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { openForm } from './form.ts';
import { openRight } from './open.ts';
import { handlersOf, rightsOf } from './queries.ts';
import { isAboutRound, isDoneAtOnce, opensFile, rightKinds } from './right.ts';
import { stateOf } from './state.ts';
import { whoLooked } from './who-looked.ts';

async function formFor(visit: Visit, loaded: Loaded) {
  const { read } = visit.office;
  const [rounds, consents, banks, handlers] = await Promise.all([roundsOf(read, loaded.row.no), consentsOf(read, [loaded.row.id]), banksKnown(read), handlersOf(read, loaded.row)]);
  const people = loaded.living.filter(member => member.relation === 'head' || isAdult(member.birth_year, visit.day)).map(member => ({ key: member.id, label: callOf(member) }));
  const nameOf = (id: string): string => people.find(one => one.key === id)?.label ?? '';
  return openForm({
    people, rounds: rounds.map(round => ({ key: round.id, label: round.name })), handlers: handlers.map(one => ({ key: one.id, label: one.name })),
    consents: consents.filter(one => stands(one, visit.day) && nameOf(one.member) !== '').map(one => ({ key: one.id, label: `${nameOf(one.member)}：${one.kind === 'share' ? `把结果给${banks.find(bank => bank.id === one.bank)?.name ?? '银行'}` : consentKinds[one.kind]}` })),
  });
}

/** The desk for one household: somebody is there and asks. What was asked before, and who looked, stand beside it. */
async function showDesk(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'right.open');
  const { read } = visit.office;
  const [asked, rounds, looks] = [await rightsOf(read, loaded.row.id), await roundsOf(read, loaded.row.no), await whoLooked(read, loaded)];
  const nameOf = (id: string): string => { const member = loaded.members.find(one => one.id === id); return member === undefined ? '' : callOf(member); };
  const head = loaded.living.find(member => member.relation === 'head');
  return page('rights/household', {
    title: `权益窗口：${titleOf(loaded)}`, heading: '权益窗口', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '权益窗口'), base: `/households/${loaded.row.id}`, id: newId(), days: (await termsNow(read)).reply, hasPeople: loaded.living.length > 0,
    form: formModel(await formFor(visit, loaded), { raw: visit.method === 'POST' ? visit.raw : { member: head?.id ?? '', kind: 'report', round: rounds[0]?.id ?? '' }, faults: trouble?.faults ?? [] }),
    asked: asked.map(one => ({ href: `/rights/${one.id}`, what: rightKinds[one.kind], name: nameOf(one.member), on: one.lodged_on, state: stateOf(one, visit.day) })),
    why: mayOn(visit, loaded, 'rating.read') ? rounds.map(round => ({ href: `/ratings/${round.id}/${loaded.row.id}`, name: round.name })) : [], looks: looks.slice(0, 12), more: looks.length > 12,
    objectLook: looks.length > 0 && rounds.length > 0 && mayOn(visit, loaded, 'objection.read') ? `/objections/new?subject=${loaded.row.id}` : undefined,
    object: mayOn(visit, loaded, 'objection.read') ? rounds.filter(round => round.disputable).map(round => ({ href: `/objections/new?subject=${loaded.row.id}&round=${round.id}`, name: round.name })) : [],
  });
}

async function takeOpen(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit, 'right.open');
  const { member, identified, mandate, kind, round, consent, words, complainedOf } = taken(await formFor(visit, loaded), visit.raw);
  const given = typed(visit.raw, 'id');
  const id = isId(given) ? given : newId();
  await openRight(visit.office, visit.actor, { id, household: loaded.row.id, member, kind, about: isAboutRound(kind) ? round : kind === 'withdraw' ? consent : undefined, words, identified, mandate, complainedOf });
  if (opensFile(kind)) return seeOther(`/rights/${id}/report`);
  return seeOther(`/rights/${id}`, kind === 'withdraw' ? '已经撤回，从今天起不再使用。回执可以打印给本人。' : isDoneAtOnce(kind) ? '办好了。' : `登记好了，${(await termsNow(visit.office.read)).reply} 个工作日内书面答复。回执打印一份给本人。`);
}

export const householdRoutes: readonly Route[] = [
  get('/households/:id/rights', { power: 'right.open', handle: showDesk }),
  post('/households/:id/rights', { power: 'right.open', handle: takeOpen, again: showDesk }),
];
