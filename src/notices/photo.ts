import type { Office } from '../office.ts';
import type { Actor } from '../access/actor.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { placeByNo } from '../places/queries.ts';
import { inUnit } from '../store/unit.ts';
import { noticeSubject } from './post.ts';
import { noticeById } from './queries.ts';
import { notices } from './refusals.ts';

/** Keeps the photo of the posted sheet: the proof that it hung where the notice says. */
export async function keepPhoto(office: Office, actor: Actor, given: { readonly id: string; readonly source: EvidenceSource }): Promise<string> {
  return inUnit(office, actor, [`notice:${given.id}`], async unit => {
    const notice = await noticeById(unit.read, given.id);
    const village = await placeByNo(unit.read, notice.place_no);
    const subject = await noticeSubject(unit, village, notice.stage);
    unit.require('notice.post', subject);
    if (notice.unposted_on !== null) notices.refuse('notice-down');
    const photo = await keepEvidence(office, unit, { subject: village.id, kind: 'notice', source: given.source });
    unit.change('notices', { id: notice.id, photo });
    unit.record({ act: 'notices.photo', power: 'notice.post', subject });
    return photo;
  });
}
