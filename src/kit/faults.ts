import type { Fault, Form, Raw, Field, ValuesOf } from './form.ts';
import { Refusal } from './refusal.ts';
import { common } from './refusals.ts';

/** A form that cannot be taken as it is: every fault, and what was typed. */
export class Faults extends Refusal {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super('faults', common.entries.faults, { say: faults.length === 1 ? faults[0]?.say : undefined });
    this.faults = faults;
  }
}

/** Parses or throws all faults. */
export function taken<F extends Readonly<Record<string, Field<unknown>>>>(form: Form<F>, raw: Raw): ValuesOf<F> {
  const outcome = form.parse(raw);
  if (!outcome.ok) throw new Faults(outcome.faults);
  return outcome.values;
}

/** A single fault found by an act, shown at its field. */
export function fault(field: string, code: string, say: string): never {
  throw new Faults([{ field, code, say }]);
}
