import { reach } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { common } from '../kit/refusals.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { roundFor } from '../rounds/queries.ts';
import { loadCoding } from '../standards/dictionary.ts';
import { page, type Reply } from '../web/reply.ts';
import { qr } from '../web/qr.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { caseAt, hrefOf, stillAsked } from './case-at.ts';
import { factsIn, pictureOf } from './observation.ts';
import { paperBlocks, type Known } from './paper.ts';
import { workLines } from './queries.ts';
import { sheetsOf } from './sheet.ts';

/** What a sheet says about its household. */
interface Named { readonly id: string; readonly household_no: number; readonly head_name: string; readonly people: number; readonly address: string; readonly village_no: number; readonly group_no: number | null }
interface Printed { readonly round: { readonly id: string; readonly name: string }; readonly href: string; readonly back: { readonly label: string; readonly href: string }; readonly title: string }

const nothing: Known = { now: {}, before: {} };
/** As many as stand on a work list. */
const most = 300;

/** 农户信息采集表 of one household: what is known stands beside each question, and only what changed is ticked or written. `?blank=1` leaves out what is known. */
async function showPaper(visit: Visit): Promise<Reply> {
  const { world, loaded: { row }, href, before } = await caseAt(visit, 'observation.read');
  const known = { now: factsIn(world.picture), before };
  const blocks = paperBlocks(world.compiled.standard, isBlank(visit) ? nothing : known, visit.day);
  return printed(visit, { round: world.round, href: `${href}/paper`, back: { label: '回到这一户', href }, title: `采集表 ${numberText(row.household_no)}` }, [{ row, blocks }]);
}

/** The sheets of a whole group, in walking order, for whoever takes the group's facts down. */
async function showGroup(visit: Visit): Promise<Reply> {
  const { read, store: { dialect } } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const key = visit.params['group'] ?? '';
  const lines = await workLines({ read, dialect }, { round: round.no, reach: reach(visit.actor, 'observation.record'), group: groupIn(key), limit: most });
  const rows = lines.filter(line => line.standing !== 'excused');
  if (rows.length === 0) common.refuse('not-found');
  const nos = rows.map(row => row.no);
  const [{ compiled: { standard } }, now, before] = await Promise.all([loadCoding(read, round.household_standard), sheetsOf(read, round.no, nos), round.previous_no === null ? new Map<number, never>() : sheetsOf(read, round.previous_no, nos)]);
  const knownOf = (no: number): Known => ({ now: factsIn(pictureOf(now.get(no) ?? [])), before: stillAsked(standard, factsIn(pictureOf(before.get(no) ?? [])), visit.day) });
  const sheets = rows.map(row => ({ row, blocks: paperBlocks(standard, isBlank(visit) ? nothing : knownOf(row.no), visit.day) }));
  return printed(visit, { round, href: `/observations/${round.id}/groups/${key}/paper`, back: { label: '回到今天', href: `/today?group=${key}` }, title: `采集表 ${rows[0]?.group ?? ''}` }, sheets);
}

/** `20-30`: village and group as the work list names them; `20-0` has those without a group. */
function groupIn(key: string): { readonly village: number; readonly group: number | null } {
  const [, village, group] = /^(\d{1,9})-(\d{1,9})$/.exec(key) ?? common.refuse('not-found');
  return { village: Number(village), group: Number(group) === 0 ? null : Number(group) };
}

const isBlank = (visit: Visit): boolean => visit.query['blank'] === '1';

async function printed(visit: Visit, { round, href, back, title }: Printed, sheets: readonly { readonly row: Named; readonly blocks: ReturnType<typeof paperBlocks> }[]): Promise<Reply> {
  const { read } = visit.office;
  const places = await placeNames(read, [...new Set(sheets.flatMap(({ row }) => [row.village_no, row.group_no ?? row.village_no]))]);
  return page('observations/paper', {
    title, paper: 'a4', back, office: await officeTitle(read), round: round.name, isBlank: isBlank(visit), other: isBlank(visit) ? { label: '印上已经知道的', href } : { label: '要空白的', href: `${href}?blank=1` },
    sheets: sheets.map(({ row, blocks }) => ({
      blocks, number: numberText(row.household_no), head: row.head_name, people: row.people, address: row.address,
      village: places.get(row.village_no)?.full ?? '', group: row.group_no === null ? '' : places.get(row.group_no)?.name ?? '', code: qr(`${visit.origin}${hrefOf(round.id, row.id)}?from=paper`, '扫码录入这一户'),
    })),
  });
}

export const paperRoutes: readonly Route[] = [
  get('/observations/:round/:household/paper', { power: 'observation.read', handle: showPaper }),
  get('/observations/:round/groups/:group/paper', { power: 'observation.record', handle: showGroup }),
];
