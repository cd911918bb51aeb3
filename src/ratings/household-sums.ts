import type { Knex } from 'knex';
import { dayFromNumber, dayNumber, type Day } from '../kit/time.ts';
import { amongOf, type Among, type Counting, type MemberCondition, type MemberValue } from '../standards/aggregate.ts';
import { holds, spanOf, type Span } from '../standards/bounds.ts';
import type { Coding } from '../standards/dictionary.ts';
import { happeningsOf } from '../standards/happening.ts';
import { firstDayBack } from '../standards/kinds/window.ts';
import { wantedValues, type Sum } from '../standards/member.ts';
import { scaleOf } from '../standards/values.ts';
import { confirmed, inRound } from './shares.ts';

/** Whose result counts: what is approved, or as if everything rated so far were. */
export type Moment = 'decided' | 'soFar';

/** What is counted of households, where and by what standard. */
export interface Asked { readonly round: number; readonly villages: readonly number[]; readonly coding: Coding; readonly day: Day; readonly moment: Moment }

type Wanted = ReadonlyMap<string, Counting>;
/** By village, by name. */
export type VillageSums = ReadonlyMap<number, ReadonlyMap<string, Sum>>;

/**
 * Sums over the households of any number of villages: one query for each way of looking at them (who is on the register, who has an objection
 * open, whose result is approved …), however many figures are wanted, and none for a way that nothing wants.
 */
export async function householdSums(read: Knex, asked: Asked, wanted: Wanted): Promise<VillageSums> {
  const byWay = Map.groupBy(wanted, ([, aggregate]) => wayOf(aggregate));
  const found = new Map<number, Map<string, Sum>>(asked.villages.map(village => [village, new Map([...wanted.keys()].map(name => [name, { fit: 0, known: 0, sum: 0 }]))]));
  await Promise.all([...byWay].map(async ([way, own]) => {
    const alike = [...Map.groupBy(own, ([, aggregate]) => JSON.stringify(aggregate)).values()].flatMap(same => same[0] === undefined ? [] : [{ aggregate: same[0][1], names: same.map(([name]) => name) }]);
    const columns = alike.map(({ aggregate }, at) => columnsOf(aggregate, at, asked));
    const query = queryOf[way](read, asked).select(read.raw(['c.village', ...columns.map(column => column.sql)].join(', '), columns.flatMap(column => column.bindings)));
    for (const no of new Set(columns.flatMap(column => column.facts))) void query.joinRaw(`left join current_values as f${no} on f${no}.round = c.round and f${no}.subject = c.subject and f${no}.indicator = ${no}`);
    const rows: Readonly<Record<string, number | string | null>>[] = await query;
    for (const row of rows) alike.forEach(({ names }, at) => {
      const sum = { fit: Number(row[`fit${at}`] ?? 0), known: Number(row[`known${at}`] ?? 0), sum: Number(row[`sum${at}`] ?? 0) };
      for (const name of names) found.get(Number(row['village']))?.set(name, sum);
    });
  }));
  return found;
}

type Way = 'register' | 'held' | Among;
const wayOf = (aggregate: Counting): Way => amongOf(aggregate) !== 'all' || aggregate.where !== undefined ? amongOf(aggregate)
  : 'count' in aggregate ? 'register' : aggregate.value === 'openObjections' ? 'held' : 'all';

/** Cases of households that are not closed by now: a closed one counts on neither side of a share. */
const openCases = (read: Knex, { round, villages }: Asked): Knex.QueryBuilder =>
  read('cases as c').join('households as h', 'h.no', 'c.subject').where('c.round', round).whereNull('h.closed_on').whereIn('c.village', [...villages]).groupBy('c.village');

const queryOf: Readonly<Record<Way, (read: Knex, asked: Asked) => Knex.QueryBuilder>> = {
  register: (read, { villages }) => read.from(read('households').whereIn('village_no', [...villages]).whereNull('closed_on').select('village_no as village').as('c')).groupBy('c.village'),
  held: (read, asked) => openCases(read, asked).whereRaw('c.held > 0'),
  all: openCases,
  takingPart: (read, asked) => openCases(read, asked).whereNot('c.standing', 'excused'),
  rated: (read, asked) => openCases(read, asked).whereIn('c.standing', asked.moment === 'decided' ? confirmed : inRound)
    .whereNot('c.outcome', 'provisional'),
};

/** A piece of SQL, the values it is given, and the facts (by their numbers) that it looks at. */
interface Said { readonly sql: string; readonly bindings: readonly (string | number)[]; readonly facts: readonly number[] }
const said = (sql: string, bindings: readonly (string | number)[] = [], facts: readonly number[] = []): Said => ({ sql, bindings, facts });
const joined = (parts: readonly Said[], between: string): Said => said(`(${parts.map(part => part.sql).join(between)})`, parts.flatMap(part => part.bindings), parts.flatMap(part => part.facts));
const unknown = said('cast(null as boolean)');

function columnsOf(aggregate: Counting, at: number, asked: Asked): Said {
  const fits = aggregate.where === undefined ? said('1 = 1') : claim(aggregate.where, asked.coding);
  const values = 'count' in aggregate ? [] : [valueIn(aggregate.value, asked), ...aggregate.times === undefined ? [] : [valueIn({ indicator: aggregate.times }, asked)]];
  const value = values.length === 0 ? said('1') : joined(values, ' * ');
  const sum = (then: Said, as: string): Said => said(`sum(case when ${fits.sql} then ${then.sql} else 0 end) as ${as}${at}`, [...fits.bindings, ...then.bindings], [...fits.facts, ...then.facts]);
  const parts = [sum(said('1'), 'fit'), sum(values.length === 0 ? said('1') : said(`case when ${value.sql} is null then 0 else 1 end`, value.bindings, value.facts), 'known'), sum(said(`coalesce(${value.sql}, 0)`, value.bindings, value.facts), 'sum')];
  return said(parts.map(part => part.sql).join(', '), parts.flatMap(part => part.bindings), parts.flatMap(part => part.facts));
}

/** Numeric, for the product of two facts may leave the whole numbers of a database. */
const fact = (no: number): Said => said(`case when f${no}.state = 0 then cast(f${no}.value as numeric) end`, [], [no]);

function valueIn(value: MemberValue, { coding, day, round }: Asked): Said {
  if (value === 'total') return said('c.points');
  if (value === 'openObjections') return said('c.held');
  if ('indicator' in value) {
    const no = numberOf(coding, value.indicator);
    return no === undefined ? said('cast(null as numeric)') : fact(no);
  }
  const slot = coding.standard.indicators.findIndex(indicator => indicator.key === value.events);
  const no = coding.numbers[slot];
  if (no === undefined) return said('cast(null as numeric)');
  const options = happeningsOf(coding.standard.indicators[slot]).flatMap(({ item }, at) => value.items === undefined || value.items.includes(item.key) ? [coding.optionOf(slot, at)] : []);
  const today = dayNumber(day);
  return said(`coalesce((select ${value.of === 'count' ? 'count(*)' : 'sum(coalesce(e.amount, 100))'} from events e where e.round = ? and e.subject = c.subject and e.voided is null
    and e.indicator = ? and e."option" in (${['-1', ...options.map(() => '?')].join(', ')}) and e.day between ? and ? and (e.counts_from is null or e.counts_from <= ?) and (e.counts_until is null or e.counts_until > ?)), 0)`, [round, no, ...options, dayFromNumber(firstDayBack(value.months, today)), day, day, day]);
}

/** The same claims as `member.ts` makes of a member at hand; what is not known is null, and fits neither a claim nor its opposite. */
function claim(condition: MemberCondition, coding: Coding): Said {
  if ('all' in condition) return joined(condition.all.map(each => claim(each, coding)), ' and ');
  if ('any' in condition) return joined(condition.any.map(each => claim(each, coding)), ' or ');
  if ('not' in condition) return joined([said('not '), claim(condition.not, coding)], '');
  if ('credit' in condition) return said('(c.credit = ?)', [condition.credit ? 1 : 0]);
  if ('grade' in condition) {
    const least = coding.standard.grades.findIndex(grade => grade.code === condition.grade);
    return least < 0 ? unknown : said('(c.grade between 0 and ?)', [least]);
  }
  if ('total' in condition) return within('c.points', spanOf(condition.total, 100));
  const slot = coding.standard.indicators.findIndex(indicator => indicator.key === condition.indicator);
  const [indicator, no] = [coding.standard.indicators[slot], coding.numbers[slot]];
  if (indicator === undefined || no === undefined) return unknown;
  const wanted = wantedValues(condition, indicator)?.map(value => coding.keptValue(slot, value));
  const test = wanted === undefined ? within(`f${no}.value`, spanOf('is' in condition ? {} : condition, scaleOf(indicator.type))) : said(`f${no}.value in (${['-1', ...wanted.map(() => '?')].join(', ')})`, wanted);
  return said(`(case when f${no}.state = 0 then ${test.sql} end)`, test.bindings, [no]);
}

function within(column: string, span: Span): Said {
  if (!holds(span, span.from) && !holds(span, span.to)) return said('1 = 0');
  const parts = [...Number.isFinite(span.from) ? [said(`${column} >= ?`, [span.from])] : [], ...Number.isFinite(span.to) ? [said(`${column} <= ?`, [span.to])] : []];
  return parts.length === 0 ? said('1 = 1') : joined(parts, ' and ');
}

function numberOf(coding: Coding, key: string): number | undefined {
  const slot = coding.standard.indicators.findIndex(indicator => indicator.key === key);
  return coding.numbers[slot];
}
