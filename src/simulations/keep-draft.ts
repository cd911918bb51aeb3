import type { Actor } from '../access/actor.ts';
import { later } from '../kit/later.ts';
import type { Office } from '../office.ts';
import { importStandard } from '../standards/import.ts';
import { standardRow } from '../standards/queries.ts';
import { keptStandard } from './sides.ts';
import { knobsOf, turned } from './knobs.ts';
import { simulations } from './refusals.ts';

const yaml = later<typeof import('yaml')>('yaml');

/** Keeps a standard with one knob turned as its next version: a draft like any other, to be examined and adopted or not. Answers its hash. */
export async function keepDraft(office: Office, actor: Actor, given: { readonly standard: string; readonly knob: string; readonly value: number }): Promise<string> {
  const [row, standard] = [await standardRow(office.read, given.standard), await keptStandard(office.read, given.standard)];
  const knob = knobsOf(standard).find(each => each.key === given.knob);
  const draft = knob === undefined ? standard : turned(standard, knob, given.value);
  if (draft === standard) return simulations.refuse('nothing-turned');
  const rows: { version: string }[] = await office.read('standards').where({ county_no: row.county_no, key: row.key }).select('version');
  const version = Math.max(...rows.map(each => Number(each.version))) + 1;
  return importStandard(office, actor, { county: row.county_no, source: yaml().stringify({ ...draft, version }, { lineWidth: 0 }) });
}
