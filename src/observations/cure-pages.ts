import { actorId } from '../access/actor.ts';
import { crumbsOf, usesTablet } from '../households/visiting.ts';
import { householdSubject } from '../households/subject.ts';
import { taken } from '../kit/faults.ts';
import { day, text } from '../kit/fields.ts';
import { form, typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { mattersCured } from '../standards/happening.ts';
import { itemWords } from '../standards/kinds/event-item.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { caseAt, type At } from './case-at.ts';
import { happeningOf } from './checks.ts';
import { curable, cureEvent, needsNoProof } from './cure.ts';
import { wroteDown } from './world.ts';
import { saidOf, sourceOf } from './pages.ts';
import { heading } from './present.ts';
import { uncureEvent } from './uncure.ts';

const cureForm = (from: string, today: string) => form({
  on: day('哪一天改正的', { from, to: today }),
  note: text('怎么改正的', { most: 200, lines: true, hint: '做了什么、谁去看过，一两句话' }),
});

/** 记为已改正: one thing that took points, and what putting it right changes. */
async function showCure(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  const event = eventAt(visit, at);
  const told = happeningOf(at.world.compiled.standard, event);
  return page('observations/cure', {
    title: `记为已改正 ${heading(at).number} ${heading(at).name}`, tablet: usesTablet(visit), ...heading(at), id: newId(), action: `${at.href}/events/${event.id}/cure`, back: `${at.href}/check`,
    crumbs: usesTablet(visit) ? [{ label: '今天', href: '/today' }, { label: `${heading(at).number} ${heading(at).name}`, href: at.href }] : await crumbsOf(visit, at.loaded, '记为已改正'),
    what: told?.label ?? '', day: event.day, told: event.note, rule: told === undefined ? '' : itemWords(told.item).split('：').slice(1).join('：'), changes: told !== undefined && mattersCured(told.item),
    form: formModel(cureForm(event.day, visit.day), { raw: visit.method === 'POST' ? visit.raw : { on: visit.day }, faults: trouble?.faults ?? [] }),
    isProofFree: needsNoProof(visit.actor, householdSubject(at.loaded.key)) && !wroteDown(at.world, event.id, actorId(visit.actor)), photoFault: trouble?.code === 'cure-unproved' ? trouble.words : undefined,
  });
}

const eventAt = (visit: Visit, { world }: At) => curable(world, visit.params['event'] ?? '').entry;

async function saveCure(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  const event = visit.params['event'] ?? '';
  const entry = at.world.picture.events.get(event)?.entry;
  const values = taken(cureForm(entry?.day ?? visit.day, visit.day), visit.raw);
  const outcome = await cureEvent(visit.office, visit.actor, {
    ...mintedBy(visit, at), event, ...values, photos: visit.files.map(file => ({ path: file.path })),
  });
  const told = entry === undefined ? undefined : happeningOf(at.world.compiled.standard, entry);
  return seeOther(`${at.href}/check`, saidOf(at.href, outcome, `记下了：${told?.label ?? '这件事'}已经改正。${told !== undefined && mattersCured(told.item) ? `${heading(at).name}的分会跟着变。` : ''}`));
}

async function takeUncure(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  await uncureEvent(visit.office, visit.actor, { ...mintedBy(visit, at), event: visit.params['event'] ?? '' });
  return seeOther(`${at.href}/check`, '改回来了：这件事还没有改正。');
}

const mintedBy = (visit: Visit, at: At) => ({ id: isId(typed(visit.raw, 'id')) ? typed(visit.raw, 'id') : newId(), round: at.world.round.no, household: at.loaded.row.id, source: sourceOf(visit) });

export const cureRoutes: readonly Route[] = [
  get('/observations/:round/:household/events/:event/cure', { power: 'observation.record', handle: showCure }),
  post('/observations/:round/:household/events/:event/cure', { power: 'observation.record', handle: saveCure, again: showCure, uploads: { fields: ['photo'], mostBytes: limits.photoBytes } }),
  post('/observations/:round/:household/events/:event/uncure', { power: 'observation.record', handle: takeUncure }),
];
