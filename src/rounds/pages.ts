import { may, reach } from '../access/may.ts';
import { within } from '../access/subject.ts';
import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { addDays, addMonths, type Day } from '../kit/time.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeById, placeByNo, placeColumns, placeNames, placesBelow, placeSubject } from '../places/queries.ts';
import { adoptedStandards, standardRow } from '../standards/queries.ts';
import { progressBars } from '../web/charts.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { admit } from './admit.ts';
import { close, reopen } from './close.ts';
import { openForm, type Choices } from './form.ts';
import { open } from './open.ts';
import { unfinished } from './follow-cases.ts';
import { countsByVillage, lacking, roundFor, seesRound } from './queries.ts';
import { roundsOver, type Round } from './round.ts';
import { stageNames, stages, tally, type Tally } from './stages.ts';

const stateOf = (round: Round, day: Day) => round.closed_on !== null ? { icon: 'box', kind: '', words: `${round.closed_on} 结束` }
  : day <= round.collect_until ? { icon: 'half', kind: 'moving', words: `采集到 ${round.collect_until}` } : { icon: 'half', kind: 'moving', words: '采集已截止，正在评' };

export async function showRounds(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const rounds = (await roundsOver(read, '/')).filter(round => seesRound(visit.actor, round));
  const names = await placeNames(read, rounds.map(round => round.place_no));
  const mayOpen = (await placesToOpen(visit)).length > 0;
  return page('rounds/index', {
    title: '评定批次', can: { open: mayOpen },
    rows: rounds.map(round => ({ href: `/rounds/${round.id}`, name: round.name, place: names.get(round.place_no)?.full ?? '', year: round.year, state: stateOf(round, visit.day), valid: round.valid_until })),
    empty: { words: mayOpen ? '还没有评定批次。标准采用好了，就可以开。' : '您的片区还没有评定批次。开了以后，这里会列出来。', act: mayOpen ? { label: '开一个批次', href: '/rounds/new' } : undefined },
  });
}

/** Townships and counties an actor may open a round at. */
async function placesToOpen(visit: Visit): Promise<readonly Place[]> {
  const paths = reach(visit.actor, 'round.open');
  if (paths.length === 0) return [];
  return visit.office.read('places').select(...placeColumns).whereIn('kind', ['county', 'township']).whereNull('until').where({ hidden: 0 })
    .where(any => { for (const path of paths) void any.orWhere('path', 'like', `${path}%`); }).orderBy('kind').orderBy('sort').orderBy('no');
}

async function choicesFor(visit: Visit): Promise<Choices & { readonly first: Place | undefined }> {
  const { read } = visit.office;
  const places = await placesToOpen(visit);
  if (places.length === 0) common.refuse('not-allowed', { why: '您的片区里没有可以开批次的县或乡镇' });
  const names = await placeNames(read, places.map(place => place.no));
  const counties = [...new Set(places.map(place => ancestorNo(place.path, 'county')).filter(no => no !== undefined))];
  const adopted = async (kind: 'household' | 'village' | 'township') => {
    const lists = await Promise.all(counties.map(county => adoptedStandards(read, { county, day: visit.day, kind })));
    return [...new Map(lists.flat().map(row => [row.hash, row])).values()];
  };
  const [household, village, township] = await Promise.all([adopted('household'), adopted('village'), adopted('township')]);
  return { places: places.map(place => ({ key: String(place.no), label: place.kind === 'county' ? `${place.name}（全县）` : names.get(place.no)?.full ?? place.name })), household, village, township, first: places.find(place => place.kind === 'township') ?? places[0] };
}

export async function showOpen(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const choices = await choicesFor(visit);
  const year = visit.day.slice(0, 4);
  const first = {
    place: choices.places.length === 1 ? String(choices.first?.no ?? '') : '', year, name: `${year} 年度信用评定`,
    household_standard: choices.household[0]?.hash ?? '', village_standard: choices.village[0]?.hash ?? '', township_standard: choices.township[0]?.hash ?? '',
    collect_until: addDays(visit.day, 45), village_days: '5', township_days: '5', valid_until: addMonths(visit.day, 14),
  };
  const wanting = [...choices.household.length === 0 ? ['农户'] : [], ...choices.village.length === 0 ? ['村'] : [], ...choices.township.length === 0 ? ['乡镇'] : []];
  return page('rounds/new', {
    title: '开一个批次', wanting: wanting.join('、'), words: trouble !== undefined && trouble.faults.length === 0 ? trouble.words : undefined,
    form: formModel(openForm(choices, visit.day), { raw: trouble === undefined ? first : visit.raw, faults: trouble?.faults ?? [] }),
  });
}

export async function takeOpen(visit: Visit): Promise<Reply> {
  const { place, ...given } = taken(openForm(await choicesFor(visit), visit.day), visit.raw);
  const round = await open(visit.office, visit.actor, { place: Number(place), ...given });
  return seeOther(`/rounds/${round.id}`, '批次开好了，所有在册农户、村和乡镇都已列入。');
}

const tallyRow = (label: string, href: string, sum: Tally) => ({ label, href, sum, waiting: sum.held });

export async function showRound(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const place = await placeByNo(read, round.place_no);
  const paths = reach(visit.actor, 'round.read');
  const all = await placesBelow(read, round.path, 'village');
  const mine = all.filter(village => paths.some(path => within(village.path, path)));
  const counts = await countsByVillage(read, round.no, mine.map(village => village.no));
  const townships = (await placesBelow(read, round.path, 'township')).filter(one => mine.some(village => within(village.path, one.path)));
  const chosen = townships.find(one => String(one.no) === visit.query['township']);
  const inside = chosen === undefined ? mine : mine.filter(village => within(village.path, chosen.path));
  const byTownship = chosen === undefined && townships.length > 1;
  const countsIn = (path: string) => { const nos = new Set(inside.filter(village => within(village.path, path)).map(village => village.no)); return tally(counts.filter(count => nos.has(count.village))); };
  const rows = byTownship ? townships.map(one => tallyRow(one.name, `/rounds/${round.id}?township=${one.no}`, countsIn(one.path)))
    : inside.map(village => tallyRow(village.name, `/rounds/${round.id}/villages/${village.id}`, countsIn(village.path)));
  const whole = countsIn('/');
  const isOpen = round.closed_on === null;
  const mayKeep = may(visit.actor, 'round.open', placeSubject(place)) === true;
  const missing = isOpen && may(visit.actor, 'case.admit', placeSubject(place)) === true ? await lacking(read, round) : 0;
  const [household, village, township] = await Promise.all([standardRow(read, round.household_standard), standardRow(read, round.village_standard), standardRow(read, round.township_standard)]);
  return page('rounds/show', {
    title: round.name, here: `/rounds/${round.id}`,
    crumbs: [{ label: '评定批次', href: '/rounds' }, ...chosen === undefined ? [{ label: round.name }] : [{ label: round.name, href: `/rounds/${round.id}` }, { label: chosen.name }]],
    heading: `${chosen?.name ?? place.name}，${whole.all} 户参评，采集了 ${whole.collected} 户`,
    state: stateOf(round, visit.day), whole, columns: stageNames.map(stage => stages[stage]), byTownship,
    rows: rows.map(row => ({ ...row, at: stageNames.map(stage => row.sum.at[stage]) })),
    totals: stageNames.map(stage => whole.at[stage]),
    chart: rows.length > 0 && rows.length <= 40 ? progressBars(rows.map(row => ({ label: row.label, done: row.sum.collected, all: row.sum.all }))) : undefined,
    facts: [
      { term: '年度', value: `${round.year}` }, { term: '开始', value: round.opened_on }, { term: '采集到', value: round.collect_until },
      { term: '村公示', value: `${round.village_days} 个工作日` }, { term: '镇公示', value: `${round.township_days} 个工作日` }, { term: '等级有效到', value: round.valid_until },
    ],
    standards: [household, village, township].map(row => ({ title: row.title, version: `${row.year} 年第 ${row.version} 版`, href: `/standards/${row.hash}` })),
    missing, can: { close: mayKeep && isOpen, reopen: mayKeep && !isOpen, archive: !isOpen && may(visit.actor, 'round.archive', placeSubject(place)) === true }, empty: { words: '这里还没有村。', act: undefined },
  });
}

export async function showClose(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const place = await placeByNo(read, round.place_no);
  const villages = await placesBelow(read, round.path, 'village');
  const sum = tally(await countsByVillage(read, round.no, villages.map(village => village.no)));
  return page('rounds/close', {
    title: '结束批次', crumbs: [{ label: '评定批次', href: '/rounds' }, { label: round.name, href: `/rounds/${round.id}` }],
    confirm: {
      heading: `结束${place.name}的“${round.name}”`, action: `/rounds/${round.id}/close`, button: '结束这个批次', back: { label: '先不结束', href: `/rounds/${round.id}` },
      effects: [`${sum.done} 户已批准，结果照旧有效到 ${round.valid_until}。`, `${sum.all - sum.done} 户还没走完，这一轮不再评。`, ...await unfinished(read, round.no), '结束以后不能再采集、评议、公示和年审。要接着办，先恢复。'],
    },
  });
}

export async function takeClose(visit: Visit): Promise<Reply> {
  const round = await roundFor(visit.office.read, visit.actor, visit.params['round'] ?? '');
  await close(visit.office, visit.actor, round.no);
  return seeOther(`/rounds/${round.id}`, { kind: 'done', words: '批次结束了。', undo: { label: '恢复', action: `/rounds/${round.id}/reopen` } });
}

export async function takeReopen(visit: Visit): Promise<Reply> {
  const round = await roundFor(visit.office.read, visit.actor, visit.params['round'] ?? '');
  await reopen(visit.office, visit.actor, round.no);
  return seeOther(`/rounds/${round.id}`, '批次恢复了，接着办。');
}

export async function takeAdmit(visit: Visit): Promise<Reply> {
  const round = await roundFor(visit.office.read, visit.actor, visit.params['round'] ?? '');
  const made = await admit(visit.office, visit.actor, round.no);
  return seeOther(`/rounds/${round.id}`, made === 0 ? '没有要加进来的。' : `加进来 ${made} 户。`);
}

/** A village that the round covers and the visitor looks after. */
export async function villageIn(visit: Visit, round: Round): Promise<Place> {
  const village = await placeById(visit.office.read, visit.params['village'] ?? '');
  if (village.kind !== 'village' || !within(village.path, round.path)) common.refuse('not-found');
  const leave = may(visit.actor, 'round.read', placeSubject(village));
  if (leave !== true || !seesRound(visit.actor, round)) common.refuse('not-allowed', { why: leave === true ? '' : leave });
  return village;
}
