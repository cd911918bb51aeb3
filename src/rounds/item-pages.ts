import { may } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { text, wholeNumber } from '../kit/fields.ts';
import { form, typed } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { placeNames, placesBelow, placeSubject } from '../places/queries.ts';
import { tellItems } from '../standards/item-words.ts';
import { openings, type LocalItems } from '../standards/local-items.ts';
import { loadStandard } from '../standards/load.ts';
import type { Standard } from '../standards/standard.ts';
import { listInForce, villageLists, villageSteps, type VillageList } from '../standards/village-items.ts';
import { extraWords } from '../standards/words.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { carryItems, formerList } from './carry-items.ts';
import { approveItems, returnItems } from './decide-items.ts';
import { itemForm, itemOf, waysOf, withItem, withoutItem } from './item-form.ts';
import { villageIn } from './pages.ts';
import { roundFor } from './queries.ts';
import type { Round } from './round.ts';
import { isTakenDown, settleItems } from './settle-items.ts';

/** 本村约定 of every village in a round: who set some, who waits for the township. */
async function showAll(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const villages = (await placesBelow(read, round.path, 'village')).filter(village => may(visit.actor, 'round.read', placeSubject(village)) === true);
  const byVillage = Map.groupBy(await villageLists(read, { round: round.no }), list => list.village);
  const { standard } = await loadStandard(read, round.household_standard);
  const names = await placeNames(read, villages.map(village => village.no));
  const rows = villages.map(village => {
    const lists = byVillage.get(village.no) ?? [];
    const [last, held] = [lists.at(-1), listInForce(lists)];
    return { name: names.get(village.no)?.full ?? village.name, href: `${urlOf(round)}/${village.id}`, count: countOf(held?.items ?? []), state: last === undefined ? '没有定' : villageSteps[last.step], waits: last?.step === 'proposed' };
  });
  return page('rounds/items', {
    title: `本村约定 · ${round.name}`, heading: `${rows.filter(row => row.count > 0).length} 个村定了自己的事项`, crumbs: crumbsOf(round),
    open: openWords(standard), rows: [...rows.filter(row => row.waits), ...rows.filter(row => !row.waits)], empty: { words: '这里还没有村。', act: undefined },
  });
}

/** What one village set, and the form for one more item while nothing is taken down yet. */
async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const { round, village, lists, standard } = await opened(visit);
  const [last, held] = [lists.at(-1), listInForce(lists)];
  const isFrozen = round.closed_on !== null || await isTakenDown(read, round.no, village.no);
  const isOpen = !isFrozen && waysOf(standard).length > 0;
  const waits = last?.step === 'proposed';
  const mayDecide = waits && !isFrozen && may(visit.actor, 'item.approve', placeSubject(village)) === true;
  const here = `${urlOf(round)}/${village.id}`;
  const former = isOpen && last === undefined ? await formerList(read, round, village.no) : undefined;
  const returning = visit.path.endsWith('/return');
  return page('rounds/village-items', {
    title: `本村约定 · ${village.name}`, heading: `${village.name}自己定的事项`, crumbs: [...crumbsOf(round), { label: '本村约定', href: urlOf(round) }, { label: village.name }],
    here, seen: last?.seq ?? 0, frozen: isFrozen && waysOf(standard).length > 0, open: openWords(standard), held: tellItems(standard, held?.items ?? []), heldBy: held === undefined ? undefined : await signed(read, held),
    waiting: waits ? tellItems(standard, last.items) : undefined, returned: last?.step === 'returned' ? { words: last.reason, ...await signed(read, last) } : undefined,
    former: former === undefined ? undefined : { items: tellItems(standard, former.fits), unfit: former.unfit, mayCarry: former.fits.length > 0 && may(visit.actor, 'item.settle', placeSubject(village)) === true },
    mayDecide, canDrop: isOpen && may(visit.actor, 'item.settle', placeSubject(village)) === true, printHref: countOf(held?.items ?? []) === 0 ? undefined : `${here}/print`,
    form: isOpen && may(visit.actor, 'item.settle', placeSubject(village)) === true ? formModel(itemForm(standard), { raw: trouble === undefined || returning ? { lifeMonths: '12' } : visit.raw, faults: returning ? [] : trouble?.faults ?? [] }) : undefined,
    returnForm: mayDecide ? formModel(returnForm, { raw: returning ? visit.raw : {}, faults: returning ? trouble?.faults ?? [] : [] }) : undefined,
  });
}

/** For the village's board: what holds, in large type. */
async function print(visit: Visit): Promise<Reply> {
  const { round, village, lists, standard } = await opened(visit);
  const held = listInForce(lists);
  if (held === undefined || countOf(held.items) === 0) return common.refuse('not-found');
  const name = (await placeNames(visit.office.read, [village.no])).get(village.no)?.full ?? village.name;
  return page('rounds/print-items', {
    title: `${village.name}本村约定`, paper: 'a4', back: { label: '回到本村约定', href: `${urlOf(round)}/${village.id}` }, name, year: round.year, round: round.name,
    standardTitle: standard.title, items: tellItems(standard, held.items), held: await signed(visit.office.read, held), printed: visit.day,
  });
}

async function add(visit: Visit): Promise<Reply> {
  const { round, village, lists, standard } = await opened(visit);
  const made = itemOf(taken(itemForm(standard), visit.raw));
  const step = await settleItems(visit.office, visit.actor, { round: round.no, village: village.no, seen: seenIn(visit), items: withItem(currentOf(lists), made) });
  return seeOther(`${urlOf(round)}/${village.id}`, step === 'settled' ? '定下了，记事的时候就能选。' : '分值超过村里自己能定的，报给镇里了。镇里同意以前，照原来的算。');
}

async function drop(visit: Visit): Promise<Reply> {
  const { round, village, lists } = await opened(visit);
  const step = await settleItems(visit.office, visit.actor, { round: round.no, village: village.no, seen: seenIn(visit), items: withoutItem(currentOf(lists), typed(visit.raw, 'key')) });
  return seeOther(`${urlOf(round)}/${village.id}`, step === 'settled' ? '去掉了。' : '去掉了，余下的还等镇里同意。');
}

async function carry(visit: Visit): Promise<Reply> {
  const { round, village } = await opened(visit);
  await carryItems(visit.office, visit.actor, { round: round.no, village: village.no });
  return seeOther(`${urlOf(round)}/${village.id}`, '报给镇里了。镇里同意以前，照县里的标准算。');
}

async function approve(visit: Visit): Promise<Reply> {
  const { round, village } = await opened(visit);
  await approveItems(visit.office, visit.actor, { round: round.no, village: village.no, seen: seenIn(visit) });
  return seeOther(`${urlOf(round)}/${village.id}`, `同意了，${village.name}就照这份算。`);
}

async function giveBack(visit: Visit): Promise<Reply> {
  const { round, village } = await opened(visit);
  const { reason } = taken(returnForm, visit.raw);
  await returnItems(visit.office, visit.actor, { round: round.no, village: village.no, seen: seenIn(visit), reason });
  return seeOther(`${urlOf(round)}/${village.id}`, `退回了：${reason}`);
}

const returnForm = form({ reason: text('为什么退回', { most: 100, lines: true }) });
const seenForm = form({ seen: wholeNumber('看到的是第几次', { least: 0 }) });
const seenIn = (visit: Visit): number => taken(seenForm, visit.raw).seen;

interface Opened { readonly round: Round; readonly village: Place; readonly lists: readonly VillageList[]; readonly standard: Standard }

async function opened(visit: Visit): Promise<Opened> {
  const { read } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const village = await villageIn(visit, round);
  const [lists, { standard }] = await Promise.all([villageLists(read, { round: round.no, village: village.no }), loadStandard(read, round.household_standard)]);
  return { round, village, lists, standard };
}

/** What a change starts from: what waits, else what holds. */
const currentOf = (lists: readonly VillageList[]): readonly LocalItems[] => (lists.at(-1)?.step === 'proposed' ? lists.at(-1) : listInForce(lists))?.items ?? [];
const countOf = (items: readonly LocalItems[]): number => items.reduce((sum, each) => sum + each.items.length, 0);
const urlOf = (round: Pick<Round, 'id'>): string => `/rounds/${round.id}/items`;
const crumbsOf = (round: Round) => [{ label: '评定批次', href: '/rounds' }, { label: round.name, href: `/rounds/${round.id}` }];
const openWords = (standard: Standard): readonly string[] => openings(standard).map(({ indicator }) => `${indicator.title}：${extraWords(standard, indicator, () => undefined).at(-1) ?? ''}`);

async function signed(read: Visit['office']['read'], list: VillageList): Promise<{ readonly on: string; readonly who: string; readonly says: string }> {
  const row: { name: string } | undefined = await read('officers').where({ id: list.by }).first('name');
  return { on: list.at, who: row?.name ?? '命令行', says: villageSteps[list.step] };
}

export const itemRoutes: readonly Route[] = [
  get('/rounds/:round/items', { power: 'round.read', handle: showAll }),
  get('/rounds/:round/items/:village', { power: 'round.read', handle: visit => show(visit) }),
  get('/rounds/:round/items/:village/print', { power: 'round.read', handle: print }),
  post('/rounds/:round/items/:village', { power: 'item.settle', handle: add, again: show }),
  post('/rounds/:round/items/:village/drop', { power: 'item.settle', handle: drop, again: show }),
  post('/rounds/:round/items/:village/carry', { power: 'item.settle', handle: carry, again: show }),
  post('/rounds/:round/items/:village/approve', { power: 'item.approve', handle: approve, again: show }),
  post('/rounds/:round/items/:village/return', { power: 'item.approve', handle: giveBack, again: show }),
];
