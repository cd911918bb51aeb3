import { holds, reach } from '../access/may.ts';
import { fault, taken } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { addMonths } from '../kit/time.ts';
import { below } from '../places/below.ts';
import { placeColumns, placeNames } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import { roundsOver } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { outcomeWords } from './award.ts';
import { openCheck } from './check.ts';
import { checkForm } from './form.ts';
import { isMine } from './mine.ts';
import { nameOf, stateOf } from './present.ts';
import { annualsOver, openChanges } from './queries.ts';

/** Annual checks under way, and whatever is put forward and not decided yet. */
async function showAll(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const paths = reach(visit.actor, 'award.read');
  const [annuals, changes, open] = [await annualsOver(read, paths), await openChanges(read, paths, limits.rowsPerPageMost), await roundsToCheck(visit)];
  const names = await placeNames(read, changes.map(one => one.place_no));
  const rows = changes.map(one => ({
    href: `/awards/${one.id}`, name: nameOf(one), what: outcomeWords[one.outcome], place: names.get(one.place_no)?.full ?? one.place, state: stateOf(one, visit.day, one.kind), mine: isMine(visit, one),
  }));
  return page('awards/index', {
    title: '年审和变动', heading: rows.some(row => row.mine) ? `有 ${rows.filter(row => row.mine).length} 件等您办` : '年审和变动', canCheck: open.length > 0, keepsPlaques: holds(visit.actor, 'plaque.keep'),
    annuals: annuals.map(one => ({ href: `/awards/checks/${one.id}`, title: `${one.place} ${one.year} 年年审`, until: one.until, valid: one.valid_until, late: one.until < visit.day })), mine: rows.filter(row => row.mine), others: rows.filter(row => !row.mine),
    form: formModel(checkForm(open.map(({ key, label }) => ({ key, label }))), { raw: visit.method === 'POST' ? visit.raw : { of: open[0]?.key ?? '', until: addMonths(visit.day, 1), valid_until: addMonths(visit.day, 13) }, faults: trouble?.faults ?? [] }),
  });
}

/** Rounds with certificates at townships where the reader may open the check. */
async function roundsToCheck({ office: { read }, actor, day }: Visit): Promise<readonly { readonly key: string; readonly label: string; readonly round: number; readonly place: number }[]> {
  const paths = reach(actor, 'award.check');
  const townships = paths.length === 0 ? [] : await read('places').where({ kind: 'township' }).whereNull('until').where(below(paths, 'path')).orderBy('sort').select<Place[]>(...placeColumns);
  const found = await Promise.all(townships.map(async place => (await roundsOver(read, place.path)).filter(round => round.closed_on === null).map(round => ({ key: `${round.no}-${place.no}`, label: `${place.name} ${round.name}`, round: round.no, place: place.no }))));
  const [held, opened] = await Promise.all([read('certificates').distinct<{ round: number }[]>('round'), read('annual_checks').where({ year: Number(day.slice(0, 4)) }).select<{ round: number; place_no: number }[]>('round', 'place_no')]);
  return found.flat().filter(one => held.some(row => Number(row.round) === one.round) && !opened.some(row => Number(row.round) === one.round && row.place_no === one.place));
}

async function takeCheck(visit: Visit): Promise<Reply> {
  const open = await roundsToCheck(visit);
  const given = taken(checkForm(open.map(({ key, label }) => ({ key, label }))), visit.raw);
  const chosen = open.find(one => one.key === given.of) ?? fault('of', 'unknown', '请从列出的批次里选一个。');
  const id = await openCheck(visit.office, visit.actor, { round: chosen.round, place: chosen.place, until: given.until, valid_until: given.valid_until });
  return seeOther(`/awards/checks/${id}`, '年审开好了，各村可以看、可以提了。');
}

export const awardRoutes: readonly Route[] = [
  get('/awards', { power: 'award.read', handle: visit => showAll(visit) }),
  post('/awards/checks', { power: 'award.check', handle: takeCheck, again: showAll }),
];
