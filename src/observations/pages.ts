import { Faults } from '../kit/faults.ts';
import { typed, type Fault, type RawValue } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { crumbsOf, usesTablet } from '../households/visiting.ts';
import { placeNames } from '../places/queries.ts';
import type { WrittenFact } from '../standards/standard.ts';
import type { Said } from '../web/render.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { caseAt, type At } from './case-at.ts';
import { showCheck } from './check-pages.ts';
import { signOffsOf, isSigned } from './follow.ts';
import { answeredOnly, blockModels, contestModels, estimateModel, eventModels, heading, lackingWords, suppliedModels, typedValues } from './present.ts';
import { officerNames } from './queries.ts';
import { recordSheet, type Outcome } from './record.ts';
import { observations } from './refusals.ts';
import { blocksOf, parseSheet, photoField, type Block } from './sheet-form.ts';
import { undoSheet } from './undo.ts';
import { isComplete, mustBeAsked } from './wanted.ts';

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
  const signed = isSigned(world.sheets, await signOffsOf(visit.office.read, world.round.no, loaded.row.no));
  return page('observations/show', {
    title: `${heading(at).number} ${heading(at).name}`, tablet: usesTablet(visit), ...heading(at), href: at.href, id: newId(), base: at.base,
    crumbs: usesTablet(visit) ? [{ label: '今天', href: '/today' }, { label: world.round.name }] : await crumbsOf(visit, loaded, '采集'),
    aside: [place.get(loaded.row.group_no === null ? loaded.row.village_no : loaded.row.group_no)?.name ?? '', `${loaded.row.people} 口人`, loaded.row.address].filter(Boolean).join(' · '),
    missing: at.world.standing.standing === 'open' || at.world.standing.standing === 'returned' ? `/missed/${loaded.row.id}` : undefined,
    consent: at.closed === 'consent-missing' ? `/households/${loaded.row.id}/consents` : undefined,
    returned: world.standing.standing === 'returned' ? world.standing.reason ?? '请再核一次' : undefined,
    done: blocks.filter(block => block.done), open: blocks.filter(block => !block.done), contests, maySettle: at.maySettle,
    supplied: suppliedModels(at), events: eventModels(standard, world.picture, at.href).filter(event => event.voided === undefined),
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
  const at = await caseAt(visit, 'observation.record');
  if (at.closed === 'consent-missing') observations.refuse('consent-missing', { household: at.loaded.row.id });
  const blocks = blocksOf(at.world.compiled.standard, { council: at.maySettle });
  const parsed = parseSheet(blocks, visit.raw, visit.day);
  const [same, unclear] = [blockIn(blocks, visit.raw['same']), blockIn(blocks, visit.raw['unclear'])];
  const whole = visit.raw['then'] === 'whole' && same === undefined && unclear === undefined;
  const values = whole && parsed.faults.length > 0 ? {} : { ...whole ? parsed.values : answeredOnly(at, parsed.values), ...sameAs(at, same), ...unclearIn(unclear) };
  const faults = parsed.faults.filter(fault => values[fault.field.slice(2)] === undefined);
  const outcome = await recordSheet(visit.office, visit.actor, {
    id: isId(typed(visit.raw, 'id')) ? typed(visit.raw, 'id') : newId(), round: at.world.round.no, subject: at.loaded.row.no, household: at.loaded.row.id, base_seq: baseOf(visit), values, source: sourceOf(visit),
    photos: visit.files.map(file => ({ about: file.field.slice(photoField('').length), source: { path: file.path } })), removed: listed(visit.raw['removed']),
  });
  // Photos are kept even where an answer has to be put right: a browser forgets chosen files, and nobody takes them twice.
  if (faults.length > 0) throw new Faults(faults);
  const { standard } = at.world.compiled;
  const lacks = lackingWords(standard, outcome.picture);
  if (whole && isComplete(standard, outcome.picture)) return seeOther(`${at.href}/check`, saidOf(at.href, outcome, `存好了。${lacks === '' ? '' : `${lacks}。`}请户主核对一遍，再签字。`));
  const next = same ?? unclear;
  return seeOther(next === undefined ? whole || outcome.outcome === 'contested' ? at.href : '/today' : `${at.href}#now`,
    saidOf(at.href, outcome, lacks === '' ? '存好了。' : `存好了，${lacks}。`));
}

const blockIn = (blocks: readonly Block[], raw: unknown): Block | undefined => blocks.find(block => block.key === raw);
const listed = (raw: RawValue | undefined): readonly string[] => [raw ?? []].flat().map(String);
const baseOf = (visit: Visit): number => { const base = Number(typed(visit.raw, 'base')); return Number.isSafeInteger(base) && base >= 0 ? base : 0; };
const sourceOf = (visit: Visit): 'grid' | 'village' => visit.actor.kind === 'officer' && visit.actor.posts.some(each => each.role === 'gridWorker') ? 'grid' : 'village';

const sameAs = (at: At, block: Block | undefined): Readonly<Record<string, WrittenFact>> =>
  Object.fromEntries((block?.questions ?? []).flatMap(({ key }) => { const fact = at.before[key]; return fact === undefined ? [] : [[key, fact] as const]; }));
const unclearIn = (block: Block | undefined): Readonly<Record<string, WrittenFact>> =>
  Object.fromEntries((block?.questions ?? []).filter(indicator => mustBeAsked(indicator) && indicator.withoutDontKnow !== true).map(({ key }) => [key, { missing: 'dontKnow' as const }]));

export function saidOf(href: string, outcome: Outcome, words: string): Said {
  if (outcome.outcome === 'contested') return { kind: 'care', words: `有 ${outcome.contested.length} 项和别人填的不一样，两份都留着，由村里来定。别的已经存好。` };
  if (outcome.outcome === 'repeated') return { kind: 'sky', words: words.replace(/^存好了/, '没有新填的') };
  return { kind: 'done', words, undo: { label: '撤回', action: `${href}/undo/${outcome.seq}` } };
}

async function undo(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  const seq = Number(visit.params['seq']);
  await undoSheet(visit.office, visit.actor, { round: at.world.round.no, subject: at.loaded.row.no, seq });
  return seeOther(at.href, '撤回了，已经恢复成保存以前的样子。');
}

const uploads = { fields: [photoField('*')], mostBytes: limits.photoBytes };
export const sheetRoutes: readonly Route[] = [
  get('/observations/:round/:household', { power: 'observation.read', handle: showSheet }),
  post('/observations/:round/:household', { power: 'observation.record', handle: save, again: showSheet, uploads }),
  post('/observations/:round/:household/estimate', { power: 'observation.record', handle: showEstimate }),
  post('/observations/:round/:household/undo/:seq', { power: 'observation.record', handle: undo }),
];
