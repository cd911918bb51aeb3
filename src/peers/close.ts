import type { Actor } from '../access/actor.ts';
import { mayRate } from '../consents/queries.ts';
import { newId } from '../kit/id.ts';
import { followCase } from '../observations/follow.ts';
import { contestedIn, emptyBody } from '../observations/observation.ts';
import { stageSheet } from '../observations/stage.ts';
import { closedByStanding, lastSeq, worldOf } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { asideOf } from '../people/sessions.ts';
import { roundStillOpen } from '../rounds/round.ts';
import type { WrittenFact } from '../standards/standard.ts';
import { writtenOf } from '../standards/values.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { countedAnswers } from './answers.ts';
import type { Result } from './peer.ts';
import { seatsOf } from './queries.ts';
import { peers } from './refusals.ts';
import { groupSubject, scopeOf, type Asked } from './scope.ts';
import { keptOf, tally } from './tally.ts';

type Told = readonly { readonly officer: string; readonly answers: ReadonlyMap<number, Readonly<Record<string, WrittenFact>>>; readonly aside: readonly string[] }[];

/** Ends a review: the answers of each household come to one value or to none, and enter its record. Answers how many values came of it. */
export async function closeReview(office: Office, actor: Actor, id: string): Promise<number> {
  const households = (await scopeOf(office.read, id)).households.map(one => `household:${one.id}`);
  return inUnit(office, actor, [`peer:${id}`, ...households], async unit => {
    const scope = await scopeOf(unit.read, id);
    unit.require('peer.convene', groupSubject(scope.group));
    if (scope.review.closed_on !== null) peers.refuse('peer-over');
    await roundStillOpen(unit.read, scope.round.no);
    const seats = await seatsOf(unit.read, [id]);
    const told: Told = await Promise.all((await countedAnswers(unit.read, office.secrets, id, seats)).map(async one => ({ ...one, aside: await asideOf(unit.read, one.officer) })));
    const consenting = await mayRate(unit.read, scope.households.map(one => one.no), unit.day);
    const results: Result[] = [];
    let values = 0;
    for (const one of scope.households) {
      const own = resultsFor(id, one, told);
      results.push(...own.map(each => each.result));
      if (consenting.has(one.no)) values += await enter(unit, scope.round.no, one, own);
    }
    if (results.length > 0) unit.insert('peer_results', results.map(result => ({ ...result })));
    unit.change('peer_reviews', { id, closed_on: unit.day });
    unit.record({ act: 'peer.closed', power: 'peer.convene', subject: groupSubject(scope.group) });
    return values;
  });
}

interface Came { readonly result: Result; readonly fact: WrittenFact | undefined }

/** Whoever has come to stand aside since is not counted either. */
function resultsFor(review: string, asked: Asked, told: Told): readonly Came[] {
  return asked.questions.map(indicator => {
    const facts = told.filter(one => !one.aside.includes(asked.id)).map(one => one.answers.get(asked.no)?.[indicator.key]).filter(fact => fact !== undefined);
    const { value, ...counted } = tally(indicator, facts.map(fact => keptOf(indicator, fact)));
    return { result: { review, subject: asked.no, indicator: indicator.key, ...counted, counts: value === undefined ? 0 : 1 }, fact: value === undefined ? undefined : writtenOf(indicator, value) };
  });
}

async function enter(unit: Unit, round: number, asked: Asked, results: readonly Came[]): Promise<number> {
  const values = Object.fromEntries(results.flatMap(({ result, fact }) => fact === undefined ? [] : [[result.indicator, fact] as const]));
  const count = Object.keys(values).length;
  if (count === 0) return 0;
  const world = await worldOf(unit.read, round, asked.id);
  if (closedByStanding(world.round, world.standing) !== undefined) return 0;
  const settles = contestedIn(world.picture).filter(key => values[key] !== undefined);
  const staged = stageSheet(unit, { ...world, round, subject: asked.no }, { id: newId(), base: lastSeq(world), body: { ...emptyBody, values, settles }, source: 'reviewers', batch: null });
  followCase(unit, world.standing, { standard: world.compiled.standard, ...staged, signOffs: world.signOffs });
  return count;
}
