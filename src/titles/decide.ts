import { actorId, type Actor } from '../access/actor.ts';
import { postFor } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import type { Subject } from '../access/subject.ts';
import { common } from '../kit/refusals.ts';
import { mustNotNeedSitting } from '../panels/committee-rules.ts';
import type { Place } from '../places/place.ts';
import { placeSubject } from '../places/queries.ts';
import { mark } from '../rounds/mark.ts';
import { roundStillOpen, type Round } from '../rounds/round.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { undecidedBelow } from './below.ts';
import { titleNotices, waitsFor } from './notice.ts';
import { lastMarkBy, markedBy, titleOf, type Title } from './queries.ts';
import { titles } from './refusals.ts';
import { lastStep, steps, titleKinds, type TitleStep } from './title.ts';

type Stepping = Deciding & { readonly step: TitleStep };
export interface Deciding { readonly round: Round; readonly place: Place; readonly mark_seq: number }
export const titlePowers: Readonly<Record<TitleStep, Power>> = { apply: 'title.apply', review: 'title.review', approve: 'title.approve' };

/** Applies for a title, reviews it one level up, or names it; the last two in a sitting where the office wants one. */
export async function takeStep(desk: Desk, actor: Actor, given: Stepping): Promise<void> {
  const { step, round, place } = given;
  await decide(desk, actor, given, step, async (unit, title) => {
    if (step !== 'apply') await mustNotNeedSitting(unit.read, 'titles', `/sittings/new?round=${round.id}&place=${place.id}&stage=title-${step}`);
    await stepUp(unit, title, given);
    return `titles.${step}`;
  });
}

/** Unit-level: the step. Nobody takes two of one title, and none is taken while the shares fall short or something below is undecided. */
export async function stepUp(unit: Unit, title: Title, { step, round, place, sitting }: Stepping & { readonly sitting?: string }): Promise<void> {
  if (title.credit !== 1) titles.refuse('title-short', { what: place.name, step: steps[step].says });
  for (const earlier of step === 'approve' ? ['applied', 'reviewed'] : step === 'review' ? ['applied'] : []) {
    if (unit.actor.kind === 'officer' && await markedBy(unit.read, title, earlier) === actorId(unit.actor)) titles.refuse('title-own');
  }
  const below = await undecidedBelow(unit.read, round, place);
  if (below.length > 0) titles.refuse('title-waits', { what: below.slice(0, 6).map(one => one.words).join('；'), step: steps[step].says });
  await mustNotWait(unit, title, step);
  mark(unit, [caseOnly(title)], { mark: steps[step].mark, track: 'title', body: () => ({ revision: title.revision, sitting }) });
}

/** Sends an application back to where it came from, saying why. */
export async function returnTitle(desk: Desk, actor: Actor, given: Deciding & { readonly reason: string }): Promise<void> {
  await decide(desk, actor, given, 'review', async (unit, title) => {
    sendTitleBack(unit, title, given);
    return 'titles.return';
  });
}

/** Unit-level: the application goes back. */
export const sendTitleBack = (unit: Unit, title: Title, { reason, sitting }: { readonly reason: string; readonly sitting?: string }): unknown =>
  mark(unit, [caseOnly(title)], { mark: 'returned', track: 'title', words: reason, reason, body: { sitting } });

/** Takes back one's own last step while nobody has gone on from it. */
export async function undoStep(desk: Desk, actor: Actor, given: Deciding): Promise<void> {
  const step = lastStep((await titleOf(desk.read, given.round.no, given.place.no)).standing) ?? common.refuse('changed-meanwhile');
  await decide(desk, actor, given, step, async (unit, title) => {
    if (await lastMarkBy(unit.read, title) !== actorId(actor)) common.refuse('not-allowed', { why: '这一步不是您办的' });
    mark(unit, [caseOnly(title)], { mark: steps[step].back, track: 'title' });
    return 'titles.undo';
  });
}

/** An open objection holds the title back, and it is named only after everybody had the days to object. */
async function mustNotWait(unit: Unit, title: Title, step: TitleStep): Promise<void> {
  const notice = (await titleNotices(unit.read, [title], unit.day))(title);
  const waits = waitsFor(title, step, notice);
  if (waits === 'answer') titles.refuse('title-objected');
  if (waits === 'days') titles.refuse('title-hanging', { until: notice?.until });
}

async function decide(desk: Desk, actor: Actor, { round, place, mark_seq }: Deciding, step: TitleStep, act: (unit: Unit, title: Title) => Promise<string>): Promise<void> {
  if (place.kind !== 'village' && place.kind !== 'township') common.refuse('not-found');
  await inUnit(desk, actor, [`round:${round.no}`, `household:${place.id}`], async unit => {
    const subject = titleSubject(place, step);
    unit.require(titlePowers[step], subject);
    mustApplyFromBelow(actor, place, step);
    await roundStillOpen(unit.read, round.no);
    const title = await titleOf(unit.read, round.no, place.no);
    if (title.mark_seq !== mark_seq) common.refuse('changed-meanwhile');
    const said = await act(unit, title);
    unit.record({ act: said, power: titlePowers[step], subject });
  });
}

/** A title is reviewed from the place above, so that nobody judges their own: a township looks at villages, the county at townships. */
export const titleSubject = (place: Pick<Place, 'id' | 'path'>, step: TitleStep): Subject =>
  step === 'review' ? { id: place.id, paths: [place.path.replace(/[^/]+\/$/, '')] } : placeSubject(place);

/** A village's own committee applies for the village. */
function mustApplyFromBelow(actor: Actor, place: Place, step: TitleStep): void {
  if (step !== 'apply' || actor.kind !== 'officer' || place.kind !== 'village') return;
  const own = { ...actor, posts: actor.posts.filter(post => post.role === 'villageCommittee') };
  if (postFor(own, 'title.apply', placeSubject(place)) === undefined) common.refuse('not-allowed', { why: `${titleKinds.village}由村里自己申报` });
}

const caseOnly = ({ round, subject, village, grid, group, standing, held, reason, mark_seq }: Title) => ({ round, subject, village, grid, group, standing, held, reason, mark_seq });
