import { numberText } from '../households/household.ts';
import { below } from '../places/below.ts';
import type { DueSource } from '../web/due.ts';
import { undecided } from './queries.ts';

interface Check { readonly id: string; readonly until: string; readonly year: number; readonly path: string; readonly place: string }
interface Hearing { readonly id: string; readonly speak_until: string; readonly path: string; readonly place: string; readonly household_no: number | null }

export const awardDues: readonly DueSource[] = [{
  name: 'annual', says: '年审办完', icon: 'calendar', power: 'award.check',
  /** As long as a certificate of its township has not been looked at. */
  async list(read, { paths, until }) {
    const rows: Check[] = await read('annual_checks').join('places', 'places.no', 'annual_checks.place_no').join('rounds', 'rounds.no', 'annual_checks.round').whereNull('rounds.closed_on').where('annual_checks.until', '<=', until).where(below(paths, 'places.path'))
      .whereExists(read('certificates').join('cases', join => join.on('cases.round', 'certificates.round').andOn('cases.subject', 'certificates.subject')).join('subjects', 'subjects.no', 'certificates.subject').join('places as own', 'own.no', 'subjects.place_no')
        .whereRaw("certificates.round = annual_checks.round and own.path like places.path || '%'").where('cases.standing', 'published').whereNull('certificates.revoked_on')
        .whereNotExists(read('award_changes').join('award_steps', 'award_steps.change', 'award_changes.id').whereRaw('award_changes.annual = annual_checks.id and award_changes.subject = certificates.subject').whereIn('award_steps.step', ['agreed', 'declined']).select('award_changes.id')).select('certificates.no'))
      .select('annual_checks.id', 'annual_checks.until', 'annual_checks.year', 'places.path', 'places.name as place');
    return rows.map(row => ({ about: row.id, due: row.until, path: row.path, href: `/awards/checks/${row.id}`, title: `${row.place} ${row.year} 年年审办完` }));
  },
}, {
  name: 'hearing', says: '听取本人意见', icon: 'people', power: 'award.hear',
  async list(read, { paths, until }) {
    const rows: Hearing[] = await read('award_steps').join('award_changes', 'award_changes.id', 'award_steps.change').join('subjects', 'subjects.no', 'award_changes.subject').join('places', 'places.no', 'subjects.place_no').leftJoin('households', 'households.no', 'award_changes.subject')
      .join('rounds', 'rounds.no', 'award_changes.round').whereNull('rounds.closed_on').where('award_steps.step', 'invited').where('award_steps.speak_until', '<=', until).where(below(paths, 'places.path')).whereNotExists(undecided(read)).whereNotExists(read('award_steps as said').whereRaw('said.change = award_changes.id').where('said.step', 'heard').select('said.id'))
      .select('award_changes.id', 'award_steps.speak_until', 'places.path', 'places.name as place', 'households.household_no');
    return rows.map(row => ({ about: row.id, due: row.speak_until, path: row.path, href: `/awards/${row.id}`, title: `听取意见到这天：${row.place}${row.household_no === null ? '' : ` ${numberText(row.household_no)} 号户`}` }));
  },
}];
