import { rm } from 'node:fs/promises';
import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { bury } from '../store/bury.ts';
import type { Row } from '../store/dialect.ts';
import { tableOf, type TableName } from '../store/tables.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { tell } from './event.ts';
import { evidencePath } from './evidence.ts';
import { householdFollowers, type HouseholdFollower } from './follow.ts';
import { loadHousehold, type Loaded } from './load.ts';
import { openNumbers } from './member.ts';
import { householdSubject } from './subject.ts';

/** Personal tables keyed by the household's id, and by its number. What is not here holds numbers only (marks, ratings) or must be kept by law (look-ups of a bank, three years). */
const byId = ['evidence', 'household_events', 'recusals', 'consents', 'members', 'tellings', 'repairs', 'state_items', 'lookbacks'] as const satisfies readonly TableName[];
const byNo = ['reasons', 'sheets', 'missed_visits', 'sign_offs', 'adjustments', 'objections', 'current_values', 'events', 'contests', 'simulation_flips', 'sitting_items', 'sitting_cases', 'sitting_results', 'revisits', 'peer_answers', 'peer_results', 'statements', 'award_changes'] as const satisfies readonly TableName[];

/**
 * 删除个人信息 (PIPL 47): the one permitted delete. Rows go, a tombstone with the row's digest stays, so that the ledger can still be verified;
 * the household itself remains as an empty shell whose number is never reused.
 */
export async function forget(office: Office, actor: Actor, given: { readonly household: string }, followers: readonly HouseholdFollower[] = householdFollowers()): Promise<void> {
  const gone = await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.forget', subject);
    if (loaded.row.closed_reason === 'forgotten') return unit.nothingNew({ files: [], words: [] });
    for (const follower of followers) await follower.forgotten?.(unit, loaded.key);
    const words = loaded.members.flatMap(member => { const { number, phone } = openNumbers(office.secrets, member.numbers_sealed); return [member.name, number ?? '', phone ?? ''].filter(word => word !== ''); });
    const files = await erase(unit, loaded);
    await blank(unit, loaded);
    tell(unit, 'forgotten', [{ household: given.household, body: {} }]);
    unit.record({ act: 'household.forgotten', power: 'household.forget', subject });
    return { files, words };
  });
  // After the commit: a file that stays behind for a moment is better than a row that points nowhere.
  for (const id of gone.files) await rm(evidencePath(office, id), { force: true });
  for (const follower of followers) await follower.erased?.(office, { household: given.household, words: gone.words });
}

/** Stages the removal of every personal row; answers the ids of evidence files. */
async function erase(unit: Unit, { row, members }: Loaded): Promise<readonly string[]> {
  const own = members.map(member => member.id);
  const find = (table: TableName, column: string, values: readonly (string | number)[]): Promise<Row[]> => unit.read(table).whereIn(column, [...values]).select('*');
  const found = new Map<TableName, Row[]>();
  for (const table of byId) found.set(table, await find(table, tableOf(table).subject ?? 'household', [row.id]));
  // A split or a merging named the people on both sides: what the other household keeps of it names them too.
  const shared = (found.get('household_events') ?? []).flatMap(one => one['kind'] === 'split' || one['kind'] === 'merged' ? [Number(one['unit'])] : []);
  found.set('household_events', [...found.get('household_events') ?? [], ...(await find('household_events', 'unit', shared)).filter(one => one['household'] !== row.id && (one['kind'] === 'split' || one['kind'] === 'merged'))]);
  for (const table of byNo) found.set(table, await find(table, tableOf(table).subject ?? 'subject', [row.no]));
  // People may have given consents while they lived in another household.
  const given = new Map([...found.get('consents') ?? [], ...await find('consents', 'member', own)].map(consent => [String(consent['id']), consent]));
  // Why somebody looked at a number may tell about the person; that somebody did stays in the ledger.
  found.set('reveals', await find('reveals', 'member', own));
  const elsewhere = [...given.values()].filter(consent => !own.includes(String(consent['member'])));
  found.set('consents', [...given.values()].filter(consent => !elsewhere.includes(consent)));
  found.set('withdrawals', await find('withdrawals', 'consent', (found.get('consents') ?? []).map(consent => String(consent['id']))));
  found.set('pledges', await find('pledges', 'member', own));
  found.set('pledge_steps', await find('pledge_steps', 'pledge', (found.get('pledges') ?? []).map(pledge => String(pledge['id']))));
  found.set('rights_requests', await find('rights_requests', 'member', own));
  found.set('rights_steps', await find('rights_steps', 'request', (found.get('rights_requests') ?? []).map(right => String(right['id']))));
  found.set('award_steps', await find('award_steps', 'change', (found.get('award_changes') ?? []).map(change => String(change['id']))));
  found.set('repair_steps', await find('repair_steps', 'repair', (found.get('repairs') ?? []).map(repair => String(repair['id']))));
  found.set('recusal_ends', await find('recusal_ends', 'recusal', (found.get('recusals') ?? []).map(recusal => String(recusal['id']))));
  found.set('answers', await find('answers', 'objection', (found.get('objections') ?? []).map(objection => String(objection['id']))));
  for (const [table, rows] of found) bury(unit, table, rows);
  return (found.get('evidence') ?? []).map(one => String(one['id']));
}

/** Empties what must stay: the shell, why a case was sent back, and the names on notices and rolls with the salt that would let anybody prove them. The lines stay bare, for a roll goes on counting from its last. */
async function blank(unit: Unit, { row }: Loaded): Promise<void> {
  unit.change('households', {
    id: row.id, head_name: '', name_sort: '', name_search: '', people: 0, address: '', photo: null, group_no: null, grid_no: null,
    closed_on: row.closed_on ?? unit.day, closed_reason: 'forgotten', rev: row.rev + 1,
  });
  const notices: { notice: string; seq: number }[] = await unit.read('notice_entries').where({ subject: row.no }).select('notice', 'seq');
  if (notices.length > 0) unit.change('notice_entries', notices.map(one => ({ ...one, shown: '', group_name: '', salt: '', withdrawn_at: unit.at })));
  const entries: { roll: string; seq: number }[] = await unit.read('roll_subjects').where({ subject: row.no }).select('roll', 'seq');
  if (entries.length > 0) unit.change('roll_entries', entries.map(one => ({ ...one, shown: '', group_name: '', salt: '' })));
  // Cases still under way have just left their round, with a reason that is no free text.
  const decided: { round: number; subject: number }[] = await unit.read('cases').join('rounds', 'rounds.no', 'cases.round').where('cases.subject', row.no).whereNotNull('cases.reason').whereNot('cases.standing', 'excused')
    .where(any => { void any.whereIn('cases.standing', ['approved', 'published']).orWhereNotNull('rounds.closed_on'); }).select('cases.round', 'cases.subject');
  if (decided.length > 0) unit.change('cases', decided.map(one => ({ ...one, reason: null })));
}
