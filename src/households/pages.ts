import { holds, isAside, reach } from '../access/may.ts';
import { powerNames, rules } from '../access/rules.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { consentMarks } from './consent-marks.ts';
import { historyLines } from './history.ts';
import { callOf, closingWords, counts, idMissingReasons, isChild, numberText, partings, relations, sexes } from './household.ts';
import { findHouseholds, householdHistory, wordsOf } from './queries.ts';
import { looksAt, roundsOf } from './looks.ts';
import { crumbsOf, householdFor, mayOn, placesFor, titleOf, usesTablet } from './visiting.ts';
import { placeNames } from '../places/queries.ts';

const number = (text: string | undefined): number | undefined => text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

async function showList(visit: Visit): Promise<Reply> {
  const { office, query } = visit;
  const [village, group, grid] = [number(query['village']), number(query['group']), number(query['grid'])];
  const byName = query['by'] === 'name';
  const places = await placesFor(visit, 'household.read', village);
  const closed = query['closed'] === 'yes';
  const slice = await findHouseholds({ read: office.read, dialect: office.store.dialect }, {
    reach: reach(visit.actor, 'household.read'), q: query['q'], village, group, grid, by: byName ? 'name' : 'number', closed, cursor: query['at'],
  });
  const to = (change: Readonly<Record<string, string | undefined>>): string => visit.link({ ...query, at: undefined, ...change });
  const options = (list: readonly { readonly no: number; readonly name: string }[], chosen: number | undefined) => [{ value: '', label: '全部', checked: chosen === undefined }, ...list.map(place => ({ value: String(place.no), label: place.name, checked: place.no === chosen }))];
  const asked = wordsOf(query['q']) !== undefined || group !== undefined || grid !== undefined;
  return page('households/index', {
    title: '农户', tablet: usesTablet(visit), q: query['q'] ?? '', byName, closed,
    manyVillages: places.villages.length > 1, villages: options(places.villages, village ?? (places.villages.length === 1 ? places.villages[0]?.no : undefined)),
    groups: places.groups.length > 1 ? options(places.groups, group) : [], grids: places.grids.length > 1 ? options(places.grids, grid) : [],
    rows: slice.rows.map(row => ({
      href: `/households/${row.id}`, number: numberText(row.household_no), name: row.head_name === '' ? '（已删除个人信息）' : row.head_name, people: row.people, address: row.address,
      where: [places.villages.length > 1 ? row.village : undefined, row.group, row.grid].filter(one => one !== undefined && one !== null).join(' · '), closed: row.closed_reason === null ? undefined : closingWords[row.closed_reason] ?? row.closed_reason,
    })),
    pager: slice.prev === undefined && slice.next === undefined ? undefined : { prev: slice.prev === undefined ? undefined : to({ at: slice.prev }), next: slice.next === undefined ? undefined : to({ at: slice.next }), words: '' },
    orders: [{ label: '按户号', href: to({ by: undefined }), current: !byName }, { label: '按姓名', href: to({ by: 'name' }), current: byName }],
    closedHref: to({ closed: closed ? undefined : 'yes' }), asked,
    can: { register: holds(visit.actor, 'household.keep'), duplicates: holds(visit.actor, 'household.reshape'), consents: holds(visit.actor, 'consent.keep') },
    empty: asked ? { words: '没有找到。换个写法试试：姓名、拼音、首字母、户号、小组都可以。', act: { label: '看全部农户', href: '/households' } }
      : { words: '这里还没有登记农户。', act: holds(visit.actor, 'household.keep') ? { label: '登记一户', href: '/households/new' } : undefined },
  }, { region: 'households/_rows' });
}

const judging = powerNames.filter(power => rules[power].judges === true);

async function show(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit);
  const { row, living, members } = loaded;
  const { read } = visit.office;
  const [names, history, marks] = [await placeNames(read, [row.village_no, row.group_no ?? 0, row.grid_no ?? 0]), await householdHistory(read, row.id), await consentMarks(read, members.map(member => member.id), visit.day)];
  const base = `/households/${row.id}`;
  const isOpen = row.closed_on === null;
  const can = {
    keep: isOpen && mayOn(visit, loaded, 'household.keep'), reshape: isOpen && mayOn(visit, loaded, 'household.reshape'), consent: isOpen && mayOn(visit, loaded, 'consent.keep'),
    reveal: mayOn(visit, loaded, 'household.reveal'), reopen: !isOpen && row.closed_reason !== 'forgotten' && mayOn(visit, loaded, 'household.reshape'), forget: row.closed_reason !== 'forgotten' && mayOn(visit, loaded, 'household.forget'),
  };
  const lacking = living.filter(member => counts(member, visit.day) && marks.get(member.id)?.includes('rate') !== true).map(callOf);
  const [rounds, looks] = await Promise.all([roundsOf(read, row.no), looksAt(read, { no: row.no, members })]);
  const mayObject = mayOn(visit, loaded, 'objection.read');
  const aside = isAside(visit.actor, row.id);
  return page('households/show', {
    title: titleOf(loaded), heading: titleOf(loaded), tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded), base, can, isOpen, rights: mayOn(visit, loaded, 'right.open') ? `${base}/rights` : undefined, recused: aside, seesFacts: mayOn(visit, loaded, 'observation.read'), recuse: isOpen && !aside && judging.some(power => mayOn(visit, loaded, power)) ? `/recusals/new?household=${row.id}` : undefined,
    closed: isOpen ? undefined : { on: row.closed_on, words: closingWords[row.closed_reason ?? ''] ?? row.closed_reason, into: row.into === null ? undefined : `/households/${row.into}` },
    facts: [
      { term: '小组', value: names.get(row.group_no ?? -1)?.name ?? '—' }, { term: '网格', value: names.get(row.grid_no ?? -1)?.name ?? '—' }, { term: '住址', value: row.address === '' ? '—' : row.address },
      { term: '人口', value: `${row.people} 口人` }, { term: '建档', value: row.registered_on },
    ].map(fact => ({ ...fact, mark: undefined })),
    photo: row.photo === null ? undefined : `/evidence/${row.photo}`,
    people: living.map(member => ({
      name: callOf(member), relation: relations[member.relation], sex: sexes[member.sex], born: member.birth_year, away: member.away === 1, href: `${base}/members/${member.id}`, isChild: isChild(member.birth_year, visit.day),
      id: member.id_match !== null ? '已登记' : isChild(member.birth_year, visit.day) ? '不留' : idMissingReasons[member.id_missing as keyof typeof idMissingReasons] ?? member.id_missing ?? '没有',
      hasId: member.id_match !== null, hasPhone: member.phone_match !== null, marks: (marks.get(member.id) ?? []).map(kind => kind === 'rate' ? '评定' : kind === 'publish' ? '列名' : '给银行'), counts: counts(member, visit.day),
    })),
    gone: members.filter(member => member.left_on !== null).map(member => ({ name: callOf(member), on: member.left_on, why: partings[member.left_reason as keyof typeof partings] ?? member.left_reason ?? '' })),
    consents: lacking.length === 0 ? { kind: 'done', icon: 'tick', words: '参加评定的授权齐了' } : { kind: 'moving', icon: 'half', words: `还差 ${lacking.join('、')} 的评定授权` },
    wantsConsent: can.consent && lacking.length > 0, trail: historyLines(history), rounds: rounds.map(round => ({ name: round.name, of: `/rounds/${round.id}/cases/${row.id}`, sheet: `/observations/${round.id}/${row.id}`, why: `/ratings/${round.id}/${row.id}`, held: round.held,
      grade: round.certificate === null ? undefined : round.grade, until: round.until, revoked: round.revoked, paper: round.certificate !== null && round.revoked === null && mayOn(visit, loaded, 'certificate.print') ? `/certificates/${round.certificate}` : undefined,
      object: mayObject && isOpen && round.disputable ? `/objections/new?subject=${row.id}&round=${round.id}` : undefined })), looks, ledger: mayOn(visit, loaded, 'ledger.read') ? `/ledger?subject=${row.id}` : undefined,
  });
}

export const listRoutes: readonly Route[] = [
  get('/households', { power: 'household.read', handle: showList }),
];
export const showRoutes: readonly Route[] = [
  get('/households/:id', { power: 'household.read', handle: show }),
];
