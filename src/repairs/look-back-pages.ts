import { actorId } from '../access/actor.ts';
import { crumbsOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { dayOf } from '../kit/time.ts';
import { caseAt } from '../observations/case-at.ts';
import { happeningOf } from '../observations/checks.ts';
import { saidOfEvent } from '../observations/event-history.ts';
import { isOver } from '../observations/span.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { lookBackForm } from './form.ts';
import { lookBack } from './look-back.ts';

/** Display stops, the history stays: whoever has a reason opens it, and that it was opened is kept. */
async function showAsk(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const at = await caseAt(visit, 'repair.look-back');
  return page('repairs/look-back', {
    title: '看不再显示的记录', heading: '看不再显示的记录', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, at.loaded, '不再显示的记录'), here: visit.path, back: `${at.href}/check`, things: undefined,
    form: formModel(lookBackForm, { raw: visit.raw, faults: trouble?.faults ?? [] }),
  });
}

async function takeAsk(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'repair.look-back');
  const id = await lookBack(visit.office, visit.actor, { household: at.loaded.row.id, ...taken(lookBackForm, visit.raw) });
  return seeOther(`/lookbacks/${at.world.round.id}/${at.loaded.row.id}/${id}`);
}

/** Opened by who asked, on the day it was asked. */
async function showOver(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'repair.look-back');
  const asked: { at: string; by: string; reason: string } | undefined = await visit.office.read('lookbacks').where({ id: visit.params['id'] ?? '', household: at.loaded.row.id }).first('at', 'by', 'reason');
  if (asked === undefined || asked.by !== actorId(visit.actor) || dayOf(asked.at) !== visit.day) return common.refuse('not-found');
  const { sheets, picture, compiled } = at.world;
  return page('repairs/look-back', {
    title: '不再显示的记录', heading: '不再显示的记录', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, at.loaded, '不再显示的记录'), here: visit.path, back: `${at.href}/check`, reason: asked.reason,
    things: [...picture.events.values()].filter(({ entry }) => isOver(compiled.standard, entry, visit.day)).map(({ entry }) => ({ what: happeningOf(compiled.standard, entry)?.label ?? entry.option, on: entry.day, lines: sheets.flatMap(sheet => saidOfEvent(sheet, entry.id).map(said => ({ ...said, on: dayOf(sheet.at) }))) })), form: undefined,
  });
}

export const lookBackRoutes: readonly Route[] = [
  get('/lookbacks/:round/:household', { power: 'repair.look-back', handle: showAsk }),
  post('/lookbacks/:round/:household', { power: 'repair.look-back', handle: takeAsk, again: showAsk }),
  get('/lookbacks/:round/:household/:id', { power: 'repair.look-back', handle: showOver }),
];
