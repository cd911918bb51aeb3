import type { Knex } from 'knex';

const most = 2_000;

/** The units that wrote something about a household although their entry names its village: bulk acts, imports, ratings of a round. */
export async function unitsAbout(read: Knex, id: string): Promise<number[]> {
  const row: { no: number; kind: string } | undefined = await read('subjects').where({ id }).first('no', 'kind');
  if (row === undefined) return [];
  const rounds: { no: number }[] = await read('rounds').select('no');
  const nos = rounds.map(round => round.no);
  const byRound = nos.length === 0 ? [] : ['marks', 'sheets', 'missed_visits', 'sign_offs', 'ratings'].map(table => units(read(table).whereIn('round', nos).where({ subject: row.no })));
  const byId = row.kind === 'household' ? ['household_events', 'consents'].map(table => units(read(table).where({ household: id }))) : [];
  return [...new Set((await Promise.all([...byRound, ...byId, units(read('place_events').where({ place_no: row.kind === 'household' ? -1 : row.no }))])).flat())];
}

async function units(query: Knex.QueryBuilder): Promise<number[]> {
  const rows: { unit: number }[] = await query.select('unit').limit(most);
  return rows.map(row => Number(row.unit));
}
