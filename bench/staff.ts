import { newCookie, sessionId } from '../src/people/sessions.ts';
import type { Office } from '../src/office.ts';
import type { Row } from '../src/store/dialect.ts';
import type { TableName } from '../src/store/tables.ts';
import { tokenFor } from '../src/web/csrf.ts';
import { firstHousehold, idOf, type Size } from './county.ts';

/** Somebody who is signed in: what their browser would send. */
export interface SignedIn { readonly cookie: string; readonly token: string; readonly id: string }
export interface Staff { readonly chair: SignedIn; /** One for each village, in order. */ readonly committees: readonly SignedIn[] }

/** Appoints a township chair and the committee of each village, all of them signed in. Straight into the tables, as the county is. */
export async function appointStaff(office: Office, villages: number): Promise<Staff> {
  const at = office.clock.now();
  const { dialect, write } = office.store;
  const put = (table: TableName, rows: readonly Row[]): Promise<void> => dialect.insertRows(write, table, Object.keys(rows[0] ?? {}), rows);
  const seats = [{ no: 1, role: 'townshipChair', place: 10 }, ...Array.from({ length: villages }, (_, n) => ({ no: n + 2, role: 'villageCommittee', place: 100 + n }))]
    .map(seat => ({ ...seat, id: idOf(50_000 + seat.no), cookie: newCookie() }));
  await put('officers', seats.map(seat => ({ id: seat.id, login: `u${seat.no}`, name: `员${seat.no}`, phone_sealed: null, password_hash: 'none', must_change: 0, bank: null, closed_on: null, fails: 0, locked_until: null, changed_at: at, large: 0 })));
  await put('posts', seats.map(seat => ({ id: idOf(60_000 + seat.no), officer: seat.id, role: seat.role, place_no: seat.place, since: '2025-01-01', until: null, at, by: 'console' })));
  await put('sessions', seats.map(seat => ({ id: sessionId(seat.cookie), officer: seat.id, started_at: at, seen_at: at })));
  const [chair = { id: '', cookie: '', token: '' }, ...committees] = seats.map(seat => ({ id: seat.id, cookie: `xx_s=${seat.cookie}`, token: tokenFor(office.secrets.csrfKey, seat.cookie) }));
  return { chair, committees };
}

/** Puts a roll of the township on the wall: sixty names a village. */
export async function publishRoll(office: Office, { villages, households }: Pick<Size, 'villages' | 'households'>): Promise<void> {
  const { dialect, write } = office.store;
  const named = Math.min(60, households);
  const places = Array.from({ length: villages }, (_, n) => 100 + n);
  const roll = idOf(70_000);
  const figures = { grades: [{ code: 'AAA', label: '优' }, { code: 'AA', label: '良' }, { code: 'A', label: '中' }], villages: places.map(no => ({ no, all: households, rated: households, byGrade: [named / 3, named / 3, named / 3].map(Math.floor) })) };
  const row: Row = { id: roll, round: 1, place_no: 10, published_on: '2026-11-02', valid_until: '2027-12-31', hash: 'bench', figures: JSON.stringify(figures), withdrawn_at: null, withdrawn_reason: null, at: '2026-11-02T00:00:00.000Z', by: 'console', unit: 0 };
  await dialect.insertRows(write, 'rolls', Object.keys(row), [row]);
  const entries = places.flatMap((no, village) => Array.from({ length: named }, (_, n): Row => ({ roll, seq: village * named + n + 1, kind: 'household', place_no: no, group_name: `第${n % 6 + 1}组`, shown: `某*${firstHousehold + n}`, grade_code: ['AAA', 'AA', 'A'][n % 3] ?? 'A', grade: n % 3, salt: 's', leaf: 'l' })));
  await dialect.insertRows(write, 'roll_entries', Object.keys(entries[0] ?? {}), entries);
}
