import test from 'ava';
import { consentKindNames, lacking, standing, stands, type Consent } from '../../src/consents/consent.ts';
import { currentText, spoken, textOf } from '../../src/consents/texts.ts';

const consent = (more: Partial<Consent>): Consent => ({ id: 'c', member: 'm', kind: 'rate', bank: '', given_on: '2026-03-01', how: 'paper', text_version: 'rate-2026-1', evidence: null, mandate: null, withdrawn_on: null, ...more });

test('a consent stands from its day until the day it is withdrawn', t => {
  const withdrawn = consent({ withdrawn_on: '2026-06-01' });
  t.false(stands(withdrawn, '2026-02-28'));
  t.true(stands(withdrawn, '2026-03-01'));
  t.true(stands(withdrawn, '2026-05-31'));
  t.false(stands(withdrawn, '2026-06-01'));
});

test('each purpose, bank and person stands alone; given anew counts again', t => {
  const all = [consent({ withdrawn_on: '2026-06-01' }), consent({ id: 'd', given_on: '2026-07-01' }), consent({ id: 'e', kind: 'share', bank: 'one' })];
  t.is(standing(all, { member: 'm', kind: 'rate' }, '2026-06-15'), undefined);
  t.is(standing(all, { member: 'm', kind: 'rate' }, '2026-07-02')?.id, 'd');
  t.is(standing(all, { member: 'm', kind: 'publish' }, '2026-07-02'), undefined);
  t.is(standing(all, { member: 'm', kind: 'share', bank: 'other' }, '2026-07-02'), undefined);
  t.deepEqual(lacking(all, ['m', 'n'], { kind: 'rate' }, '2026-07-02'), ['n']);
});

test('every kind has words; the bank\'s say what may come of it, and that refusing costs nothing', t => {
  for (const kind of consentKindNames) {
    const text = currentText(kind);
    t.is(textOf(text.version), text);
    const words = spoken(text, { office: '马坝镇', bank: '样板农商行' }).join('');
    t.notRegex(words, /[{}]/);
    t.regex(words, /撤回/);
  }
  t.regex(spoken(currentText('share'), { office: 'o', bank: '样板农商行' }).join(''), /样板农商行.*影响/);
  t.is(textOf('rate-1900-1'), undefined);
});
