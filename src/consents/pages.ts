import { may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { typed, type Raw } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { drawnBytes, type EvidenceSource } from '../households/evidence.ts';
import { callOf, counts, numberText } from '../households/household.ts';
import { householdSubject } from '../households/subject.ts';
import { crumbsOf, householdFor, placesFor, titleOf, usesTablet } from '../households/visiting.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { consentKinds, consentWays, lacking, standing, type Consent, type ConsentKind } from './consent.ts';
import { consentForm, manyForm } from './form.ts';
import { give, giveMany } from './give.ts';
import { banksKnown, consentCounts, consentsOf, countedPeople, lackingHouseholds } from './queries.ts';
import { consents as refusals } from './refusals.ts';
import { currentText, spoken } from './texts.ts';
import { withdraw } from './withdraw.ts';

async function showConsents(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit);
  const { read } = visit.office;
  const [banks, given, office] = [await banksKnown(read), await consentsOf(read, [loaded.row.id]), await officeTitle(read)];
  const people = loaded.living.filter(member => counts(member, visit.day));
  const canKeep = loaded.row.closed_on === null && may(visit.actor, 'consent.keep', householdSubject(loaded.key)) === true;
  const purposes: readonly { readonly kind: ConsentKind; readonly bank: string; readonly words: string }[] = [
    { kind: 'rate', bank: '', words: consentKinds.rate }, { kind: 'publish', bank: '', words: consentKinds.publish }, ...banks.map(bank => ({ kind: 'share' as const, bank: bank.id, words: `把结果给${bank.name}` })),
  ];
  const lineOf = (member: string, purpose: (typeof purposes)[number]) => {
    const found = standing(given, { member, ...purpose }, visit.day);
    return {
      words: purpose.words, stands: found !== undefined, on: found?.given_on, how: found === undefined ? '' : consentWays[found.how], mandate: found?.mandate ?? undefined,
      paper: found?.evidence === null || found === undefined ? undefined : `/evidence/${found.evidence}`, withdraw: found === undefined || !canKeep ? undefined : `/consents/${found.id}/withdraw`, before: found === undefined ? lastWords(given, member, purpose) : undefined,
    };
  };
  const named = people.map(member => ({ id: member.id, name: callOf(member) }));
  const first = { given_on: visit.day, how: usesTablet(visit) ? 'drawn' : 'paper', bank: banks.length === 1 ? banks[0]?.id : '', members: named.length === 1 ? named[0]?.id : '' };
  const model = formModel(consentForm(named, banks), { raw: visit.method === 'POST' ? visit.raw : first, faults: trouble?.faults ?? [] });
  return page('consents/show', {
    title: `授权：${titleOf(loaded)}`, heading: '授权', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '授权'), base: `/households/${loaded.row.id}`, nobody: usesTablet(visit) && loaded.row.closed_on === null ? `/missed/${loaded.row.id}` : undefined, canKeep: canKeep && people.length > 0, hasBanks: banks.length > 0,
    people: people.map(member => ({ name: callOf(member), lines: purposes.map(purpose => lineOf(member.id, purpose)) })), form: model,
    fields: ['members', 'kinds', ...banks.length > 0 ? ['bank'] : [], 'how', 'given_on'].map(name => model.by[name]), mandate: model.by['mandate'], signatureFault: trouble?.code === 'consent-unsigned' ? trouble.words : undefined,
    texts: purposes.map(purpose => { const text = currentText(purpose.kind); return { title: purpose.bank === '' ? text.title : `${text.title}（${purpose.words}）`, paragraphs: spoken(text, { office, bank: banks.find(bank => bank.id === purpose.bank)?.name ?? '' }) }; }),
    lacking: lacking(given, people.map(member => member.id), { kind: 'rate' }, visit.day).length,
  });
}

function lastWords(given: readonly Consent[], member: string, purpose: { readonly kind: ConsentKind; readonly bank: string }): string | undefined {
  const withdrawn = given.filter(one => one.member === member && one.kind === purpose.kind && one.bank === purpose.bank && one.withdrawn_on !== null).at(-1);
  return withdrawn === undefined ? undefined : `${withdrawn.withdrawn_on} 撤回`;
}

async function saveConsents(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit);
  const banks = await banksKnown(visit.office.read);
  const people = loaded.living.filter(member => counts(member, visit.day)).map(member => ({ id: member.id, name: callOf(member) }));
  const values = taken(consentForm(people, banks), visit.raw);
  const evidence = sourceOf(visit);
  if (values.how === 'drawn' && evidence === undefined) refusals.refuse('consent-unsigned', { field: 'signature' });
  const wishes = values.members.flatMap(member => (values.kinds as readonly ConsentKind[]).map(kind => ({
    member, kind, givenOn: values.given_on, how: values.how, mandate: values.how === 'mandate' ? values.mandate : undefined, ...kind === 'share' && values.bank !== undefined ? { bank: values.bank } : {},
  })));
  const fresh = await give(visit.office, visit.actor, wishes, { evidence });
  return seeOther(`/households/${loaded.row.id}/consents`, fresh === 0 ? { kind: 'sky', words: '这些授权以前就登记过，没有重复登记。' } : `登记了 ${fresh} 项授权。`);
}

/** The photo of the paper, or the signature drawn on the tablet. */
function sourceOf(visit: Visit): EvidenceSource | undefined {
  const [file] = visit.files;
  if (file !== undefined) return { path: file.path };
  const bytes = drawnBytes(typed(visit.raw, 'signature'));
  return bytes === undefined ? undefined : { bytes };
}

async function saveWithdraw(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await withdraw(visit.office, visit.actor, { consent: id, how: 'said', reason: typed(visit.raw, 'reason').slice(0, limits.textCharacters) });
  const row: { household: string } | undefined = await visit.office.read('consents').join('members', 'members.id', 'consents.member').where('consents.id', id).first('members.household');
  return seeOther(`/households/${row?.household ?? ''}/consents`, '已经撤回，从今天起不再使用。');
}

/** A4, one sheet for each purpose: the words in full, and a line for everybody who counts. */
async function showSheet(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit);
  const { read } = visit.office;
  const [office, names, banks] = [await officeTitle(read), await placeNames(read, [loaded.row.village_no, loaded.row.group_no ?? 0]), await banksKnown(read)];
  const people = loaded.living.filter(member => counts(member, visit.day)).map(callOf);
  const sheetOf = (kind: ConsentKind, bank = '') => { const text = currentText(kind); return { title: text.title, version: text.version, paragraphs: spoken(text, { office, bank }) }; };
  return page('consents/sheet', {
    title: '授权书', paper: 'a4', back: { label: '回到授权', href: `/households/${loaded.row.id}/consents` }, office, number: numberText(loaded.row.household_no), head: loaded.row.head_name, people,
    village: names.get(loaded.row.village_no)?.full ?? '', group: names.get(loaded.row.group_no ?? -1)?.name ?? '', sheets: [sheetOf('rate'), sheetOf('publish'), ...banks.map(bank => sheetOf('share', bank.name))],
  });
}

const number = (text: string | undefined): number | undefined => text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

async function showMany(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const kind = visit.query['kind'] === 'publish' ? 'publish' : 'rate';
  const [village, group] = [number(visit.query['village']), number(visit.query['group'])];
  const places = await placesFor(visit, 'consent.keep', village);
  const search = { reach: reach(visit.actor, 'consent.keep'), kind, village, group, cursor: visit.query['at'], day: visit.day } as const;
  const [slice, tally] = [await lackingHouseholds(read, search), await consentCounts(read, search)];
  const ids = slice.rows.map(row => row.id);
  const [people, given] = [await countedPeople(read, ids, visit.day), await consentsOf(read, ids)];
  const to = (change: Readonly<Record<string, string | undefined>>): string => `/consents?${new URLSearchParams(Object.entries({ ...visit.query, at: undefined, ...change }).flatMap(([name, value]) => value === undefined || value === '' ? [] : [[name, value]])).toString()}`;
  const option = (list: readonly { readonly no: number; readonly name: string }[], chosen: number | undefined) => [{ value: '', label: '全部', checked: chosen === undefined }, ...list.map(place => ({ value: String(place.no), label: place.name, checked: place.no === chosen }))];
  const chosen = listOf(visit.raw, 'household');
  return page('consents/index', {
    title: '授权', tablet: usesTablet(visit), heading: tally.lacking === 0 ? '授权都齐了' : `还有 ${tally.lacking} 户的授权没齐`, tally: { all: tally.all, done: tally.all - tally.lacking, words: `${consentKinds[kind]}：${tally.all - tally.lacking} / ${tally.all} 户齐了` },
    kinds: [{ label: consentKinds.rate, href: to({ kind: undefined }), current: kind === 'rate' }, { label: consentKinds.publish, href: to({ kind: 'publish' }), current: kind === 'publish' }], kind,
    villages: places.villages.length > 1 ? option(places.villages, village) : [], groups: places.groups.length > 1 ? option(places.groups, group) : [],
    rows: slice.rows.map(row => {
      const own = people.filter(member => member.household === row.id);
      const missing = lacking(given, own.map(member => member.id), { kind }, visit.day);
      return { id: row.id, checked: chosen.includes(row.id), number: numberText(row.household_no), name: row.head_name, href: `/households/${row.id}/consents`, where: [places.villages.length > 1 ? row.village : undefined, row.group].filter(Boolean).join(' · '), missing: own.filter(member => missing.includes(member.id)).map(callOf).join('、') };
    }),
    form: formModel(manyForm, { raw: visit.method === 'POST' ? visit.raw : { kinds: kind, given_on: visit.day }, faults: trouble?.faults ?? [] }), action: to({}),
    pager: slice.prev === undefined && slice.next === undefined ? undefined : { prev: slice.prev === undefined ? undefined : to({ at: slice.prev }), next: slice.next === undefined ? undefined : to({ at: slice.next }), words: '' },
  });
}

const listOf = (raw: Raw, name: string): readonly string[] => { const value = raw[name]; return Array.isArray(value) ? value.map(String) : typed(raw, name) === '' ? [] : [typed(raw, name)]; };

/** Papers of the ticked households: everybody who counts and lacks the consent has signed. */
async function saveMany(visit: Visit): Promise<Reply> {
  const values = taken(manyForm, visit.raw);
  const ids = listOf(visit.raw, 'household').slice(0, limits.rowsPerPageMost);
  if (ids.length === 0) return seeOther(visit.url, { kind: 'care', words: '还没有勾选农户。' });
  const people = await countedPeople(visit.office.read, ids, visit.day);
  const fresh = await giveMany(visit.office, visit.actor, people.flatMap(member => (values.kinds as readonly ('rate' | 'publish')[]).map(kind => ({ member: member.id, kind, givenOn: values.given_on, how: 'paper' as const }))));
  return seeOther(visit.url, `${ids.length} 户登记好了，共 ${fresh} 项授权。`);
}

export const consentRoutes: readonly Route[] = [
  get('/consents', { power: 'consent.keep', handle: visit => showMany(visit) }),
  post('/consents', { power: 'consent.keep', handle: saveMany, again: showMany }),
  post('/consents/:id/withdraw', { power: 'consent.keep', handle: saveWithdraw }),
  get('/households/:id/consents', { power: 'household.read', handle: visit => showConsents(visit) }),
  post('/households/:id/consents', { power: 'consent.keep', handle: saveConsents, again: showConsents, uploads: { fields: ['paper'], mostBytes: limits.photoBytes } }),
  get('/households/:id/consent-sheet', { power: 'household.read', handle: showSheet }),
];
