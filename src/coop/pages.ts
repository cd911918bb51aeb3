import { actorId } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { choice, text } from '../kit/fields.ts';
import { form, typed } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { nameFor } from '../kit/mask.ts';
import { rollsAt } from '../rolls/queries.ts';
import { creditOf } from '../rolls/roll.ts';
import { gradesOf } from '../panels/grades.ts';
import { gradeSign, gradeWords } from '../standards/standard.ts';
import { formModel } from '../web/form-model.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { objectionsOfBank } from '../objections/queries.ts';
import { placesBelow } from '../places/queries.ts';
import { purposes, type Purpose } from '../households/purposes.ts';
import { lookUp } from './lookup.ts';
import { bankOf } from '../people/queries.ts';
import { lookupsBy, sharedWith } from './queries.ts';
import { coop } from './refusals.ts';

const purposeOptions = (Object.keys(purposes) as Purpose[]).map(key => ({ key, label: purposes[key] }));
const lookForm = form({ purpose: choice('这次为什么看', purposeOptions), household: text('农户', { most: 36 }) });

async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const bank = await bankOf(read, actorId(visit.actor)) ?? coop.refuse('no-bank');
  const search = (visit.query['q'] ?? '').trim().slice(0, limits.searchCharacters);
  const found = await sharedWith(read, { bank: bank.id, paths: reach(visit.actor, 'coop.lookup'), day: visit.day, search, most: limits.rowsPerPage + 1 });
  const chosen = typed(visit.raw, 'household') || visit.query['household'] || '';
  return page('coop/index', {
    title: '授权农户', bank: bank.name, objected: (await objectionsOfBank(read, bank.id, reach(visit.actor, 'objection.verify'), limits.rowsPerPageMost)).filter(one => one.outcome === null).length, search, more: found.length > limits.rowsPerPage, here: visit.link({ q: search }), households: found.slice(0, limits.rowsPerPage).map(one => ({ ...rowOf(one, chosen), href: visit.link({ q: search, household: one.id }) })),
    chosen: found.filter(one => one.id === chosen).map(one => rowOf(one, chosen))[0], form: formModel(lookForm, trouble === undefined ? {} : { raw: visit.raw, faults: trouble.faults }), result: undefined,
  });
}

type Row = Awaited<ReturnType<typeof sharedWith>>[number];
const rowOf = (one: Row, chosen: string): object => ({ id: one.id, no: String(one.household_no).padStart(3, '0'), name: nameFor('coop', one.head_name), where: `${one.village}${one.group_name ?? ''}`, current: one.id === chosen });

/** The answer is the page itself: going back to it asks for a purpose again. */
async function look(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const { household, purpose } = taken(lookForm, visit.raw);
  const result = await lookUp(visit.office, visit.actor, { household, purpose });
  const bank = await bankOf(read, actorId(visit.actor)) ?? coop.refuse('no-bank');
  const one = (await sharedWith(read, { bank: bank.id, paths: reach(visit.actor, 'coop.lookup'), day: visit.day, search: '', most: 1, id: household }))[0] ?? coop.refuse('not-shared');
  const grades = result === undefined ? [] : (await gradesOf(read, result.standard)).rows;
  const rank = grades.findIndex(grade => grade.code === result?.grade_code);
  const grade = grades[rank] ?? { code: result?.grade_code ?? '', label: '' };
  return page('coop/result', {
    title: `${one.head_name}家`, bank: bank.name, household: rowOf(one, household), purpose: purposes[purpose], seenAt: visit.at, officer: visit.actor.kind === 'officer' ? visit.actor.name : '',
    result: result === undefined ? undefined : { mark: { code: gradeSign(grade), rank: rank + 1 }, words: gradeWords(grade), year: result.year, issuedOn: result.issued_on, validUntil: result.valid_until, reasons: result.reasons, isDisputed: result.isDisputed, said: result.said },
  });
}

async function villages(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const places = (await Promise.all(reach(visit.actor, 'coop.lookup').map(path => placesBelow(read, path, 'village')))).flat();
  const rolls = (await rollsAt(read, { path: '/' })).filter(roll => roll.withdrawn_reason === null);
  return page('coop/villages', {
    title: '村情',
    villages: places.map(village => {
      const roll = rolls.find(one => one.figures.villages.some(figures => figures.no === village.no));
      const figures = roll?.figures.villages.find(one => one.no === village.no);
      return { name: village.name, id: village.id, year: roll?.year, credit: figures === undefined ? 0 : creditOf(figures), rated: figures?.rated ?? 0, all: figures?.all ?? 0 };
    }),
  });
}

async function own(visit: Visit): Promise<Reply> {
  const rows = await lookupsBy(visit.office.read, actorId(visit.actor), limits.rowsPerPageMost);
  return page('coop/lookups', { title: '我的查看记录', rows: rows.map(row => ({ at: row.at, no: row.found === 1 ? String(row.household_no).padStart(3, '0') : '—', name: row.found === 1 ? nameFor('office', row.head_name) : '—', purpose: purposes[row.purpose as Purpose] ?? row.purpose, found: row.found === 1 })) });
}

export const coopRoutes: readonly Route[] = [
  get('/coop', { power: 'coop.lookup', handle: visit => show(visit) }),
  post('/coop', { power: 'coop.lookup', handle: look, again: show }),
  get('/coop/villages', { power: 'coop.lookup', handle: villages }),
  get('/coop/lookups', { power: 'coop.lookup', handle: own }),
];
