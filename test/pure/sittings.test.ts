import test from 'ava';
import { pinFault } from '../../src/people/pin.ts';
import { benchOf, chairMay, follows, quorumOf, verdictOf, type Count } from '../../src/sittings/sitting.ts';

const count = (members: number, present: number, yes: number, no: number): Count => ({ members, present, for: yes, against: no, abstain: present - yes - no });

test('more than half must have come, or two thirds where the office wants them', t => {
  t.deepEqual([1, 2, 3, 4, 5, 6, 7].map(members => quorumOf(members, 'half')), [1, 2, 2, 3, 3, 4, 4]);
  t.deepEqual([1, 2, 3, 4, 5, 6, 7].map(members => quorumOf(members, 'two-thirds')), [1, 2, 2, 3, 4, 4, 5]);
});

test('it passes with more than half of those present who may vote; abstaining is not for it', t => {
  t.is(verdictOf(count(5, 4, 3, 1), 'half'), 'for');
  t.is(verdictOf(count(5, 4, 2, 2), 'half'), 'none', 'a tie');
  t.is(verdictOf(count(5, 4, 2, 0), 'half'), 'none', 'half is not more than half');
  t.is(verdictOf(count(5, 4, 1, 3), 'half'), 'against');
  t.is(verdictOf(count(5, 2, 2, 0), 'half'), 'few');
  t.is(verdictOf(count(4, 3, 3, 0), 'two-thirds'), 'for');
  t.is(verdictOf(count(5, 3, 3, 0), 'two-thirds'), 'few', 'who stands aside is neither member nor present');
  t.is(verdictOf(count(0, 0, 0, 0), 'half'), 'few', 'everybody stands aside');
});

test('without a word of the chair the votes decide; a village does not send back', t => {
  t.deepEqual((['for', 'against', 'none', 'few'] as const).map(verdict => [follows(verdict, true), follows(verdict, false)]), [['pass', 'pass'], ['return', 'leave'], ['leave', 'leave'], ['leave', 'leave']]);
});

test('the chair holds back and breaks ties, but pushes nothing through, and decides nothing about kin', t => {
  t.deepEqual(chairMay('for', { returns: true, isAside: false }), ['pass', 'return', 'leave']);
  t.deepEqual(chairMay('none', { returns: false, isAside: false }), ['pass', 'leave']);
  t.deepEqual(chairMay('against', { returns: true, isAside: false }), ['return', 'leave']);
  t.deepEqual(chairMay('few', { returns: true, isAside: false }), []);
  t.deepEqual(chairMay('none', { returns: true, isAside: true }), []);
});

test('a title is reviewed by the committee one level up and named by the county', t => {
  t.deepEqual([benchOf('title-review', 'village').at, benchOf('title-review', 'township').at, benchOf('title-approve', 'village').at, benchOf('village', 'village').at], ['township', 'county', 'county', 'village']);
});

test('a PIN is six digits that nobody guesses at the third try', t => {
  for (const pin of ['', '12345', '1234567', '12a456', '111111', '123456', '654321', '121212', '112211', '123123', '789789']) t.truthy(pinFault(pin), pin);
  for (const pin of ['202611', '908172', '135246', '001947']) t.is(pinFault(pin), undefined, pin);
});
