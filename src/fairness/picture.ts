import type { Knex } from 'knex';
import { canonical } from '../kit/canonical.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { officerNames } from '../people/queries.ts';
import type { Round } from '../rounds/round.ts';
import type { WrittenFact } from '../standards/standard.ts';
import type { Picture, Seen } from './signals.ts';
import type { Save } from './measures.ts';

interface Row { readonly subject: number; readonly id: string; readonly group: string | null; readonly grid: string | null; readonly points: number | null; readonly outcome: string | null; readonly credit: number | null }
/** A household with fewer answers than this says nothing about answers that are all alike. */
const leastAnswers = 5;

/** What fairness looks at in one village and round: who was collected by whom and when, what came out, and who stands aside. */
export async function pictureOf(read: Knex, round: Pick<Round, 'no' | 'collect_until'>, village: number): Promise<Picture> {
  const rows: Row[] = await read('cases').join('households', 'households.no', 'cases.subject').leftJoin('places as g', 'g.no', 'households.group_no').leftJoin('places as n', 'n.no', 'households.grid_no')
    .leftJoin('current_ratings as k', join => join.on('k.round', 'cases.round').andOn('k.subject', 'cases.subject')).where({ 'cases.round': round.no, 'cases.village': village }).whereNot('cases.standing', 'excused')
    .orderBy('cases.subject').select('cases.subject', 'households.id', 'g.name as group', 'n.name as grid', 'k.points', 'k.outcome', 'k.credit');
  const sheets = await sheetsOf(read, round.no, rows.map(row => row.subject));
  const aside: { household: string }[] = await read('recusals').leftJoin('recusal_ends', 'recusal_ends.recusal', 'recusals.id').join('households', 'households.id', 'recusals.household').whereNull('recusal_ends.recusal')
    .whereIn('recusals.ground', ['own', 'kin']).where('households.village_no', village).distinct('recusals.household as household');
  const kin = new Set(aside.map(one => one.household));
  const saves = new Map<string, Save[]>();
  const households = rows.map((row): Seen => {
    const walked = (sheets.get(row.subject) ?? []).filter(sheet => (sheet.source === 'grid' || sheet.source === 'village') && Object.keys(sheet.values).length > 0);
    for (const { by, at } of walked) { const own = saves.get(by) ?? []; saves.set(by, own); own.push({ at, subject: row.subject }); }
    const answers: Record<string, WrittenFact> = {};
    for (const sheet of walked) Object.assign(answers, sheet.values);
    const isFirm = row.points !== null && row.outcome !== 'provisional';
    return { subject: row.subject, group: row.group ?? '没有分组', grid: row.grid ?? '没有分网格', recorder: walked[0]?.by, points: isFirm ? Number(row.points) : undefined, credit: isFirm && Number(row.credit) === 1, answers: Object.keys(answers).length < leastAnswers ? undefined : canonical(answers), kin: kin.has(row.id) };
  });
  const [names, again] = [await officerNames(read, [...saves.keys()]), await seenAgain(read, round.no, village)];
  const recorderOf = new Map(households.map(one => [one.subject, one.recorder]));
  const recorders = [...saves].map(([id, own]) => {
    const results = again.filter(one => recorderOf.get(one.subject) === id);
    return { id, name: names.get(id) ?? '', saves: own, again: { same: results.filter(one => one.result === 'same').length, all: results.length } };
  }).sort((a, b) => a.name.localeCompare(b.name, 'zh'));
  return { households, recorders, collectUntil: round.collect_until };
}

const seenAgain = async (read: Knex, round: number, village: number): Promise<readonly { readonly subject: number; readonly result: string }[]> =>
  read('revisits').join('revisit_draws', 'revisit_draws.id', 'revisits.draw').where({ round, village }).whereIn('revisits.result', ['same', 'differs']).select('revisits.subject', 'revisits.result');
