import { holds, may, reach } from '../access/may.ts';
import { excuses } from '../households/excuse.ts';
import { usesTablet } from '../households/visiting.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import type { Slice } from '../kit/slice.ts';
import { dayOf } from '../kit/time.ts';
import { placeByNo, placeNames, placesUnder } from '../places/queries.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { excuse, excusePower, readmit, stoodAt } from './excuse.ts';
import { excuseForm } from './form.ts';
import { isRated, markWords, marksAllowed, standings, standingWords, type Standing } from './case.ts';
import { villageIn } from './pages.ts';
import { caseRows, countsByVillage, marksOf, roundFor, type CaseRow, type MarkRow } from './queries.ts';
import { excuseWords, reasonOf } from './reason.ts';
import { caseOf } from './round.ts';
import { stepsOf, tally } from './stages.ts';

const looks: Readonly<Partial<Record<Standing, { readonly icon: string; readonly kind: string }>>> = {
  open: { icon: 'circle', kind: '' }, excused: { icon: 'nobody', kind: '' }, returned: { icon: 'undo', kind: 'care' },
  approved: { icon: 'tick', kind: 'done' }, published: { icon: 'star', kind: 'done' },
};
const lookOf = (standing: Standing) => ({ ...looks[standing] ?? { icon: 'half', kind: 'moving' }, words: standingWords[standing] });

export async function showVillage(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const village = await villageIn(visit, round);
  const counts = await countsByVillage(read, round.no, [village.no]);
  const sum = tally(counts);
  const here = `/rounds/${round.id}/villages/${village.id}`;
  const standing = standings.find(each => each === visit.query['standing']);
  const groups = (await placesUnder(read, village.no)).filter(place => place.kind === 'group');
  const group = groups.find(each => String(each.no) === visit.query['group']);
  const held = visit.query['held'] === 'yes';
  const mayRead = holds(visit.actor, 'household.read');
  const link = (more: Readonly<Record<string, string | undefined>>): string => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ standing, group: group === undefined ? undefined : String(group.no), held: held ? 'yes' : undefined, ...more })) if (value !== undefined) query.set(name, value);
    const text = query.toString();
    return text === '' ? here : `${here}?${text}`;
  };
  const slice: Slice<CaseRow> = mayRead ? await caseRows(read, { round: round.no, village: village.no, villagePath: village.path, paths: reach(visit.actor, 'household.read'), standing, group: group?.no, held }, visit.query['at']) : { rows: [] };
  const name = (await placeNames(read, [village.no])).get(village.no)?.full ?? village.name;
  return page('rounds/village', {
    itemsHref: `/rounds/${round.id}/items/${village.id}`, title: `${village.name} · ${round.name}`, tablet: usesTablet(visit), heading: `${name}，${sum.all} 户参评，采集了 ${sum.collected} 户`, sum, mayRead,
    crumbs: [{ label: '评定批次', href: '/rounds' }, { label: round.name, href: `/rounds/${round.id}` }, { label: village.name }],
    filters: [
      { label: '全部', href: link({ standing: undefined, held: undefined }), count: sum.all + sum.excused, current: standing === undefined && !held },
      ...standings.flatMap(each => { const count = counts.filter(one => one.standing === each).reduce((all, one) => all + one.cases, 0); return count === 0 ? [] : [{ label: standingWords[each], href: link({ standing: each, held: undefined }), count, current: standing === each && !held }]; }),
      ...sum.held === 0 ? [] : [{ label: '有异议', href: link({ standing: undefined, held: 'yes' }), count: sum.held, current: held }],
    ],
    groups: groups.length < 2 ? [] : [{ label: '全村', href: link({ group: undefined }), current: group === undefined }, ...groups.map(each => ({ label: each.name, href: link({ group: String(each.no) }), current: each.no === group?.no }))],
    rows: slice.rows.map(row => ({ no: row.household_no, name: row.head_name, group: row.group_name ?? '', href: `/rounds/${round.id}/cases/${row.id}`, state: lookOf(row.standing), reason: row.standing === 'excused' ? excuseWords(row.reason) : '', held: row.held > 0, on: dayOf(row.changed_at) })),
    pager: slice.prev === undefined && slice.next === undefined ? undefined : { prev: slice.prev === undefined ? undefined : link({ at: slice.prev }), next: slice.next === undefined ? undefined : link({ at: slice.next }), words: undefined },
    empty: { words: standing === undefined && group === undefined && !held ? '这个村在这一轮里还没有农户。' : '这样的户没有。', act: { label: '看全部', href: here } },
  });
}

export async function showCase(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const household = await householdKey(read, visit.params['household'] ?? '');
  const subject = householdSubject(household);
  const leave = may(visit.actor, 'observation.read', subject);
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const one = await caseOf(read, round.no, household.no);
  const shown: { head_name: string; household_no: number } | undefined = await read('households').where({ no: household.no }).first('head_name', 'household_no');
  const village = await placeByNo(read, household.village_no);
  const marks = await marksOf(read, round.no, household.no);
  const power = excusePower((await stoodAt(read, [one])).get(household.no) ?? one.standing);
  const allowed = round.closed_on === null && may(visit.actor, power, subject) === true ? marksAllowed('household', one.standing, one.held > 0) : [];
  const form = formModel(excuseForm, { raw: visit.raw, faults: trouble?.faults ?? [] });
  return page('rounds/case', {
    title: `${shown?.head_name ?? ''}户 · ${round.name}`, tablet: usesTablet(visit), heading: `${shown?.head_name ?? ''}户`, here: `/rounds/${round.id}/cases/${household.id}`,
    crumbs: [{ label: round.name, href: `/rounds/${round.id}` }, { label: village.name, href: `/rounds/${round.id}/villages/${village.id}` }, { label: `${shown?.household_no ?? ''} 号` }],
    state: lookOf(one.standing), steps: stepsOf(one.standing), held: one.held > 0, isExcused: one.standing === 'excused', reason: excuseWords(one.reason), isEnded: round.closed_on !== null,
    trail: [{ icon: 'circle', kind: '', words: `${round.opened_on} 批次开始`, now: false }, ...marks.map((mark, at) => ({ icon: at === marks.length - 1 ? 'tick' : 'circle', kind: at === marks.length - 1 ? 'done' : '', words: tellMark(mark), now: at === marks.length - 1 }))],
    ways: [
      { label: '采集的内容', href: `/observations/${round.id}/${household.id}` },
      ...one.standing === 'open' || one.standing === 'excused' || one.standing === 'collected' ? [] : [{ label: '分数怎么来的', href: `/ratings/${round.id}/${household.id}` }],
      { label: '农户档案', href: `/households/${household.id}` },
    ],
    can: { excuse: allowed.includes('excused'), readmit: allowed.includes('readmitted'), say: isRated(one.standing) },
    form, why: { ...form.by['words'], optional: false }, words: trouble !== undefined && trouble.faults.length === 0 ? trouble.words : undefined,
  });
}

/** Who did what and when; the reason, if the mark carries one. */
function tellMark(mark: MarkRow): string {
  const reason = reasonOf(mark);
  const who = mark.who ?? (mark.by === 'clock' ? '系统按时' : mark.by === 'anyone' ? '村民' : '命令行');
  return `${dayOf(mark.at)} ${who} ${markWords[mark.mark]}${reason === '' ? '' : `：${reason}`}`;
}

export async function takeExcuse(visit: Visit): Promise<Reply> {
  const round = await roundFor(visit.office.read, visit.actor, visit.params['round'] ?? '');
  const household = await householdKey(visit.office.read, visit.params['household'] ?? '');
  const given = taken(excuseForm, visit.raw);
  await excuse(visit.office, visit.actor, { round: round.no, households: [household.id], ...given });
  const here = `/rounds/${round.id}/cases/${household.id}`;
  return seeOther(here, { kind: 'done', words: `这一户这一轮不评：${excuses[given.reason]}。`, undo: { label: '重新参评', action: `${here}/readmit` } });
}

export async function takeReadmit(visit: Visit): Promise<Reply> {
  const round = await roundFor(visit.office.read, visit.actor, visit.params['round'] ?? '');
  const household = await householdKey(visit.office.read, visit.params['household'] ?? '');
  await readmit(visit.office, visit.actor, { round: round.no, households: [household.id] });
  return seeOther(`/rounds/${round.id}/cases/${household.id}`, '这一户重新参评。');
}
