import test from 'ava';
import { people, sharedDemo } from '../support/shared-demo.ts';

const demo = sharedDemo(test);

/** Asked for by scripts or as files, before there is anybody, or only after an act that the demonstration has not done. */
const notByLink = ['/large', '/tablets/authority.crt', '/first-run', '/evidence/:id', '/standards/:hash/file/:form', '/imports/tables/:kind', '/imports/:id', '/imports/:id/left', '/reports/:name/file', '/objections/new', '/households/duplicates/:one/:other', '/ratings/:round/:household.json', '/ratings/:round/places/:place.json',
  '/standards/schema.json', '/law.csv', '/notices/:id/proof.json', '/rounds/:round/archive/:id', '/recomputations/:round/:place', '/simulations/:id/file', '/lookbacks/:round/:household/:id', '/rights/:id/report', '/rights/:id/report.json',
  '/sittings/:id/items/:no', '/sittings/:id/ballot',   // Only while a committee sits.
  '/peers/new', '/peers/:id', '/peers/:id/sheet', '/peers/:id/sheet/:household', '/peers/:id/papers', '/peers/:id/key/:no', '/peers/:id/key/:no/:household'];   // The standard of the demonstration asks evaluators nothing.

test('no link leads nowhere, whoever follows it, and every page is linked from somewhere', async t => {
  t.timeout(120_000);
  const { deadEnds, unmet, stops } = await (await demo()).walked(people);
  t.deepEqual(deadEnds, []);
  t.deepEqual(unmet.filter(path => !notByLink.includes(path)), []);
  t.true(stops.length > 300, `${stops.length} pages`);
});
