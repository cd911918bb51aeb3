import type { Actor } from '../access/actor.ts';
import type { Knex } from 'knex';
import { fault } from '../kit/faults.ts';
import { docketOf, type DocketRow } from '../panels/docket.ts';
import { asideOf } from '../people/sessions.ts';
import { titleOf } from '../titles/queries.ts';
import { nextStep } from '../titles/title.ts';
import type { Desk, Unit } from '../store/unit.ts';
import { inSitting } from './in-sitting.ts';
import type { Whole } from './load.ts';
import { sittings } from './refusals.ts';
import { kinds } from './sitting.ts';

interface Agenda { readonly no: number; readonly subject: number | null; readonly cases: readonly { readonly subject: number; readonly mark_seq: number }[] }

/** Roll call: who came. With enough of them the sitting is open, and its docket is what stands before the committee at this moment. As long as nobody voted it may be called anew. */
export async function begin(desk: Desk, actor: Actor, given: { readonly id: string; readonly present: readonly string[]; readonly chair: string }): Promise<number> {
  return inSitting(desk, actor, { id: given.id, from: ['called', 'voting'], act: 'sitting.opened' }, async (unit: Unit, whole) => {
    const present = whole.seats.filter(seat => given.present.includes(seat.officer));
    if (present.length < whole.quorum) sittings.refuse('sitting-too-few', { field: 'present', present: present.length, quorum: whole.quorum });
    if (!present.some(seat => seat.officer === given.chair)) fault('chair', 'absent', '主持人要在到会的人里。原来定的没有来，就换一位。');
    if (whole.items.some(item => item.votes.size > 0) || whole.seats.some(seat => seat.voted)) sittings.refuse('sitting-moved-on', { state: '已经有人投票' });
    const agenda = await agendaOf(unit.read, whole);
    if (agenda.length === 0) sittings.refuse('sitting-empty');
    unit.change('sitting_seats', whole.seats.map(seat => ({ sitting: given.id, officer: seat.officer, present: present.includes(seat) ? 1 : 0 })));
    unit.remove('sitting_items', whole.items.map(item => ({ sitting: given.id, no: item.no })));
    unit.remove('sitting_cases', await unit.read('sitting_cases').where({ sitting: given.id }).select('sitting', 'subject'));
    unit.put('sitting_items', agenda.map(({ no, subject }) => ({ sitting: given.id, no, subject, ayes: 0, noes: 0, abstained: 0, looked: 0, decision: null, words: '' })));
    unit.put('sitting_cases', agenda.flatMap(({ no, cases }) => cases.map(one => ({ sitting: given.id, subject: one.subject, item: no, mark_seq: one.mark_seq }))));
    unit.change('sittings', { id: given.id, state: 'voting', chair: given.chair, opened_at: unit.at });
    return agenda.length;
  });
}

/** Who stands alone is an item each, the rest is one. What a member stands aside from stands alone; what waits for something else is not on it. */
async function agendaOf(read: Knex, { sitting, round, place, seats }: Whole): Promise<readonly Agenda[]> {
  const { step } = kinds[sitting.stage];
  if (step.of === 'title') {
    const title = await titleOf(read, round.no, place.no);
    return nextStep(title.standing) !== step.step || title.held > 0 ? [] : [{ no: 1, subject: title.subject, cases: [title] }];
  }
  const docket = await docketOf(read, { round, village: place, stage: step.stage });
  const aside = new Set((await Promise.all(seats.map(seat => asideOf(read, seat.officer)))).flat());
  const isAlone = (row: DocketRow): boolean => aside.has(row.id);
  const rest = docket.rest.filter(row => !isAlone(row));
  const alone = [...docket.alone, ...docket.rest.filter(isAlone)].filter(row => !row.blocked).sort((a, b) => a.household_no - b.household_no);
  return [...rest.length === 0 ? [] : [{ no: 0, subject: null, cases: rest }], ...alone.map((row, at) => ({ no: at + 1, subject: row.subject, cases: [row] }))];
}
