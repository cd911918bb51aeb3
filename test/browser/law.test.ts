import test from 'ava';
import { rateRound } from '../../src/ratings/rate.ts';
import { draftRecomputations } from '../../src/ratings/lapsed/draft.ts';
import { lapse } from '../../src/standards/law/lapse.ts';
import { look } from '../support/look.ts';
import { parse } from 'yaml';
import { put, type Body } from '../../src/standards/draft/edit/path.ts';
import { startDraft } from '../../src/standards/draft/start.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { openCollected } from '../support/rating.ts';
import { openVillage, placeId, placeNos, type Person } from '../support/village.ts';

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

test('the pages on which a standard is written can be read by everybody who writes one', async t => {
  const village = await openVillage(t);
  const faulty = edited(parse(presetSource('household-100')) as Body);
  const id = await startDraft(village.office, await village.actor('xian'), { county: placeNos.county, body: faulty, origin: '从头写' });
  await look(t, village.office, ['/indicators', '/indicators.11.scoring', '/indicators.11.scoring.items.0', '/grades', '/examples.0', '/text'].map(page => ['xian', `/drafts/${id}${page}`] as const));
});

/** One fault of every kind: lacking, overlapping, unlawful wording. */
const edited = (body: Body): Body => put(put(put(body, ['indicators', 0, 'purpose'], undefined), ['grades', 0, 'atLeast'], 70), ['vetoes', 0, 'title'], '有没有信访');
