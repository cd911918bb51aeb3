import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';
import fc from 'fast-check';
import { parse } from 'yaml';
import { checkStandard } from '../../src/standards/check.ts';
import { isRecord } from '../../src/standards/cursor.ts';
import { standardSchema } from '../../src/standards/schema/schema.ts';
import { randomRating, runs } from '../support/random-standard.ts';

const fits = new Ajv2020({ allErrors: false, strict: true, strictTypes: false, strictRequired: false }).compile(standardSchema);
const folder = new URL('../../seeds/standards/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.yaml'));
const seed = Number(process.env['TRIAL_SEED'] ?? Date.now() % 2_147_483_647);
const tried = { numRuns: Math.max(100, Math.floor(runs / 10)), seed };
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const isSound = (value: unknown): boolean => !('faults' in checkStandard(value));

test.before(t => { t.log(`TRIAL_SEED=${seed}`); });

test('every preset fits the published schema', t => {
  for (const file of files) t.true(fits(parse(readFileSync(new URL(file, folder), 'utf8'), { merge: true })), `${file} ${JSON.stringify(fits.errors?.[0])}`);
});

test('what the check lets through, the schema lets through', t => {
  fc.assert(fc.property(randomRating, ({ standard }) => {
    const value = plain(standard);
    if (isSound(value) && !fits(value)) throw new Error(JSON.stringify(fits.errors));
  }), tried);
  t.pass();
});

/** Every object in a value, with a way to write into it. */
function recordsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  return isRecord(value) ? [value, ...Object.values(value).flatMap(recordsIn)] : [];
}

test('a member too many is never let through, and what the schema refuses the check refuses', t => {
  const presets = new Map(files.map(file => [file, plain(parse(readFileSync(new URL(file, folder), 'utf8'), { merge: true }))]));
  let refused = 0;
  fc.assert(fc.property(fc.constantFrom(...files), fc.nat(), fc.nat(), fc.constantFrom('add', 'drop', 'text', 'number', 'list'), (file, which, member, slip) => {
    const value = plain(presets.get(file));
    const records = recordsIn(value);
    const record = records[which % records.length] ?? {};
    const keys = Object.keys(record);
    const key = keys[member % Math.max(1, keys.length)] ?? 'x';
    if (slip === 'add') record['unheardOf'] = 1;
    else if (slip === 'drop') delete record[key];
    else record[key] = slip === 'text' ? ' ' : slip === 'number' ? 1.23456789 : [[]];
    const isFitting = fits(value);
    if (slip === 'add' && isSound(value)) throw new Error(`an unheard-of member in ${JSON.stringify(record)}`);
    if (!isFitting && isSound(value)) throw new Error(`${slip} ${key}: ${JSON.stringify(fits.errors?.[0])} in ${JSON.stringify(record)}`);
    if (!isFitting) refused++;
  }), { ...tried, numRuns: tried.numRuns * 3 });
  t.true(refused > 20);
});
