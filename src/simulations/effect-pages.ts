import { form, typed } from '../kit/form.ts';
import { choice } from '../kit/fields.ts';
import { Refusal } from '../kit/refusal.ts';
import { common } from '../kit/refusals.ts';
import { may } from '../access/may.ts';
import { placeById, placeNames, placeSubject } from '../places/queries.ts';
import { roundAt } from '../rounds/queries.ts';
import { isOfRounds, type Standard } from '../standards/standard.ts';
import { draftFor } from '../standards/draft/queries.ts';
import { typedBody } from '../standards/draft/typed.ts';
import { examined } from '../standards/draft/troubles.ts';
import { formModel } from '../web/form-model.ts';
import { page, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import { choices, ratedRounds, usualRound } from './choices.ts';
import { seen } from './outlook.ts';
import { inForce, outlookOf } from './pages.ts';
import { presentOutlook } from './present.ts';
import { groundOf, slide } from './slide.ts';

/** What a draft would do to a round and a place, drawn beside every page of the editor and again while somebody types. Nothing is kept. */
export async function showEffect(visit: Visit): Promise<Reply> {
  const { draft, body } = await draftFor(visit, visit.params['id']);
  const tried = examined(visit.method === 'POST' ? typedBody(body, typed(visit.raw, 'at'), visit.raw) : body);
  const { rounds, places } = await choices(visit);
  const given = (name: string): string => (visit.method === 'POST' ? typed(visit.raw, name) : visit.query[name] ?? '');
  const round = rounds.find(each => each.id === given('round')) ?? usualRound(rounds, await ratedRounds(visit.office.read));
  const inside = places.filter(place => round !== undefined && place.path.startsWith(round.path));
  const place = inside.find(each => each.id === given('place')) ?? inside[0];
  const asked = form({
    round: choice('哪一轮', rounds.map(each => ({ key: each.id, label: each.name })), { select: true }), place: choice('哪个地方', inside.map(each => ({ key: each.id, label: each.name })), { select: true }),
  });
  const base = {
    title: '改了会怎样', id: draft.id, heading: draft.title, crumbs: [{ label: '评定标准', href: '/standards' }, { label: draft.title, href: `/drafts/${draft.id}` }, { label: '改了会怎样' }],
    fields: formModel(asked, { raw: { round: round?.id ?? '', place: place?.id ?? '' } }).fields,
  };
  const counted = round === undefined || place === undefined ? { words: '还没有算过分的批次，看不出来。' } : await effectOf(visit, { round: round.id, place: place.id }, tried);
  return page('simulations/effect', { ...base, ...nothing, ...counted }, { region: 'simulations/_effect' });
}

const nothing = { words: undefined as string | undefined, effect: undefined, where: '' };

async function effectOf(visit: Visit, asked: { readonly round: string; readonly place: string }, { standard }: { readonly standard?: Standard }) {
  const { office, actor } = visit;
  if (standard === undefined) return { words: '草稿还没写全，或者有对不上的地方，改好就能看到。' };
  if (!isOfRounds(standard.subject)) return { words: '只有农户、村、乡镇的标准看得到。' };
  const [round, place] = await Promise.all([roundAt(office.read, asked.round), placeById(office.read, asked.place)]);
  const leave = may(actor, 'simulation.run', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  try {
    const [view, ground, own, names] = await Promise.all([seen(office.read, actor, round, place.path), groundOf(office, round, place, standard), inForce(visit, round), placeNames(office.read, [place.no])]);
    const { tally, changes } = await slide(office, ground, standard, view.sees);
    const { chart, changed, raised, lowered, opened, credit, clauses, households, isTooFew, smallCell, rounded } = presentOutlook(outlookOf(own, standard, { ...view, cells: tally.cells, owed: tally.owed, unfit: [], changes }));
    return { effect: { chart, changed, raised, lowered, opened, credit, clauses: clauses.slice(0, 5), households, isTooFew, smallCell, rounded }, where: `${names.get(place.no)?.full ?? place.name}，${round.name}` };
  } catch (error) {
    // A place without ratings, or one too large to count at once, is said in the panel: the page around it goes on.
    if (error instanceof Refusal && (error.code === 'nothing-to-simulate' || error.code === 'too-many-to-slide')) return { words: error.words };
    throw error;
  }
}
