import type { Fault, Field, Raw, RawValue } from '../kit/form.ts';
import { typed } from '../kit/form.ts';

/** What `parts/input` prints: see the comment on top of parts/field, choices and checks. */
export interface FieldModel {
  readonly name: string;
  readonly id: string;
  readonly kind: Field<unknown>['control'];
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly fault?: string;
  readonly unit?: string;
  readonly optional?: boolean;
  readonly options?: readonly { readonly name: string; readonly value: string; readonly label: string; readonly checked: boolean }[];
}

export interface FormModel {
  /** In the order of the declaration, for {{#each form.fields}}{{> parts/input}}{{/each}}. */
  readonly fields: readonly FieldModel[];
  /** By name, where a view places fields itself: {{> parts/input form.by.head}}. */
  readonly by: Readonly<Record<string, FieldModel>>;
  /** For parts/faults, in the order of the fields; a fault of no field shown here comes last. */
  readonly faults: readonly { readonly id: string; readonly label: string; readonly say: string }[];
}

interface Given {
  /** What was typed, or what is known: shown as it is, so nothing is lost beside a fault. */
  readonly raw?: Raw;
  readonly faults?: readonly Fault[];
  /** Two forms on one page need different ids. */
  readonly prefix?: string;
}

/** A declared form as a page shows it: labels, input kept, each fault at its field. */
export function formModel(form: { readonly fields: Readonly<Record<string, Field<unknown>>> }, { raw = {}, faults = [], prefix = '' }: Given = {}): FormModel {
  const fields = Object.entries(form.fields).map(([name, field]) => modelOf({ name, id: `${prefix}${name}` }, field, raw, faults));
  const by = Object.fromEntries(fields.map(field => [field.name, field]));
  const told = fields.flatMap(field => faults.filter(fault => fault.field === field.name).map(fault => ({ id: field.id, label: field.label, say: fault.say })));
  const elsewhere = faults.filter(fault => by[fault.field] === undefined).map(fault => ({ id: '', label: '', say: fault.say }));
  return { fields, by, faults: [...told, ...elsewhere] };
}

function modelOf({ name, id }: { readonly name: string; readonly id: string }, field: Field<unknown>, raw: Raw, faults: readonly Fault[]): FieldModel {
  const fault = faults.find(each => each.field === name);
  const chosen = chosenOf(raw[name]);
  return {
    name, id, kind: field.control, label: field.label, value: typed(raw, name),
    ...field.hint === undefined ? {} : { hint: field.hint },
    ...fault === undefined ? {} : { fault: fault.say },
    ...field.unit === undefined ? {} : { unit: field.unit },
    ...field.optional && field.control !== 'checks' ? { optional: true } : {},
    ...field.options === undefined ? {} : { options: optionsOf(name, field, chosen) },
  };
}

/** A list that may stay empty says so in words, or the browser would choose its first entry. */
function optionsOf(name: string, field: Field<unknown>, chosen: ReadonlySet<string>): NonNullable<FieldModel['options']> {
  const options = (field.options ?? []).map(option => ({ name, value: option.key, label: option.label, checked: chosen.has(option.key) }));
  return field.control === 'select' ? [{ name, value: '', label: field.optional ? '不选' : '请选择', checked: chosen.size === 0 }, ...options] : options;
}

function chosenOf(value: RawValue): ReadonlySet<string> {
  if (value === true) return new Set(['yes']);
  if (value === null || value === undefined || value === '' || value === false) return new Set();
  return new Set(Array.isArray(value) ? value.map(String) : [String(value)]);
}
