import { Faults } from '../kit/faults.ts';
import { typed, type Fault, type RawValue } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { crumbsOf, usesTablet } from '../households/visiting.ts';
import { placeNames } from '../places/queries.ts';
import { roundNo } from '../rounds/round.ts';
import type { Said } from '../web/render.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { besideOf } from './beside.ts';
import { caseAt, factsBefore, type At } from './case-at.ts';
import { showCheck } from './check-pages.ts';
import { isSigned } from './follow.ts';
import { blockModels, contestModels, estimateModel, eventModels, heading, lackingWords, suppliedModels, typedValues } from './present.ts';
import { officerNames } from './queries.ts';
import { recordSheet, type Outcome } from './record.ts';
import { SentSheet } from './sent-sheet.ts';
import { photoField } from './sheet-form.ts';
import { undoSheet } from './undo.ts';
import { isComplete } from './wanted.ts';

async function showSheet(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  if (!at.mayRecord || (at.closed !== undefined && at.closed !== 'consent-missing')) return showCheck(visit);
  const { world, loaded } = at;
  const { standard } = world.compiled;
  const faults = trouble?.faults ?? [];
  const typedIn = visit.method === 'POST' ? { raw: visit.raw, faults } : undefined;
  const place = await placeNames(visit.office.read, [loaded.row.village_no, loaded.row.group_no ?? loaded.row.village_no]);
  const blocks = blockModels(at, visit.day, typedIn);
  const contests = contestModels(standard, world.picture, world.sheets, await officerNames(visit.office.read, world.sheets.map(sheet => sheet.by)));
  const fromPaper = isFromPaper(visit);
  const signed = isSigned(world.sheets, world.signOffs);
  const beside = await besideOf(visit.office.read, world.round.no, loaded.key.no);
  return page('observations/show', {
    title: `${heading(at).number} ${heading(at).name}`, tablet: usesTablet(visit), ...heading(at), href: at.href, id: newId(), base: at.base,
    crumbs: usesTablet(visit) ? [{ label: '今天', href: '/today' }, { label: world.round.name }] : await crumbsOf(visit, loaded, '采集'),
    aside: [place.get(loaded.row.group_no === null ? loaded.row.village_no : loaded.row.group_no)?.name ?? '', `${loaded.row.people} 口人`, loaded.row.address].filter(Boolean).join(' · '),
    missing: (at.world.standing.standing === 'open' || at.world.standing.standing === 'returned') && !isComplete(standard, world.picture) ? `/missed/${loaded.row.id}` : undefined,
    consent: at.closed === 'consent-missing' ? `/households/${loaded.row.id}/consents` : undefined,
    returned: world.standing.standing === 'returned' ? world.standing.reason ?? '请再核一次' : undefined,
    fromPaper, done: fromPaper ? [] : blocks.filter(block => block.done), open: fromPaper ? blocks.map(block => ({ ...block, now: true, before: undefined, paper: true })) : blocks.filter(block => !block.done), contests, maySettle: at.maySettle,
    supplied: suppliedModels(at, beside), events: eventModels(standard, world.picture, { href: at.href, day: visit.day, ...beside }).filter(event => event.voided === undefined),
    newEvent: `/events/new?round=${world.round.id}&household=${loaded.row.id}`,
    estimate: estimateModel(at, typedIn === undefined ? {} : typedValues(at, visit.raw, visit.day), visit.day, visit.raw),
    whole: isComplete(standard, world.picture), signed, faults: faults.map(fault => ({ id: fault.field, label: labelOf(at, fault), say: fault.say })),
  });
}

const labelOf = (at: At, fault: Fault): string => at.world.compiled.standard.indicators.find(indicator => `v-${indicator.key}` === fault.field)?.title ?? '';

/** What was typed so far, counted at once: nothing is kept. */
async function showEstimate(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  return page('observations/_estimate', { title: '暂估', estimate: estimateModel(at, typedValues(at, visit.raw, visit.day), visit.day, visit.raw) }, { region: 'observations/_estimate' });
}

/** One save per household. 先放着 keeps what is right and what was really answered; a fault never blocks it. */
async function save(visit: Visit): Promise<Reply> {
  const { office, params } = visit;
  const sent = new SentSheet(visit);
  const outcome = await recordSheet(office, visit.actor, {
    id: isId(typed(visit.raw, 'id')) ? typed(visit.raw, 'id') : newId(), round: await roundNo(office.read, params['round'] ?? ''), household: params['household'] ?? '', base_seq: baseOf(visit), source: isFromPaper(visit) ? 'paper' : sourceOf(visit),
    values: async world => sent.read(world, await factsBefore(office.read, world, visit.day)),
    photos: visit.files.map(file => ({ about: file.field.slice(photoField('').length), source: { path: file.path } })), removed: listed(visit.raw['removed']),
  });
  // Photos are kept even where an answer has to be put right: a browser forgets chosen files, and nobody takes them twice.
  if (sent.faults.length > 0) throw new Faults(sent.faults);
  const lacks = lackingWords(outcome.standard, outcome.picture);
  const here = visit.path;
  if (sent.isWhole && isComplete(outcome.standard, outcome.picture)) return seeOther(`${here}/check`, saidOf(here, outcome, `存好了。${lacks === '' ? '' : `${lacks}。`}请户主核对一遍，再签字。`));
  return seeOther(sent.goesOn ? `${here}#now` : sent.isWhole || outcome.outcome === 'contested' ? here : '/today', saidOf(here, outcome, lacks === '' ? '存好了。' : `存好了，${lacks}。`));
}

/** A sheet of paper is keyed in: every question stands open, in the paper's order, and the record says where it comes from. */
const isFromPaper = (visit: Visit): boolean => (visit.method === 'POST' ? typed(visit.raw, 'from') : visit.query['from']) === 'paper';
const listed = (raw: RawValue | undefined): readonly string[] => [raw ?? []].flat().map(String);
const baseOf = (visit: Visit): number => { const base = Number(typed(visit.raw, 'base')); return Number.isSafeInteger(base) && base >= 0 ? base : 0; };
export const sourceOf = (visit: Visit): 'grid' | 'village' => visit.actor.kind === 'officer' && visit.actor.posts.some(each => each.role === 'gridWorker') ? 'grid' : 'village';

export function saidOf(href: string, outcome: Outcome, words: string): Said {
  if (outcome.outcome === 'contested') return { kind: 'care', words: `有 ${outcome.contested.length} 项和别人填的不一样，两份都留着，由村里来定。别的已经存好。` };
  if (outcome.outcome === 'repeated') return { kind: 'sky', words: words.replace(/^存好了/, '没有新填的') };
  return { kind: 'done', words, undo: { label: '撤回', action: `${href}/undo/${outcome.seq}` } };
}

async function undo(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  const seq = Number(visit.params['seq']);
  await undoSheet(visit.office, visit.actor, { round: at.world.round.no, household: at.loaded.row.id, seq });
  return seeOther(at.href, '撤回了，已经恢复成保存以前的样子。');
}

const uploads = { fields: [photoField('*')], mostBytes: limits.photoBytes };
export const sheetRoutes: readonly Route[] = [
  get('/observations/:round/:household', { power: 'observation.read', handle: showSheet }),
  post('/observations/:round/:household', { power: 'observation.record', handle: save, again: showSheet, uploads }),
  post('/observations/:round/:household/estimate', { power: 'observation.record', handle: showEstimate }),
  post('/observations/:round/:household/undo/:seq', { power: 'observation.record', handle: undo }),
];
