import fc from 'fast-check';
import test from 'ava';
import { acceptsFacts, isRated, marks, marksAllowed, markWords, standingAfter, standings, standingWords, type Mark, type Standing, type Track } from '../../src/rounds/case.ts';
import { stageOf, stepsOf, tally } from '../../src/rounds/stages.ts';

const tracks: readonly Track[] = ['household', 'title'];
const final: readonly Mark[] = ['reviewed', 'approved', 'published', 'noticed', 'checked', 'cancelled'];

test('every standing and every mark has its words', t => {
  for (const standing of standings) t.regex(standingWords[standing], /\p{Script=Han}/u, standing);
  for (const mark of marks) t.regex(markWords[mark], /\p{Script=Han}/u, mark);
});

test('every standing × mark leads to a standing or is not allowed, and the allowed ones are the list', t => {
  for (const track of tracks) for (const standing of standings) for (const held of [false, true]) {
    const allowed = marksAllowed(track, standing, held);
    for (const mark of marks) {
      const after = standingAfter(track, standing, mark, held);
      t.is(after !== undefined, allowed.includes(mark), `${track} ${standing} ${mark}`);
      if (after !== undefined) t.true(standings.includes(after));
    }
  }
});

test('the whole way of a household, mark by mark', t => {
  const way: readonly (readonly [Mark, Standing])[] = [
    ['collected', 'collected'], ['rated', 'rated'], ['preliminary', 'preliminary'], ['posted', 'village-notice'], ['noticed', 'village-noticed'],
    ['reviewed', 'reviewed'], ['posted', 'township-notice'], ['noticed', 'township-noticed'], ['approved', 'approved'], ['published', 'published'],
  ];
  let at: Standing = 'open';
  for (const [mark, wanted] of way) {
    t.is(standingAfter('household', at, mark, false), wanted, `${at} ${mark}`);
    at = wanted;
  }
});

test('nothing can be skipped: no approval without both notices', t => {
  for (const standing of standings) t.is(standingAfter('household', standing, 'approved', false) === undefined, standing !== 'township-noticed', standing);
  for (const standing of standings) t.is(standingAfter('household', standing, 'reviewed', false) === undefined, standing !== 'village-noticed', standing);
});

test('an open objection holds back exactly what makes a result final', t => {
  for (const track of tracks) for (const standing of standings) for (const mark of marks) {
    const free = standingAfter(track, standing, mark, false);
    t.is(standingAfter(track, standing, mark, true), final.includes(mark) ? undefined : free, `${track} ${standing} ${mark}`);
  }
});

test('every standing of a track can be reached, and an excused household can always come back', t => {
  const reached = (track: Track): ReadonlySet<Standing> => {
    const found = new Set<Standing>(['open']);
    for (const standing of found) for (const mark of marks) { const after = standingAfter(track, standing, mark, false); if (after !== undefined) found.add(after); }
    return found;
  };
  const titleOnly: readonly Standing[] = ['applied', 'refused'];
  t.deepEqual([...reached('household')].sort(), standings.filter(standing => !titleOnly.includes(standing)).toSorted());
  for (const standing of ['open', 'excused', 'rated', 'applied', 'reviewed', 'approved', 'published', 'refused'] as const) t.true(reached('title').has(standing), standing);
  for (const track of tracks) t.is(standingAfter(track, 'excused', 'readmitted', false), 'open');
});

test('random walks never leave the table, and a published household was noticed twice', t => {
  fc.assert(fc.property(fc.constantFrom(...tracks), fc.array(fc.tuple(fc.constantFrom(...marks), fc.boolean()), { maxLength: 60 }), (track, walk) => {
    let at: Standing = 'open';
    const since: Mark[] = [];
    for (const [mark, held] of walk) {
      const after = standingAfter(track, at, mark, held);
      if (after === undefined) continue;
      if (after === 'open' || after === 'collected') since.length = 0;
      since.push(mark);
      at = after;
      if (track === 'household' && at === 'published' && mark === 'published' && since.filter(each => each === 'noticed').length < 2) return false;
    }
    return standings.includes(at);
  }), { numRuns: 300 });
  t.pass();
});

test('facts are taken down before the committee has spoken, and after it sent a household back', t => {
  t.deepEqual(standings.filter(acceptsFacts), ['open', 'collected', 'rated', 'returned']);
  t.deepEqual(standings.filter(standing => !isRated(standing)), ['open', 'collected', 'excused']);
});

test('a tally counts who takes part; the excused are beside it', t => {
  const sum = tally([{ village: 1, standing: 'open', cases: 3, held: 0 }, { village: 1, standing: 'excused', cases: 2, held: 0 }, { village: 1, standing: 'published', cases: 4, held: 1 }, { village: 2, standing: 'village-notice', cases: 1, held: 0 }]);
  t.like(sum, { all: 8, excused: 2, collected: 5, done: 4, held: 1 });
  t.is(stageOf('excused'), undefined);
  t.deepEqual(stepsOf('excused'), []);
  t.is(stepsOf('returned').find(step => step.state === 'care')?.label, '村初评');
  t.true(stepsOf('published').every(step => step.state === 'done'));
});
