import test from 'ava';
import fc from 'fast-check';
import { compile } from '../../src/standards/compile.ts';
import { citationsOf } from '../../src/standards/law/citing.ts';
import { basesInForce, contradictions, current, inForceOn, oneSet, versionOn, type Version } from '../../src/standards/law/register.ts';
import { examine } from '../../src/standards/examine.ts';
import { objectionsTo } from '../../src/standards/lawful.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { basesOn, type Standard } from '../../src/standards/standard.ts';

const version = (seq: number, validFrom: string, more: Partial<Version> = {}): Version => ({
  id: 'a-1', seq, kind: seq === 1 ? 'registered' : 'amended', law: '某条例', article: '第一条', level: 'regulation', validFrom, repealedBy: '', reason: '', at: `2026-01-0${seq}T00:00:00.000Z`, by: 'x', ...more,
});
const standardOf = (name: string): Standard => { const examined = examine(presetSource(name)); if ('faults' in examined) throw new Error(name); return examined.standard; };

test('the version that began last decides, and of two with one beginning the later written', t => {
  const first = version(1, '2020-01-01');
  const revised = version(2, '2026-07-01', { article: '第二条' });
  const corrected = version(3, '2020-01-01', { article: '第一条之一' });
  const all = [first, revised, corrected];
  t.is(versionOn(all, '2019-12-31'), undefined);
  t.is(versionOn(all, '2020-01-01'), corrected);
  t.is(versionOn(all, '2026-06-30'), corrected);
  t.is(versionOn(all, '2026-07-01'), revised);
  t.is(versionOn([first, revised], '2026-06-30'), first, 'what was written before stays for the days before');
});

test('both days are included; a lapse ends one version and a new one may follow', t => {
  const all = [version(1, '2020-01-01'), version(2, '2020-01-01', { kind: 'lapsed', validTo: '2026-10-31' }), version(3, '2027-01-01')];
  t.is(inForceOn(all, '2026-10-31')?.seq, 2);
  t.is(inForceOn(all, '2026-11-01'), undefined);
  t.is(inForceOn(all, '2026-12-31'), undefined);
  t.is(inForceOn(all, '2027-01-01')?.seq, 3);
  t.is(current(all, '2026-12-01')?.seq, 2);
  t.is(current([version(1, '2030-01-01')], '2026-12-01')?.seq, 1, 'one to come is spoken of as well');
});

test('the register decides; a standard\'s own entry counts only for an id that the register does not know', t => {
  const standard = standardOf('household-100');
  const day = '2026-11-23';
  t.deepEqual([...basesInForce(new Map(), standard, day)].sort(), [...basesOn(standard.legalBases, day)].sort());
  const own = standard.legalBases.find(each => each.id === 'waste-49');
  if (own === undefined) { t.fail('the preset cites it'); return; }
  const ended = new Map([['waste-49', [version(1, own.validFrom, { ...own, validTo: '2026-11-22' })]]]);
  t.false(basesInForce(ended, standard, day).has('waste-49'));
  t.true(basesInForce(ended, standard, '2026-11-22').has('waste-49'));
  t.is(basesInForce(ended, standard, day).size, basesOn(standard.legalBases, day).size - 1);
  t.is(oneSet(['b', 'a']), oneSet(['a', 'b']), 'the same ids are the same set, so that a compiled scorer is found again');
});

test('one id means one rule: what the register calls otherwise is told, other days are not', t => {
  const standard = standardOf('household-100');
  const own = standard.legalBases[0];
  if (own === undefined) { t.fail('it has bases'); return; }
  const kept = (more: Partial<Version>) => new Map([[own.id, [version(1, own.validFrom, { ...own, ...more })]]]);
  t.deepEqual(contradictions(kept({}), standard), []);
  t.deepEqual(contradictions(kept({ validFrom: '1999-01-01', validTo: '2025-01-01' }), standard), []);
  t.deepEqual(contradictions(kept({ article: '第九十九条' }), standard).map(each => each.own.id), [own.id]);
  const amended = new Map([[own.id, [version(1, own.validFrom, own), version(2, '2027-01-01', { ...own, article: '第九十九条' })]]]);
  t.deepEqual(contradictions(amended, standard), [], 'an older standard may go on citing the article of its day');
});

test('everything that cites a basis is found, with what comes of it', t => {
  const standard = standardOf('household-100');
  const litter = citationsOf(standard, 'waste-49');
  t.deepEqual(litter.map(each => [each.title, each.then]), [['随意倾倒垃圾', '不再算']]);
  const veto = citationsOf(standard, 'defaulter-1');
  t.true(veto.some(each => each.what === '一票否决' && each.then === '不再否决'));
  const consent = citationsOf(standard, 'pipl-13');
  t.true(consent.some(each => each.others.includes('credit-13')), 'an item with another basis says so');
  t.true(consent.some(each => /一律给 \d/.test(each.then)));
  t.deepEqual(citationsOf(standard, 'nothing'), []);
});

test('without any basis every scored item of every preset gives its neutral points, and nothing negative counts', t => {
  for (const name of ['household-100', 'wendeng-person', 'bachu-household', 'four-grade-household']) {
    const standard = standardOf(name);
    const compiled = compile(standard);
    const scorer = compiled.at({ day: '2026-11-23', bases: oneSet([]) });
    fc.assert(fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 4 })), numbers => {
      const values = new Float64Array(standard.indicators.length);
      for (let at = 0; at < values.length; at++) values[at] = numbers.next().value ?? 0;
      const trace = scorer.score({ values, states: new Uint8Array(values.length), events: [] });
      standard.indicators.forEach((indicator, slot) => {
        if (indicator.scoring === undefined || indicator.neutral === undefined || indicator.legalBasis.length === 0) return;
        if (trace.points[slot] !== Math.round(indicator.neutral * 100)) throw new Error(`${name} ${indicator.key}`);
      });
      if (trace.vetoes.includes(1)) throw new Error(`${name}: a veto without a basis`);
    }), { numRuns: 50 });
    t.pass(name);
  }
});

test('an item may not deduct once its basis is gone', t => {
  const standard = standardOf('household-100');
  const neutral = { ...standard, indicators: standard.indicators.map((indicator, at) => at === 0 ? { ...indicator, neutral: -3 } : indicator) };
  t.deepEqual(objectionsTo(neutral).map(one => one.path), ['indicators[0].neutral']);
});
