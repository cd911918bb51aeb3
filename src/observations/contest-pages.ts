import { reach } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { currentRound } from '../rounds/round.ts';
import { roundFor } from '../rounds/queries.ts';
import { householdFor, usesTablet } from '../households/visiting.ts';
import { loadCoding } from '../standards/dictionary.ts';
import { common } from '../kit/refusals.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { hrefOf } from './case-at.ts';
import { pictureOf } from './observation.ts';
import { contestModels } from './present.ts';
import { contestLines, officerNames } from './queries.ts';
import { settleContest } from './settle.ts';
import { sheetsOf } from './sheet.ts';

const most = 100;

/** Two different answers to one question: the village reads both, and one press decides. */
async function showContests(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const paths = reach(visit.actor, 'observation.settle');
  const round = await currentRound(read, paths[0] ?? '/');
  const lines = round === undefined ? [] : await contestLines(read, { round: round.no, reach: paths, limit: most });
  if (round === undefined || lines.length === 0) return page('observations/contests', { title: '两份不一样', tablet: usesTablet(visit), households: [], heading: '没有要定的', id: newId() });
  const { coding } = await loadCoding(read, round.household_standard);
  const sheets = await sheetsOf(read, round.no, lines.map(line => line.subject));
  const names = await officerNames(read, [...sheets.values()].flat().map(sheet => sheet.by));
  const households = [...new Map(lines.map(line => [line.subject, line])).values()].map(line => {
    const own = sheets.get(line.subject) ?? [];
    return {
      number: numberText(line.household_no), name: line.head_name, place: [line.village, line.group].filter(Boolean).join(' · '), href: `${hrefOf(round.id, line.id)}/history`,
      round: round.id, household: line.id, contests: contestModels(coding.standard, pictureOf(own), own, names).map(each => ({ ...each, sides: each.sides.map(side => ({ ...side, id: newId() })) })),
    };
  });
  return page('observations/contests', { title: '两份不一样', tablet: usesTablet(visit), heading: `有 ${lines.length} 项等您定`, households, id: newId() });
}

async function settle(visit: Visit): Promise<Reply> {
  const round = await roundFor(visit.office.read, visit.actor, typed(visit.raw, 'round'));
  const loaded = await householdFor(visit, 'observation.settle', typed(visit.raw, 'household'));
  const side = typed(visit.raw, 'side');
  if (side !== 'theirs' && side !== 'ours') return common.refuse('bad-request');
  const id = typed(visit.raw, 'id');
  await settleContest(visit.office, visit.actor, { id: isId(id) ? id : newId(), round: round.no, household: loaded.row.id, indicator: typed(visit.raw, 'indicator'), side });
  return seeOther('/contests', '定好了。另一份也留着，在“经过”里看得到。');
}

export const contestRoutes: readonly Route[] = [
  get('/contests', { power: 'observation.settle', handle: showContests }),
  post('/contests', { power: 'observation.settle', handle: settle, again: showContests }),
];
