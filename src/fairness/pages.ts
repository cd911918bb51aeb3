import { may, reach } from '../access/may.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeNames, placesBelow, placeSubject } from '../places/queries.ts';
import type { Power } from '../access/rules.ts';
import { othersFor } from '../recusals/queries.ts';
import { guardSmall } from '../reports/small-cells.ts';
import { roundAt } from '../rounds/queries.ts';
import type { Round } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { checkForm, drawForm } from './form.ts';
import { pictureOf } from './picture.ts';
import { checksBelow, checksOf, drawOf, findings } from './queries.ts';
import { kinShares, recorderLines, sharesBy, signalKinds, signalsIn, type Picture, type RecorderLine, type ShareLine } from './signals.ts';

/** Villages of the rounds under way, and the checks that wait. */
async function showList(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const paths = reach(visit.actor, 'fairness.read');
  const rounds: { no: number; id: string; name: string; path: string }[] = await read('rounds').join('places', 'places.no', 'rounds.place_no').whereNull('rounds.closed_on').orderBy('rounds.no', 'desc').select('rounds.no', 'rounds.id', 'rounds.name', 'places.path');
  const own = rounds.filter(round => paths.some(path => path.startsWith(round.path) || round.path.startsWith(path)));
  const villages = (await Promise.all(paths.map(path => placesBelow(read, path, 'village')))).flat();
  const checks = await checksBelow(read, paths, limits.rowsPerPageMost);
  const names = await placeNames(read, checks.map(check => check.village));
  return page('fairness/list', {
    title: '公平监测', heading: '公平监测',
    rounds: own.map(round => ({ name: round.name, villages: villages.filter(village => village.path.startsWith(round.path)).map(village => ({ name: village.name, href: `/fairness/${round.id}/${village.id}` })) })),
    checks: checks.map(check => ({ href: `/checks/${check.id}`, words: check.figures, place: names.get(check.village)?.full ?? '', who: check.assignee, until: check.due_on, late: check.due_on < visit.day })),
  });
}

/** The round and village of an address, for somebody who may. */
export async function villageAt(visit: Visit, power: Power): Promise<{ readonly round: Round; readonly village: Place; readonly here: string }> {
  const { read } = visit.office;
  const [round, village] = [await roundAt(read, visit.params['round'] ?? ''), await placeById(read, visit.params['village'] ?? '')];
  if (village.kind !== 'village' || !village.path.startsWith(round.path)) return common.refuse('not-found');
  const leave = may(visit.actor, power, placeSubject(village));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  return { round, village, here: `/fairness/${round.id}/${village.id}` };
}

/** One village: by recorder, by group and grid, kin beside others; what stands out, and whom to ask to look into it. */
export async function showVillage(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { round, village, here } = await villageAt(visit, 'fairness.read');
  const { read } = visit.office;
  const [picture, checks, draw, able] = [await pictureOf(read, round, village.no), await checksOf(read, round.no, village.no), await drawOf(read, round.no, village.no), await othersFor(read, 'check.answer', placeSubject(village), { day: visit.day, but: '' })];
  const open = new Map(checks.filter(check => check.finding === null).map(check => [check.signal, check.id]));
  const { kin, others } = kinShares(picture);
  return page('fairness/village', {
    title: `公平监测 ${village.name}`, heading: `${village.name} ${round.name}`, crumbs: [{ label: '公平监测', href: '/fairness' }, { label: village.name }], here,
    signals: signalsIn(picture).map((signal, at) => ({
      what: signalKinds[signal.kind], words: signal.words, key: signal.key, id: newId(), check: open.has(signal.key) ? `/checks/${open.get(signal.key) ?? ''}` : undefined,
      form: formModel(checkForm(able.filter(one => one.id !== signal.officer)), { prefix: `s${at}-`, faults: visit.method === 'POST' && visit.raw['signal'] === signal.key ? trouble?.faults ?? [] : [] }),
    })),
    recorders: recorderLines(picture).map(recorderModel), tables: [{ title: '按村民小组', rows: shareModels(sharesBy(picture, 'group')) }, { title: '按网格', rows: shareModels(sharesBy(picture, 'grid')) }, { title: '亲属', rows: shareModels([kin, others]) }],
    checks: checks.map(check => ({ href: `/checks/${check.id}`, words: check.figures, who: check.assignee, finding: check.finding === null ? undefined : findings[check.finding], until: check.due_on })),
    draw: draw === undefined ? undefined : `/draws/${draw.id}`, canDraw: draw === undefined && round.closed_on === null, id: newId(), form: formModel(drawForm, { raw: visit.method === 'POST' ? visit.raw : {}, faults: visit.method === 'POST' && visit.raw['signal'] === undefined ? trouble?.faults ?? [] : [] }), ready: readyIn(picture),
  });
}

const readyIn = ({ households }: Picture): number => households.filter(one => one.recorder !== undefined).length;
const oneDecimal = (hundredths: number): string => (Math.round(hundredths / 10) / 10).toString();
const recorderModel = (line: RecorderLine) => ({
  name: line.name, households: line.households, mean: line.mean === undefined ? '—' : oneDecimal(line.mean), by: line.by === undefined ? '—' : `${line.by > 0 ? '+' : ''}${oneDecimal(line.by)}`,
  again: line.again.all === 0 ? '—' : `${line.again.same} / ${line.again.all}`, alike: line.answered === 0 ? '—' : `${line.alike} / ${line.answered}`, last: `${line.last} / ${line.saves}`, hurried: line.hurried, night: line.night,
});

/** A line of a few households would speak of one family: it is kept back, and where only one is, its neighbour's sum tells nothing either. */
function shareModels(lines: readonly ShareLine[]) {
  const { hidden } = guardSmall(lines.map(line => ({ rated: line.rated, sees: false })));
  return lines.map((line, at) => ({ label: line.label, text: line.rated === 0 ? '还没有算分' : hidden[at] === true ? '太少，不显示' : `${line.credit} / ${line.rated}`, span: line.rated === 0 || hidden[at] === true ? '' : `${Math.round(line.low * 100)}%—${Math.round(line.high * 100)}%` }));
}

export const fairnessRoutes: readonly Route[] = [
  get('/fairness', { power: 'fairness.read', handle: showList }),
  get('/fairness/:round/:village', { power: 'fairness.read', handle: showVillage }),
];
