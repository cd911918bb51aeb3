import { may } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { form, typed } from '../kit/form.ts';
import { choice, text } from '../kit/fields.ts';
import { limits } from '../kit/limits.ts';
import { drawnBytes, type EvidenceSource } from '../households/evidence.ts';
import { crumbsOf, usesTablet } from '../households/visiting.ts';
import { householdSubject } from '../households/subject.ts';
import { asideFrom } from '../recusals/present.ts';
import { overridesOf } from '../standards/overrides.ts';
import { stateWords } from '../standards/standard.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { besideOf, besideValue, type Beside } from './beside.ts';
import { caseAt, type At } from './case-at.ts';
import { isSigned } from './follow.ts';
import { contestModels, eventModels, heading, suppliedModels } from './present.ts';
import { officerNames } from './queries.ts';
import { observations } from './refusals.ts';
import { blocksOf } from './sheet-form.ts';
import { isOver } from './span.ts';
import { signSheet, signWays, type SignWay } from './sign.ts';
import { isComplete, lackingIn, photosLacking } from './wanted.ts';
import { factWords } from './words.ts';

const ways = (Object.entries(signWays) as [SignWay, string][]).map(([key, label]) => ({ key, label }));
const signForm = form({
  how: choice('怎么确认', ways),
  reason: text('原因', { optional: true, most: 100, hint: '不愿签或签不了字时写明，例如：本人在外，电话里核对过' }),
}, values => (values.how === 'refused' || values.how === 'absent') && values.reason === undefined ? [{ field: 'reason', code: 'missing', say: '没有签字，请写明原因。' }] : []);

/** The sheet as the household reads it: every answer in words. Whoever may read facts sees it; who takes them down has it signed here. */
export async function showCheck(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const { world, loaded } = at;
  const { standard } = world.compiled;
  const { signOffs } = world;
  const beside = await besideOf(visit.office.read, world.round.no, loaded.key.no);
  const names = await officerNames(visit.office.read, [...world.sheets.map(sheet => sheet.by), ...signOffs.map(each => each.by)]);
  const lacking = lackingIn(standard, world.picture);
  const isOpen = at.closed === undefined && at.mayRecord;
  const signed = isSigned(world.sheets, signOffs);
  const first = { how: usesTablet(visit) ? 'drawn' : 'paper' };
  return page('observations/check', {
    title: `核对 ${heading(at).number} ${heading(at).name}`, tablet: usesTablet(visit), ...heading(at), href: at.href,
    crumbs: usesTablet(visit) ? [{ label: '今天', href: '/today' }, { label: `${heading(at).number} ${heading(at).name}`, href: at.href }] : await crumbsOf(visit, loaded, '采集表'),
    round: world.round.name, overrides: await overridesOf(visit.office.read, world.round.household_standard), blocks: answers(at, beside), supplied: suppliedModels(at, beside), events: eventModels(standard, world.picture, { href: at.href, day: visit.day, ...beside }), mayVoid: isOpen, over: overAt(visit, at),
    contests: contestModels(standard, world.picture, world.sheets, names), maySettle: at.maySettle,
    photosLacking: !isOpen ? '' : photosLacking(standard, world.picture).map(indicator => indicator.title).join('、'),
    recused: await asideFrom(visit, 'observation.record', householdSubject(loaded.key)),
    lacking: lacking.map(indicator => indicator.title).join('、'), lackingCount: lacking.length, isOpen, canSign: isOpen && isComplete(standard, world.picture) && !signed,
    signed: signed && signOffs.length > 0 ? signOffs.slice(-1).map(each => ({ words: signWays[each.how as SignWay], reason: each.reason, at: each.at, who: names.get(each.by) ?? '', drawing: each.evidence === null ? undefined : `/evidence/${each.evidence}` }))[0] : undefined,
    again: !signed && signOffs.length > 0,
    form: formModel(signForm, { raw: visit.method === 'POST' ? visit.raw : first, faults: trouble?.faults ?? [] }),
    drawingFault: trouble?.code === 'signature-missing' ? trouble.words : undefined,
  });
}

/** How many things are shown no longer, and where whoever may look them up with a reason. */
function overAt({ actor, day }: Visit, { world, loaded, href }: At) {
  const count = [...world.picture.events.values()].filter(({ entry }) => isOver(world.compiled.standard, entry, day)).length;
  return count === 0 ? undefined : { count, href: may(actor, 'repair.look-back', householdSubject(loaded.key)) === true ? `/lookbacks${href.replace('/observations', '')}` : undefined };
}

function answers(at: At, beside: Beside) {
  const { picture, compiled } = at.world;
  return blocksOf(compiled.standard, { council: false }).map(block => ({
    title: block.title,
    lines: block.questions.map(indicator => {
      const field = picture.fields.get(indicator.key);
      const before = at.before[indicator.key];
      const words = field?.kind === 'current' ? factWords(indicator, field.stand.fact) : undefined;
      return { title: indicator.title, ...besideValue(beside, indicator.key), photos: (picture.photos.get(indicator.key) ?? []).map(id => `/evidence/${id}`), words: words ?? (field?.kind === 'contested' ? '两份不一样，等村里定' : stateWords.notAsked), told: words !== undefined, changed: words !== undefined && before !== undefined && factWords(indicator, before) !== words, before: before === undefined ? undefined : factWords(indicator, before) };
    }),
  }));
}

async function saveCheck(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.record');
  const values = taken(signForm, visit.raw);
  const drawing = values.how === 'drawn' ? drawingOf(visit) : values.how === 'paper' && visit.files[0] !== undefined ? { path: visit.files[0].path } : undefined;
  if (values.how === 'drawn' && drawing === undefined) observations.refuse('signature-missing', { field: 'drawing' });
  const { collected } = await signSheet(visit.office, visit.actor, { round: at.world.round.no, household: at.loaded.row.id, how: values.how, reason: values.reason ?? '', ...drawing === undefined ? {} : { drawing } });
  return seeOther(usesTablet(visit) ? '/today' : `${at.href}/check`, collected ? `${heading(at).number} ${heading(at).name}采集好了。` : '记下了。');
}

function drawingOf(visit: Visit): EvidenceSource | undefined {
  const bytes = drawnBytes(typed(visit.raw, 'drawing'));
  return bytes === undefined ? undefined : { bytes };
}

export const checkRoutes: readonly Route[] = [
  get('/observations/:round/:household/check', { power: 'observation.read', handle: showCheck }),
  post('/observations/:round/:household/check', { power: 'observation.record', handle: saveCheck, again: showCheck, uploads: { fields: ['paper'], mostBytes: limits.photoBytes } }),
];
