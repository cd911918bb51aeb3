import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import type { Place } from '../places/place.ts';
import type { Round } from '../rounds/round.ts';

export interface ReportColumn { readonly key: string; readonly heading: string; readonly kind: 'text' | 'count' }

/** One line of a report. A cell that is not there is printed as a dash. */
export interface ReportRow { readonly cells: Readonly<Record<string, string | number | undefined>>; readonly href?: string }

export interface ReportTable {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly total: ReportRow | undefined;
  /** What a reader must know about the figures, a sentence each. */
  readonly notes: readonly string[];
}

/** What a report is drawn up for: some villages of a round, on a day. */
export interface Asked {
  readonly read: Knex;
  readonly round: Round;
  readonly villages: readonly Place[];
  readonly day: Day;
  /** Whether the reader looks after the households of a village; small cells are kept from others. */
  readonly sees: (village: Pick<Place, 'id' | 'path'>) => boolean;
}

/** A table the office draws up for people: counts only, nothing about one household. */
export interface Report {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  table(asked: Asked): Promise<ReportTable>;
}
