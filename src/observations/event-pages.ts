import { reach } from '../access/may.ts';
import { callOf, numberText } from '../households/household.ts';
import { findHouseholds } from '../households/queries.ts';
import { householdFor, usesTablet } from '../households/visiting.ts';
import { fault, taken } from '../kit/faults.ts';
import { choice, day, text } from '../kit/fields.ts';
import { form, typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { currentRound } from '../rounds/round.ts';
import { roundAt } from '../rounds/queries.ts';
import { happeningsOf } from '../standards/happening.ts';
import { itemWords } from '../standards/kinds/event-item.ts';
import { legalLevels, type Standard } from '../standards/standard.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { caseAt, hrefOf } from './case-at.ts';
import { wantsEvidence } from './checks.ts';
import { heading } from './present.ts';
import { saidOf } from './pages.ts';
import { recordSheet } from './record.ts';
import { closedByStanding, worldOf } from './world.ts';

/** Step one of 记一件事: whose. */
async function chooseHousehold(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const paths = reach(visit.actor, 'observation.record');
  const q = visit.query['q'] ?? '';
  const found = q === '' ? { rows: [] } : await findHouseholds({ read, dialect: visit.office.store.dialect }, { reach: paths, q, size: 20 });
  const round = await currentRound(read, paths[0] ?? '/');
  return page('observations/event-who', {
    title: '记一件事', tablet: usesTablet(visit), q, searched: q !== '', none: round === undefined || round.closed_on !== null ? '现在没有正在进行的评定批次，先不能记。' : undefined,
    rows: found.rows.map(row => ({ number: numberText(row.household_no), name: row.head_name, people: row.people, where: [row.group, row.address].filter(Boolean).join(' · '), href: `/events/new?round=${round?.id ?? ''}&household=${row.id}` })),
  });
}

/** What can be written down under a standard, and what each is worth. */
function choicesOf(standard: Standard) {
  return standard.indicators.filter(indicator => indicator.type === 'events').flatMap(indicator => happeningsOf(indicator).map(({ key, label, item, unit, isNegative }) => {
    const laws = (item.legalBasis ?? indicator.legalBasis).flatMap(id => standard.legalBases.filter(basis => basis.id === id)).map(basis => `《${basis.law}》${basis.article}（${legalLevels[basis.level]}）`);
    return {
      key: `${indicator.key}.${key}`, label, group: indicator.title, unit, isLess: isNegative, isNamed: item.namedOnly === true, laws: isNegative ? laws.join('；') : undefined,
      words: itemWords(item).split('：').slice(1).join('：'), evidence: wantsEvidence(standard, { indicator: indicator.key, option: key }),
    };
  }));
}
type Choice = ReturnType<typeof choicesOf>[number];

/** Asked only where something counts for whom an award names. */
const namedWays = [{ key: 'named', label: '写了这一家（或家里人）的名字' }, { key: 'shared', label: '没写，是给集体的' }] as const;

const eventForm = (choices: readonly Choice[], members: readonly { readonly key: string; readonly label: string }[]) => form({
  item: choice('什么事', choices),
  day: day('哪一天'),
  amount: text('多少', { optional: true, most: 10, pattern: /^\d+(\.\d{1,2})?$/, say: '请填数字，最多两位小数。', hint: '义务劳动填小时数；别的不用填。' }),
  member: choice('谁做的', members, { optional: true }),
  named: choice('是不是点名表彰的这一家', namedWays, { optional: true, hint: `集体的奖要选，看奖状、通报上怎么写。要选的有：${choices.filter(each => each.isNamed).map(each => each.label).join('、')}` }),
  note: text('经过', { most: 200, lines: true, hint: '在哪里、做了什么，一两句话。减分的事会照着印给本人，不写别人家的名字。' }),
});

async function showEvent(visit: Visit, trouble?: Trouble): Promise<Reply> {
  if ((visit.query['household'] ?? typed(visit.raw, 'household')) === '') return chooseHousehold(visit);
  const { world, loaded } = await eventAt(visit);
  const { standard } = world.compiled;
  const choices = choicesOf(standard);
  const members = loaded.living.map(member => ({ key: member.id, label: callOf(member) }));
  const model = formModel(eventForm(choices, members), { raw: visit.method === 'POST' ? visit.raw : { day: visit.day }, faults: trouble?.faults ?? [] });
  const chosen = typed(visit.raw, 'item');
  // What was done for others comes first: most of what is written down is good.
  const groups = [...new Set(choices.toSorted((a, b) => Number(a.isLess) - Number(b.isLess)).map(each => each.group))].map(title => groupOf(title, choices, chosen));
  return page('observations/event-new', {
    title: '记一件事', tablet: usesTablet(visit), number: numberText(loaded.row.household_no), name: loaded.row.head_name, round: world.round.id, household: loaded.row.id, id: newId(),
    closed: closedByStanding(world.round, world.standing, true), back: hrefOf(world.round.id, loaded.row.id), groups, itemFault: model.by['item']?.fault, asksNamed: choices.some(each => each.isNamed), form: model, by: model.by,
    photoFault: trouble?.code === 'evidence-wanted' ? trouble.words : undefined,
  });
}

/** What takes points away is folded: it is rarely looked for, and must not be pressed by a slip of the thumb. */
function groupOf(title: string, choices: readonly Choice[], chosen: string) {
  const options = choices.filter(each => each.group === title).map(each => ({ ...each, checked: each.key === chosen }));
  return { title, options, isLess: options.every(each => each.isLess), open: options.some(each => each.checked) };
}

async function eventAt(visit: Visit) {
  const loaded = await householdFor(visit, 'observation.record', visit.query['household'] ?? typed(visit.raw, 'household'));
  const named = visit.query['round'] ?? typed(visit.raw, 'round');
  const round = named === '' ? await currentRound(visit.office.read, loaded.key.path) : await roundAt(visit.office.read, named);
  return { loaded, world: await worldOf(visit.office.read, round?.no ?? -1, loaded.row.id) };
}

async function saveEvent(visit: Visit): Promise<Reply> {
  const { loaded, world } = await eventAt(visit);
  const choices = choicesOf(world.compiled.standard);
  const values = taken(eventForm(choices, loaded.living.map(member => ({ key: member.id, label: callOf(member) }))), visit.raw);
  const chosen = choices.find(each => each.key === values.item);
  if (chosen === undefined) return fault('item', 'option', '请选择什么事。');
  const [indicator = '', ...rest] = chosen.key.split('.');
  const option = rest.join('.');
  const id = typed(visit.raw, 'id');
  const event = isId(id) ? id : newId();
  const amount = chosen.unit === undefined || values.amount === undefined ? undefined : Number(values.amount);
  const outcome = await recordSheet(visit.office, visit.actor, {
    id: event, round: world.round.no, household: loaded.row.id, base_seq: world.sheets.at(-1)?.seq ?? 0, source: usesTablet(visit) ? 'grid' : 'village',
    events: [{ id: event, indicator, option, day: values.day, note: values.note, ...amount === undefined ? {} : { amount }, ...values.member === undefined ? {} : { member: values.member }, ...values.named === undefined ? {} : { shared: values.named === 'shared' } }],
    photos: visit.files.map(file => ({ about: event, source: { path: file.path } })),
  });
  const href = hrefOf(world.round.id, loaded.row.id);
  return seeOther(href, saidOf(href, outcome, `记下了：${chosen.label}。`));
}

const voidForm = form({ event: text('哪件事'), why: text('为什么撤掉', { most: 100 }) });

async function voidEvent(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  const values = taken(voidForm, visit.raw);
  const outcome = await recordSheet(visit.office, visit.actor, { id: newId(), round: at.world.round.no, household: at.loaded.row.id, base_seq: at.base, source: usesTablet(visit) ? 'grid' : 'village', voided: [{ id: values.event, why: values.why }] });
  return seeOther(`${at.href}/check`, saidOf(at.href, outcome, `撤掉了，原因也记下了。${heading(at).name}的分会跟着变。`));
}

export const eventRoutes: readonly Route[] = [
  get('/events/new', { power: 'observation.record', handle: showEvent }),
  post('/events/new', { power: 'observation.record', handle: saveEvent, again: showEvent, uploads: { fields: ['photo'], mostBytes: limits.photoBytes } }),
  post('/observations/:round/:household/void', { power: 'observation.record', handle: voidEvent }),
];
