import { publicPlaces, legalLevels, missingStates, sensitivities, sources, subjectKinds, valueTypes } from '../standard.ts';
import { aggregate, memberCondition } from './aggregates.ts';
import { condition, derive, eventItem, rules, withinPower } from './rules.ts';
import { bounds, day, either, flag, key, list, map, months, number, oneOf, points, record, ref, text, told, whole, type Schema } from './shapes.ts';

const perState = (...answers: readonly string[]): Schema => record(Object.fromEntries(missingStates.map(state => [state, oneOf(...answers)])));
const limits = { cap: points, floor: points };
const citing = list(text(), 1);

const legalBasis = record({ id: key, law: text(120), article: text(120), level: oneOf(...Object.keys(legalLevels)), validFrom: day }, { validTo: day, note: text(120) });
const localBase = record({ key, title: text(40), unit: text(10), type: oneOf('whole', 'money', 'percent'), value: number(0.01, 1e9) });
const option = record({ key, label: text(40) }, { points, legalBasis: citing, lifeMonths: months, withinPower });
const judged = record({ by: oneOf('median', 'trimmedMean'), least: whole(3, 99) }, { trim: whole(1, 20) });
const consequences = record(Object.fromEntries(missingStates.map(state => [state, either(oneOf('ask'), points)])));

const indicator = record({ key, title: text(40), type: oneOf(...Object.keys(valueTypes)), source: oneOf(...Object.keys(sources)), purpose: text(), legalBasis: citing, sensitivity: oneOf(...Object.keys(sensitivities)) }, {
  category: text(), unit: text(10), least: number(-1e9, 1e9), most: number(-1e9, 1e9), block: text(20), hint: text(),
  validityMonths: months, retentionMonths: months, optional: flag, evidence: flag, withoutDontKnow: flag,
  options: list(option, 2), derive: ref('derive'), aggregate, judged, withinPower, scoring: ref('rule'), missing: told('what each way of not knowing gives; ask: no points until somebody asks', consequences), neutral: points,
});

const requirement = { holds: ref('condition'), words: text(), missing: perState('holds', 'fails', 'ask') };
const veto = record({ key, title: text(40), when: ref('condition'), words: text(), legalBasis: list(text()), lifeMonths: months, missing: perState('clear', 'ask') },
  { grade: text(20), total: points, repair: record({ when: ref('condition'), words: text(), points: number(-10_000, 0) }) });
const grade = record({ code: text(20), label: text(20), credit: flag }, { ...bounds, requires: list(record(requirement)), coefficient: number(0, 100, 4) });
const type = record({ key, title: text(40), when: ref('condition'), missing: perState('fails', 'ask') }, { weight: number(0.01, 100, 4), bounds: map(record({}, bounds)) });

const fact = either({ type: ['number', 'boolean', 'string'] }, record({ missing: oneOf(...missingStates) }));
const event = record({ indicator: key, item: key, on: day }, { amount: number(0, 1e7), level: key, curedOn: day, shared: flag });
const example = record({ title: text(), day, facts: map(fact), grade: text() },
  { events: list(event), former: text(), type: text(), without: list(text()), points: map(points), total: points, vetoes: list(text()), unmet: list(text()), most: points });

/**
 * The published JSON Schema of a standard's file, for editors and other programs. It tells shapes; whether names meet, bands cover and examples
 * come out right is found by `check.ts`, which alone decides. What it refuses, the check refuses too (a property test).
 */
export const standardSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: '评定标准',
  description: 'A rating standard of 乡信, format 1. YAML or JSON.',
  ...record({
    format: oneOf(1), key, title: text(80), place: record({ code: { type: 'string', pattern: '^\\d{2}(\\d{2}(\\d{2}(\\d{3}(\\d{3})?)?)?)?$' }, name: text(40) }),
    year: whole(1990, 2200), version: whole(1, 10_000), subject: oneOf(...subjectKinds), base: points, rounding: oneOf('half-up', 'down'), ungraded: record({ label: text(20) }),
    legalBases: list(legalBasis), categories: list(record({ key, title: text(40) }, { ...limits, pick: oneOf('best', 'heaviest') })), indicators: list(indicator, 1), vetoes: list(veto),
    preconditions: list(record({ key, title: text(40), ...requirement }, { legalBasis: citing })), grades: list(grade, 1), examples: list(example, 1),
  }, {
    publication: list(record({ board: oneOf(...Object.keys(publicPlaces)), who: text(60), shown: text(60), legalBasis: citing }, { months }), 1),
    total: record({}, limits), adjustment: record({ grades: whole(0, 20), note: text() }), localBases: list(localBase),
    checks: list(record({ key, left: text(), atMost: text(), say: text() })), types: list(type, 1),
  }),
  $defs: { rule: either(...Object.values(rules)), eventItem, derive, condition, memberCondition },
};
