import { may } from '../access/may.ts';
import { typed } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { placeById, placeNames, placeSubject } from '../places/queries.ts';
import { roundAt } from '../rounds/queries.ts';
import { checkStandard } from '../standards/check.ts';
import { loadStandard } from '../standards/load.ts';
import { isOfRounds } from '../standards/standard.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import { keepDraft } from './keep-draft.ts';
import { held, knobsOf, turned, type Knob } from './knobs.ts';
import { outlookOf, flipLines, inForce, standardWords } from './pages.ts';
import { seen } from './outlook.ts';
import { unfitItems } from './own-items.ts';
import { presentOutlook } from './present.ts';
import { simulations } from './refusals.ts';
import { mustCover } from './round-places.ts';
import { groundOf, slide } from './slide.ts';

/** A number of a standard varied on the page; the result is drawn again at every move. Nothing is kept until somebody says so. */
export async function showSlide(visit: Visit): Promise<Reply> {
  const { office, actor, query } = visit;
  const [asked, wanted, hash] = [query['round'] ?? '', query['place'] ?? '', query['standard'] ?? ''];
  if (asked === '' || wanted === '' || hash === '') return seeOther('/simulations');
  const [round, place, { standard }] = await Promise.all([roundAt(office.read, asked), placeById(office.read, wanted), loadStandard(office.read, hash)]);
  const leave = may(actor, 'simulation.run', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  mustCover(round, place);
  if (!isOfRounds(standard.subject)) return simulations.refuse('not-for-simulation');
  const knobs = knobsOf(standard);
  const knob = knobs.find(each => each.key === query['knob']) ?? knobs[0];
  // A value that was meant for another knob comes along when a new one is chosen.
  const value = knob === undefined || query['of'] !== knob.key || (query['value'] ?? '') === '' ? knob?.value ?? 0 : held(knob, Number(query['value']));
  const tried = knob === undefined ? standard : turned(standard, knob, value);
  const checked = tried === standard ? { standard } : checkStandard(tried);
  const asking = {
    title: '边拖边看', crumbs: [{ label: '模拟', href: '/simulations' }, { label: '边拖边看' }], standard: standardWords(standard), asked: { round: round.id, place: place.id, standard: hash, knob: knob?.key ?? '' },
    choices: groupsOf(knobs, knob), knob: knob === undefined ? undefined : { ...knob, now: value }, hasTurned: tried !== standard,
  };
  const name = (await placeNames(office.read, [place.no])).get(place.no)?.full ?? place.name;
  const heading = `${name}：试着改一个数`;
  if ('faults' in checked) return page('simulations/slide', { ...asking, heading, broken: checked.faults.map(fault => `${fault.say}。${fault.remedy}`) }, { region: 'simulations/_slid' });
  const [view, ground, own] = [await seen(office.read, actor, round, place.path), await groundOf(office, round, place, standard), await inForce(visit, round)];
  const { tally, changes, flips } = await slide(office, ground, tried, view.sees);
  const outlook = outlookOf(own, tried, { ...view, cells: tally.cells, owed: tally.owed, unfit: await unfitItems(office.read, round, tried, view.villages), changes });
  return page('simulations/slide', {
    ...asking, heading, broken: undefined, canKeep: tried !== standard && may(actor, 'standard.keep', placeSubject(place)) === true, at: ground.at, ...presentOutlook(outlook), flips: await flipLines(visit, outlook, flips), roundName: round.name,
  }, { region: 'simulations/_slid' });
}

const groupsOf = (knobs: readonly Knob[], chosen: Knob | undefined) =>
  [...Map.groupBy(knobs, knob => knob.group)].map(([title, own]) => ({ title, knobs: own.map(knob => ({ key: knob.key, label: `${knob.label}（${knob.value}${knob.unit}）`, isChosen: knob.key === chosen?.key })) }));

/** What was tried becomes a draft of the next version. */
export async function takeDraft(visit: Visit): Promise<Reply> {
  const id = await keepDraft(visit.office, visit.actor, { standard: typed(visit.raw, 'standard'), knob: typed(visit.raw, 'knob'), value: Number(typed(visit.raw, 'value')) });
  return seeOther(`/drafts/${id}`, '按这个数起好了草稿。例子对不上的先改好，再定稿。');
}
