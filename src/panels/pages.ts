import type { Office } from '../office.ts';
import { holds, may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { numberText } from '../households/household.ts';
import { householdFaces } from '../households/queries.ts';
import { householdKey, householdSubject, type HouseholdKey } from '../households/subject.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeNames, placeSubject } from '../places/queries.ts';
import { markWords, standingWords } from '../rounds/case.ts';
import { asideFrom } from '../recusals/present.ts';
import { changedSince } from '../ratings/since-approved.ts';
import { marksOf, type MarkRow } from '../rounds/queries.ts';
import { reasonOf } from '../rounds/reason.ts';
import { caseOf, roundById, type Round } from '../rounds/round.ts';
import { distribution } from '../web/charts.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { committeeRules } from './committee-rules.ts';
import { docketOf, type DocketRow } from './docket.ts';
import { decideForm, passForm, returnForm } from './form.ts';
import { gradesOf, type Grades } from './grades.ts';
import { passCases, passRest } from './pass.ts';
import { batchesOf, countsIn, gradesCounted, noticeUntil, recentReasons, villageStates, waiting } from './queries.ts';
import { returnCases } from './return.ts';
import { isStage, stageNames, stages, type Stage } from './stage.ts';
import { stepsOf } from './steps.ts';
import { undoPass } from './undo.ts';

async function index(visit: Visit): Promise<Reply> {
  const states = await villageStates(visit.office.read, reach(visit.actor, 'rating.read'));
  const rows = states.map(state => {
    const mine = stageNames.filter(stage => may(visit.actor, stages[stage].power, placeSubject(state.place)) === true);
    const stage = mine.find(each => waiting(state.counts, each) > 0);
    return {
      name: state.name, roundName: state.roundName, held: state.held, mine: stage !== undefined, count: stage === undefined ? 0 : waiting(state.counts, stage),
      says: stage === undefined ? '' : stages[stage].says, href: `/reviews/${state.roundId}/${state.place.id}/${stage ?? mine[0] ?? 'village'}`,
      states: Object.entries(state.counts).map(([standing, count]) => `${standingWords[standing as keyof typeof standingWords]} ${count}`).join(' · '),
    };
  });
  const mine = rows.filter(row => row.mine);
  return page('panels/index', {
    title: '评议', sittings: holds(visit.actor, 'sitting.read'), fair: holds(visit.actor, 'fairness.read'), heading: mine.length > 0 ? `有 ${mine.length} 个村等您评议` : '现在没有等您评议的村', mine, others: rows.filter(row => !row.mine),
  });
}

interface Open { readonly round: Round; readonly village: Place; readonly stage: Stage }

async function opened({ office, actor, params }: Visit): Promise<Open> {
  const stage = params['stage'] ?? '';
  if (!isStage(stage)) return common.refuse('not-found');
  const [round, village] = [await roundById(office.read, params['round'] ?? ''), await placeById(office.read, params['place'] ?? '')];
  if (village.kind !== 'village' || !village.path.startsWith(round.path)) return common.refuse('not-found');
  const leave = may(actor, 'rating.read', placeSubject(village));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  return { round, village, stage };
}

/** Where the committee is called together for this docket, or sits already. */
const sitUrl = ({ round, village, stage }: Open): string => `/sittings/new?round=${round.id}&place=${village.id}&stage=${stage}`;
const docketUrl = ({ round, village, stage }: Open): string => `/reviews/${round.id}/${village.id}/${stage}`;

const rowModel = (grades: Grades, row: DocketRow, open: Open) => ({
  no: String(row.household_no).padStart(3, '0'), head: row.head_name, group: row.group_name ?? '', total: row.points, mark: grades.mark(row.grade),
  before: row.before === undefined ? '—' : row.before === null ? '未参评' : row.before === '' ? '无等级' : row.before,
  reasons: row.reasons.map(reason => ({ words: reason.words, flag: reason.code === 'disputed' })), href: `${docketUrl(open)}/cases/${row.id}`, subject: row.subject,
});

async function showDocket(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const open = await opened(visit);
  const { round, village, stage } = open;
  const { read } = visit.office;
  const docket = await docketOf(read, { ...open, actor: visit.actor });
  const counts = await countsIn(read, round.no, village.no);
  const name = (await placeNames(read, [village.no])).get(village.no)?.full ?? village.name;
  const canAct = may(visit.actor, stages[stage].power, placeSubject(village)) === true && round.closed_on === null;
  const { required } = (await committeeRules(read))[stage];
  return page('panels/docket', {
    title: `${stages[stage].says} ${village.name}`, heading: headingOf(village.name, docket.alone.length, docket.rest.length, stage),
    crumbs: [{ label: '评议', href: '/reviews' }, { label: round.name, href: `/rounds/${round.id}` }, { label: name }],
    stageTabs: stageNames.map(each => ({ label: stages[each].says, count: waiting(counts, each), href: `/reviews/${round.id}/${village.id}/${each}`, current: each === stage })),
    steps: stepsOf(counts, stage), alone: docket.alone.map(row => rowModel(docket.grades, row, open)), rest: docket.rest.length, restRows: docket.rest.slice(0, restShown).map(row => rowModel(docket.grades, row, open)), restMore: docket.rest.length > restShown,
    sample: docket.sample.map(row => rowModel(docket.grades, row, open)), share: docket.rest.length === 0 ? 0 : Math.round(docket.sample.length / docket.rest.length * 100),
    seen: docket.seen, fault: trouble?.code === 'sample-unseen' ? trouble.words : undefined, action: docketUrl(open), sitHref: canAct && docket.alone.length + docket.rest.length > 0 ? sitUrl(open) : undefined, mustSit: required, stage, says: stages[stage].says, verb: stages[stage].verb, until: stages[stage].until, canAct,
    batches: canAct ? (await batchesOf(read, round, village.no, stage)).map(batch => ({ ...batch, action: `${docketUrl(open)}/undo/${batch.unit}` })) : [],
    next: (counts[stages[stage].done] ?? 0) > 0 && canAct ? { href: `/notices/new?round=${round.id}&place=${village.id}&stage=${stages[stage].notice}`, count: counts[stages[stage].done] ?? 0 } : undefined,
    ...await asideOf(visit.office, open, counts), since: await sinceApproved(visit, open),
  });
}
const restShown = 100;

function headingOf(village: string, alone: number, rest: number, stage: Stage): string {
  if (alone === 0 && rest === 0) return `${village}：现在没有等着${stages[stage].says}的户`;
  if (alone === 0) return `${village}：${rest} 户可以一起${stages[stage].verb}`;
  return rest === 0 ? `${village}：有 ${alone} 户要一户一户看` : `${village}：先看 ${alone} 户，其余 ${rest} 户可以一起${stages[stage].verb}`;
}

async function asideOf(office: Office, { round, village, stage }: Open, counts: Awaited<ReturnType<typeof countsIn>>) {
  const { read } = office;
  const grades = await gradesOf(read, round.household_standard);
  const now = await gradesCounted(read, round.no, village.no);
  const before = round.previous_no === null ? undefined : await gradesCounted(read, round.previous_no, village.no);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const held: { n?: number | string } | undefined = await read('cases').where({ round: round.no, village: village.no }).where('held', '>', 0).count({ n: '*' }).first();
  const until = stage === 'village' ? null : await noticeUntil(read, round.no, village.no, stage === 'township' ? 'village' : 'township');
  return {
    chart: now.rated === 0 ? undefined : distribution(grades.rows.map((row, at) => ({ label: row.code, now: now.byGrade.get(at) ?? 0, ...before === undefined || before.rated === 0 ? {} : { before: before.byGrade.get(at) ?? 0 } }))),
    compared: before !== undefined && before.rated > 0,
    sums: { all, rated: now.rated, credit: now.credit, open: Number(held?.n ?? 0), excused: counts.excused ?? 0, notYet: (counts.open ?? 0) + (counts.collected ?? 0), ungraded: now.byGrade.get(-1) ?? 0 },
    titleHref: `/titles/${round.id}/${village.id}`,
    due: until === null ? undefined : { kind: 'moving', words: `公示到 ${Number(until.slice(5, 7))}月${Number(until.slice(8, 10))}日` },
  };
}

/** Approved households of the village whose ground has moved since. */
async function sinceApproved({ office, day }: Visit, { round, village }: Open) {
  const found = await changedSince({ read: office.read, dialect: office.store.dialect }, { round, day, villages: [village.no] });
  return found.length === 0 ? undefined : { list: found.slice(0, sinceShown).map(one => ({ no: numberText(one.household_no), head: one.head_name, words: one.words, href: `/ratings/${round.id}/${one.id}` })), more: Math.max(0, found.length - sinceShown) };
}
const sinceShown = 20;

async function pass(visit: Visit): Promise<Reply> {
  const open = await opened(visit);
  const { count, unit } = await passRest(visit.office, visit.actor, { ...open, ...taken(passForm, visit.raw) });
  return seeOther(docketUrl(open), { kind: 'done', words: `${stages[open.stage].verb}了 ${count} 户，${stages[open.stage].until}可以撤回。`, undo: { label: `撤回这 ${count} 户`, action: `${docketUrl(open)}/undo/${unit}` } });
}

async function undo(visit: Visit): Promise<Reply> {
  const open = await opened(visit);
  const unit = Number(visit.params['unit']);
  if (!Number.isSafeInteger(unit)) return common.refuse('not-found');
  const { count } = await undoPass(visit.office, visit.actor, { ...open, unit });
  return seeOther(docketUrl(open), `撤回了 ${count} 户，都回到这一页等着评议。`);
}

/** One household on its own: why it stands alone, what it was given, and what may be done. */
async function showCase(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const open = await opened(visit);
  const { round, village, stage } = open;
  const { read } = visit.office;
  const key = await householdKey(read, visit.params['household'] ?? '');
  const docket = await docketOf(read, { ...open, subject: key.no, actor: visit.actor });
  const row = [...docket.alone, ...docket.rest][0];
  if (row === undefined) return showMoved(visit, { open, household: key });
  const canAct = may(visit.actor, stages[stage].power, placeSubject(village)) === true && round.closed_on === null;
  const model = rowModel(docket.grades, row, open);
  const recused = canAct ? await asideFrom(visit, stages[stage].power, householdSubject(key)) : undefined;
  return page('panels/case', {
    title: `${stages[stage].says} ${row.head_name}`, ...model, id: row.id, seq: row.mark_seq,
    heading: row.reasons.length === 0 ? `${row.head_name}户，可以和别的户一起${stages[stage].verb}` : `${row.head_name}户，要单独看`,
    crumbs: [{ label: '评议', href: '/reviews' }, { label: village.name, href: docketUrl(open) }, { label: `${model.no} ${row.head_name}` }],
    standing: standingWords[row.standing], whyHref: `/ratings/${round.id}/${row.id}`, caseHref: may(visit.actor, 'observation.read', householdSubject(key)) === true ? `/rounds/${round.id}/cases/${row.id}` : undefined, blocked: row.blocked,
    recused,
    mustSit: (await committeeRules(read))[stage].required, sitHref: sitUrl(open), canAct, canReturn: canAct && stages[stage].returns && recused === undefined, verb: stages[stage].verb, action: `${docketUrl(open)}/cases/${row.id}`, back: docketUrl(open),
    fields: [
      { name: 'usual', id: 'usual', kind: 'choices', label: '常用的理由', optional: true, column: true, value: typed(visit.raw, 'usual'), options: (await recentReasons(read, round.no, village)).map(words => ({ value: words, label: words })) },
      { name: 'reason', id: 'reason', kind: 'textarea', label: '或者自己写', most: 200, hint: '写明要村里再核什么，不写家里的私事', value: typed(visit.raw, 'reason'), ...trouble?.faults[0] === undefined ? {} : { fault: trouble.faults[0].say } },
    ],
    trail: trailOf(await marksOf(read, round.no, row.subject)),
  });
}

/** A household that is no longer before this committee: somebody else was first. What was done, and what the reader had typed, so that nothing is lost. */
async function showMoved(visit: Visit, { open, household }: { readonly open: Open; readonly household: HouseholdKey }): Promise<Reply> {
  const { read } = visit.office;
  const leave = may(visit.actor, 'rating.read', householdSubject(household));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const [one, face, trail] = [await caseOf(read, open.round.no, household.no), (await householdFaces(read, [household.no])).get(household.no), trailOf(await marksOf(read, open.round.no, household.no))];
  const [since] = await changedSince({ read, dialect: visit.office.store.dialect }, { round: open.round, day: visit.day, villages: [open.village.no], subject: household.no });
  return page('panels/moved', {
    title: `${stages[open.stage].says} ${face?.head_name ?? ''}`, heading: `${face?.head_name ?? ''}户：${standingWords[one.standing]}`, crumbs: [{ label: '评议', href: '/reviews' }, { label: open.village.name, href: docketUrl(open) }, { label: `${numberText(face?.household_no ?? 0)} ${face?.head_name ?? ''}` }],
    says: stages[open.stage].says, last: trail.at(-1), trail, since: since?.words, typed: [typed(visit.raw, 'usual'), typed(visit.raw, 'reason')].filter(words => words !== ''), back: docketUrl(open), whyHref: `/ratings/${open.round.id}/${household.id}`,
  });
}

const trailOf = (marked: readonly MarkRow[]) => marked.map(one => {
  const reason = reasonOf(one);
  return { at: one.at, words: `${markWords[one.mark]}${reason === '' ? '' : `：${reason}`}`, name: one.who ?? '系统' };
});

async function decideCase(visit: Visit, act: (open: Open, seen: { subject: number; id: string }) => Promise<string>): Promise<Reply> {
  const open = await opened(visit);
  const key = await householdKey(visit.office.read, visit.params['household'] ?? '');
  return seeOther(docketUrl(open), { kind: 'done', words: await act(open, { subject: key.no, id: key.id }) });
}

const passOne = (visit: Visit): Promise<Reply> => decideCase(visit, async (open, seen) => {
  await passCases(visit.office, visit.actor, { ...open, cases: [{ ...seen, ...taken(decideForm, visit.raw) }] });
  return `${stages[open.stage].verb}了 1 户。`;
});

const returnOne = (visit: Visit): Promise<Reply> => decideCase(visit, async (open, seen) => {
  const { mark_seq, usual, reason } = taken(returnForm, visit.raw);
  const said = reason ?? usual ?? '';
  await returnCases(visit.office, visit.actor, { ...open, cases: [{ ...seen, mark_seq }], reason: said });
  return `退回了 1 户：${said}。村里会在评议里看到。`;
});

export const panelRoutes: readonly Route[] = [
  get('/reviews', { power: 'rating.read', handle: index }),
  get('/reviews/:round/:place/:stage', { power: 'rating.read', handle: showDocket }),
  post('/reviews/:round/:place/:stage', { power: 'rating.read', handle: pass, again: showDocket }),
  post('/reviews/:round/:place/:stage/undo/:unit', { power: 'rating.read', handle: undo }),
  get('/reviews/:round/:place/:stage/cases/:household', { power: 'rating.read', handle: showCase }),
  post('/reviews/:round/:place/:stage/cases/:household/pass', { power: 'rating.read', handle: passOne, again: showCase }),
  post('/reviews/:round/:place/:stage/cases/:household/return', { power: 'case.review', handle: returnOne, again: showCase }),
];
