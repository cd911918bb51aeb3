import type { Knex } from 'knex';
import type { Place } from '../places/place.ts';
import { decidedStandings, standingWords, type Standing } from '../rounds/case.ts';
import type { Round } from '../rounds/round.ts';

/** Something below that is not decided yet: a title rests on it and waits. */
export interface Undecided { readonly words: string; readonly href: string }

const settled: readonly Standing[] = [...decidedStandings, 'excused'];

/** What a title waits for: the households of a village, the villages of a township, that are still under way; or approved, with an objection open. */
export const undecidedBelow = (read: Knex, round: Pick<Round, 'no' | 'id'>, place: Pick<Place, 'no' | 'id' | 'kind' | 'path'>): Promise<readonly Undecided[]> =>
  place.kind === 'village' ? householdsOpen(read, round, place) : villagesOpen(read, round, place);

async function householdsOpen(read: Knex, round: Pick<Round, 'no' | 'id'>, place: Pick<Place, 'no' | 'id'>): Promise<readonly Undecided[]> {
  const rows = await openCases(read, round, [place.no]);
  const here = `/rounds/${round.id}/villages/${place.id}`;
  const sum = (some: readonly OpenCases[]): number => some.reduce((all, row) => all + Number(row.n), 0);
  const standings = [...new Set(rows.filter(row => !settled.includes(row.standing)).map(row => row.standing))];
  const objected = sum(rows.filter(row => settled.includes(row.standing)));
  return [
    ...standings.map(standing => ({ words: `${standingWords[standing]} ${sum(rows.filter(row => row.standing === standing))} 户`, href: `${here}?standing=${standing}` })),
    ...objected === 0 ? [] : [{ words: `批准以后有异议、还没答复 ${objected} 户`, href: `${here}?held=yes` }],
  ];
}

async function villagesOpen(read: Knex, round: Pick<Round, 'no' | 'id'>, township: Pick<Place, 'no' | 'path'>): Promise<readonly Undecided[]> {
  const villages: { no: number; id: string; name: string; standing: Standing | null }[] = await read('places').leftJoin('subjects', join => join.on('subjects.place_no', 'places.no').andOnIn('subjects.kind', ['village']))
    .leftJoin('cases', join => join.on('cases.subject', 'subjects.no').andOnIn('cases.round', [round.no])).where({ 'places.parent_no': township.no, 'places.kind': 'village' }).orderBy('places.sort')
    .select('places.no', 'places.id', 'places.name', 'cases.standing');
  const open = await openCases(read, round, villages.map(village => village.no));
  return villages.flatMap(village => {
    const households = open.filter(row => row.village === village.no).reduce((sum, row) => sum + Number(row.n), 0);
    if (households > 0) return [{ words: `${village.name}还有 ${households} 户没有办完`, href: `/rounds/${round.id}/villages/${village.id}` }];
    // A village that does not apply holds nobody up: there is nothing to decide.
    return village.standing === 'applied' || village.standing === 'reviewed' ? [{ words: `${village.name}${standingWords[village.standing]}，还没命名`, href: `/titles/${round.id}/${village.id}` }] : [];
  });
}

interface OpenCases { readonly village: number; readonly standing: Standing; readonly n: number | string }

/** Households that are not decided, or decided with an objection open, counted. */
async function openCases(read: Knex, round: Pick<Round, 'no'>, villages: readonly number[]): Promise<readonly OpenCases[]> {
  const rows: OpenCases[] = await read('cases').join('subjects', 'subjects.no', 'cases.subject').where({ 'cases.round': round.no, 'subjects.kind': 'household' }).whereIn('cases.village', [...villages])
    .where(any => { void any.whereNotIn('cases.standing', [...settled]).orWhere(objected => { void objected.whereIn('cases.standing', [...decidedStandings]).where('cases.held', '>', 0); }); })
    .groupBy('cases.village', 'cases.standing').orderBy('cases.standing').select('cases.village', 'cases.standing').count({ n: '*' });
  return rows;
}
