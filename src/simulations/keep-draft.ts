import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { startDraft } from '../standards/draft/start.ts';
import { standardRow } from '../standards/queries.ts';
import { keptStandard } from './sides.ts';
import { knobsOf, turned } from './knobs.ts';
import { simulations } from './refusals.ts';

/** Begins a draft of the workbench with one knob of a standard turned: its examples are worked again and it goes on like any other. Answers the id of the draft. */
export async function keepDraft(office: Office, actor: Actor, given: { readonly standard: string; readonly knob: string; readonly value: number }): Promise<string> {
  const [row, standard] = [await standardRow(office.read, given.standard), await keptStandard(office.read, given.standard)];
  const knob = knobsOf(standard).find(each => each.key === given.knob);
  const tried = knob === undefined ? standard : turned(standard, knob, given.value);
  if (knob === undefined || tried === standard) return simulations.refuse('nothing-turned');
  const origin = `照“${row.title}”${row.year} 年第 ${row.version} 版，${knob.label}由 ${knob.value} 改成 ${given.value} ${knob.unit}`;
  return startDraft(office, actor, { county: row.county_no, body: { ...tried }, origin: origin.trim() });
}
