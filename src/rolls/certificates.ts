import type { Knex } from 'knex';
import type { Subject } from '../access/subject.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { placeNames } from '../places/queries.ts';

export interface Certificate {
  readonly no: string; readonly round: number; readonly subject: number; readonly kind: 'household' | 'village' | 'township'; readonly year: number; readonly grade_code: string;
  readonly issued_on: Day; readonly valid_until: Day; readonly revoked_on: Day | null; readonly replaced_by: string | null; readonly place_no: number; readonly path: string; readonly standard: string;
}

const columns = ['certificates.no', 'certificates.round', 'certificates.subject', 'subjects.kind', 'rounds.year', 'certificates.grade_code', 'certificates.issued_on', 'certificates.valid_until', 'certificates.revoked_on', 'certificates.replaced_by', 'subjects.place_no', 'places.path', 'rounds.household_standard as standard'] as const;
const joined = (read: Knex): Knex.QueryBuilder => read('certificates').join('subjects', 'subjects.no', 'certificates.subject').join('places', 'places.no', 'subjects.place_no').join('rounds', 'rounds.no', 'certificates.round');

export async function certificateByNo(read: Knex, no: string): Promise<Certificate> {
  const row: Certificate | undefined = await joined(read).where('certificates.no', no).first(...columns);
  return row ?? common.refuse('not-found');
}

/** The certificates of a village in a round, in order of their numbers. */
export async function certificatesIn(read: Knex, round: number, villageNo: number): Promise<readonly Certificate[]> {
  return joined(read).where({ 'certificates.round': round, 'subjects.place_no': villageNo }).whereNull('certificates.revoked_on').orderBy('certificates.no').select(...columns);
}

export const certificateSubject = (certificate: Certificate): Subject => ({ id: certificate.no, paths: [certificate.path] });

export type CertificateState = 'valid' | 'expired' | 'revoked' | 'replaced';
export const stateOf = (certificate: Pick<Certificate, 'valid_until' | 'revoked_on' | 'replaced_by'>, day: Day): CertificateState =>
  certificate.replaced_by !== null ? 'replaced' : certificate.revoked_on !== null ? 'revoked' : certificate.valid_until < day ? 'expired' : 'valid';

export interface Holder { readonly name: string; readonly where: string }

/** Full names, for printing by an officer: the certificate is the household's own. */
export async function holders(read: Knex, certificates: readonly Certificate[]): Promise<ReadonlyMap<string, Holder>> {
  const names = await placeNames(read, certificates.map(one => one.place_no));
  const rows: { no: number; head_name: string; group_name: string | null }[] = await read('households').leftJoin('places as groups', 'groups.no', 'households.group_no')
    .whereIn('households.no', certificates.map(one => one.subject)).select('households.no', 'households.head_name', 'groups.name as group_name');
  const byNo = new Map(rows.map(row => [row.no, row]));
  return new Map(certificates.map(one => {
    const row = byNo.get(one.subject);
    const where = names.get(one.place_no)?.full ?? '';
    return [one.no, row === undefined ? { name: names.get(one.place_no)?.name ?? '', where } : { name: row.head_name, where: `${where}${row.group_name ?? ''}` }];
  }));
}
