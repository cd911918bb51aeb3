import test from 'ava';
import { rateRound } from '../../src/ratings/rate.ts';
import { draftRecomputations } from '../../src/ratings/lapsed/draft.ts';
import { lapse } from '../../src/standards/law/lapse.ts';
import { look } from '../support/look.ts';
import { openCollected } from '../support/rating.ts';
import { placeId, placeNos, type Person } from '../support/village.ts';

// The demonstration has no lapsed basis, so the walk over its pages does not meet these.
test('a lapsed basis and what it touches can be read: axe finds nothing, nothing scrolls sideways', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const xian = await village.actor('xian');
  await rateRound(office, await village.actor('gao'), { round: round.no });
  await lapse(office, xian, { id: 'pipl-13', day: '2026-11-23', repealedBy: '《样法（修订）》附则', reason: '条文重排' });
  await draftRecomputations(office, xian);
  const pages: readonly (readonly [Person, string])[] = [
    ['xian', '/law/pipl-13'], ['gao', `/recomputations/${round.id}/${placeId(placeNos.qinghe)}`],
  ];
  await look(t, office, pages);
});
