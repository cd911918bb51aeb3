import test from 'ava';
import { rules } from '../../src/access/rules.ts';
import { actWords, knownActs } from '../../src/audit/words.ts';
import { sources, withoutComments } from '../support/tree.ts';

// Issue part 10: the ledger is read by people, so every act the code records has words.

const floors = ['kit', 'access', 'store', 'web', 'tablet', 'audit'];
/** Names of the same shape that are settings, not acts. */
const settings = ['office.place', 'office.title', 'roll.names'];

test('every act that is recorded has words', t => {
  const files = sources('src/*/**/*.ts').filter(({ path }) => !floors.includes(path.split('/')[1] ?? ''));
  t.deepEqual([...new Set(files.flatMap(({ text }) => actsIn(withoutComments(text))))].filter(act => !knownActs.includes(act)).sort(), []);
});

test('words are Chinese, and an act of an older release is shown by its name', t => {
  t.deepEqual(knownActs.filter(act => !/^[\p{Script=Han}、，]+$/u.test(actWords(act))), []);
  t.is(actWords('something.old'), 'something.old');
});

test('the law bites', t => {
  t.deepEqual(actsIn('unit.record({ act: \'places.fold\', power, subject });'), ['places.fold']);
  t.deepEqual(actsIn('unit.record({ act: isIt ? \'round.a\' : \'round.b-c\', power });'), ['round.a', 'round.b-c']);
  t.deepEqual(actsIn('await secure(office, \'officer.unlocked\'); read(\'officers.id\', \'office.place\', \'household.read\')'), ['officer.unlocked']);
});

/** Literals after `act:`, and any literal that begins like an act: those that are handed on as arguments. */
function actsIn(text: string): readonly string[] {
  const direct = [...text.matchAll(/\bact: ([^,}]*)/g)].flatMap(found => [...(found[1] ?? '').matchAll(/'([a-z]+\.[a-z-]+)'/g)].map(one => one[1] ?? ''));
  const handed = [...text.matchAll(/'((?:bank|base|case|consent|coop|household|import|export|ledger|observation|office|officer|place|rating|roll|round|standard)\.[a-z]+(?:-[a-z]+)*)'/g)].map(found => found[1] ?? '');
  return [...new Set([...direct, ...handed])].filter(name => !Object.hasOwn(rules, name) && !settings.includes(name));
}
