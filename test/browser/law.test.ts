import test from 'ava';
import { rateRound } from '../../src/ratings/rate.ts';
import { draftRecomputations } from '../../src/ratings/lapsed/draft.ts';
import { lapse } from '../../src/standards/law/lapse.ts';
import { look } from '../support/look.ts';
import { openCollected } from '../support/rating.ts';
import { placeId, placeNos, type Person } from '../support/village.ts';

test('the register of law and what its lapses touch can be read: axe finds nothing, nothing scrolls sideways', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const xian = await village.actor('xian');
  await rateRound(office, await village.actor('gao'), { round: round.no });
  await lapse(office, xian, { id: 'pipl-13', day: '2026-11-23', repealedBy: '《样法（修订）》附则', reason: '条文重排' });
  await draftRecomputations(office, xian);
  const pages: readonly (readonly [Person, string])[] = [
    ['xian', '/law'], ['xian', '/law/pipl-13'], ['xian', '/recomputations'], ['gao', `/recomputations/${round.id}/${placeId(placeNos.qinghe)}`],
  ];
  await look(t, office, pages);
});
