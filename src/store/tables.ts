/**
 * Every table, its key, and how the ledger speaks of its rows:
 * `rows` – append-only, each row a leaf, so that one may be erased and the rest still be proved;
 * `batch` – append-only, many rows, one digest for all rows of a unit;
 * none – current state, which the append-only tables explain.
 * `subject` names the column that ties a row to a rated subject or a person: `forget` must know it.
 */
export interface Table {
  readonly key: readonly string[];
  readonly trace?: 'rows' | 'batch';
  readonly subject?: string;
}

const tables = {
  ledger: { key: ['chain', 'seq'] },
  ledger_heads: { key: ['chain'] },
  tombstones: { key: ['about', 'row_key'] },
  counters: { key: ['name'] },
  settings: { key: ['name'] },
  leases: { key: ['name'] },
  places: { key: ['no'] },
  place_events: { key: ['id'], trace: 'rows' },
  holidays: { key: ['day'] },
  banks: { key: ['id'] },
  officers: { key: ['id'] },
  posts: { key: ['id'] },
  leaves: { key: ['id'] },
  sessions: { key: ['id'] },
  subjects: { key: ['no'], subject: 'no' },
  evidence: { key: ['id'], trace: 'rows', subject: 'subject' },
  households: { key: ['id'], subject: 'id' },
  vacated_numbers: { key: ['village_no', 'household_no'], subject: 'household' },
  members: { key: ['id'], subject: 'household' },
  household_events: { key: ['id'], trace: 'rows', subject: 'household' },
  apart: { key: ['one', 'other'], subject: 'one' },
  recusals: { key: ['id'], trace: 'rows', subject: 'household' },
  recusal_ends: { key: ['recusal'], trace: 'rows' },
  consents: { key: ['id'], trace: 'rows', subject: 'household' },
  withdrawals: { key: ['id'], trace: 'rows' },
  pledges: { key: ['id'], trace: 'rows', subject: 'household' },
  pledge_steps: { key: ['id'], trace: 'rows' },
  standards: { key: ['hash'], trace: 'rows' },
  standard_events: { key: ['id'], trace: 'rows' },
  drafts: { key: ['id'] },
  draft_steps: { key: ['draft', 'seq'], trace: 'rows' },
  draft_bodies: { key: ['draft', 'seq'] },
  legal_bases: { key: ['id', 'seq'], trace: 'rows' },
  local_bases: { key: ['county_no', 'year', 'name'] },
  indicators: { key: ['no'] },
  indicator_options: { key: ['indicator', 'no'] },
  rounds: { key: ['no'] },
  village_items: { key: ['id'], trace: 'rows' },
  cases: { key: ['round', 'subject'], subject: 'subject' },
  marks: { key: ['round', 'subject', 'seq'], trace: 'batch', subject: 'subject' },
  reasons: { key: ['round', 'subject', 'seq'], trace: 'rows', subject: 'subject' },
  sheets: { key: ['round', 'subject', 'seq'], trace: 'rows', subject: 'subject' },
  current_values: { key: ['round', 'subject', 'indicator'], subject: 'subject' },
  events: { key: ['round', 'subject', 'id'], subject: 'subject' },
  contests: { key: ['round', 'subject', 'indicator'], subject: 'subject' },
  tellings: { key: ['id'], trace: 'rows', subject: 'household' },
  missed_visits: { key: ['id'], trace: 'rows', subject: 'subject' },
  sign_offs: { key: ['round', 'subject', 'sheet'], trace: 'rows', subject: 'subject' },
  imports: { key: ['id'] },
  rating_runs: { key: ['no'] },
  ratings: { key: ['round', 'subject', 'revision'], trace: 'batch', subject: 'subject' },
  yardsticks: { key: ['no'] },
  basis_sets: { key: ['digest'] },
  recomputations: { key: ['round', 'village'] },
  repairs: { key: ['id'], trace: 'rows', subject: 'household' },
  repair_steps: { key: ['id'], trace: 'rows' },
  state_items: { key: ['id'], trace: 'rows', subject: 'household' },
  lookbacks: { key: ['id'], trace: 'rows', subject: 'household' },
  adjustments: { key: ['id'], trace: 'rows', subject: 'subject' },
  simulations: { key: ['no'] },
  simulation_cells: { key: ['simulation', 'village', 'group', 'type', 'elderly', 'before', 'after'] },
  simulation_flips: { key: ['simulation', 'subject'], subject: 'subject' },
  notices: { key: ['id'] },
  notice_entries: { key: ['notice', 'seq'], subject: 'subject' },
  objections: { key: ['id'], trace: 'rows', subject: 'subject' },
  answers: { key: ['id'], trace: 'rows' },
  rolls: { key: ['id'] },
  roll_entries: { key: ['roll', 'seq'] },
  roll_subjects: { key: ['roll', 'seq'], subject: 'subject' },
  certificates: { key: ['no'], subject: 'subject' },
  reveals: { key: ['id'], trace: 'rows' },
  lookups: { key: ['id'], trace: 'rows', subject: 'subject' },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
export const tableOf = (name: TableName): Table => tables[name];
export const tableNames = Object.keys(tables) as readonly TableName[];
