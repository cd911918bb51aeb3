/** What a door hands in: text from HTML and CSV, typed values from JSON, lists from repeated fields. */
export type RawValue = string | number | boolean | null | undefined | readonly string[];
export type Raw = Readonly<Record<string, RawValue>>;

/** One thing wrong with one field, in the person's terms. */
export interface Fault { readonly field: string; readonly code: string; readonly say: string }

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string; readonly say: string };

/** One declaration of a field, read by every door: page, CSV column, API, tablet. */
export interface Field<T> {
  readonly label: string;
  readonly hint?: string;
  /** How a page shows it. */
  readonly control: 'text' | 'search' | 'number' | 'password' | 'textarea' | 'day' | 'choices' | 'checks' | 'select' | 'hidden';
  readonly options?: readonly { readonly key: string; readonly label: string }[];
  readonly optional: boolean;
  readonly unit?: string;
  readonly most?: number;
  parse(raw: RawValue): Parsed<T>;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export type Outcome<T> = { readonly ok: true; readonly values: T } | { readonly ok: false; readonly faults: readonly Fault[] };

export interface Form<F extends Fields> {
  readonly fields: F;
  /** All faults at once, never only the first. */
  parse(raw: Raw): Outcome<ValuesOf<F>>;
}

/** Declares a form. `together` checks what needs several fields; it runs only when each alone is right. */
export function form<F extends Fields>(fields: F, together?: (values: ValuesOf<F>) => readonly Fault[]): Form<F> {
  const list = Object.entries(fields);
  return {
    fields,
    parse(raw) {
      const faults: Fault[] = [];
      const values: Record<string, unknown> = {};
      for (const [name, field] of list) {
        const parsed = field.parse(raw[name]);
        if (parsed.ok) values[name] = parsed.value; else faults.push({ field: name, code: parsed.code, say: parsed.say });
      }
      if (faults.length > 0) return { ok: false, faults };
      const joint = together?.(values as ValuesOf<F>) ?? [];
      return joint.length > 0 ? { ok: false, faults: joint } : { ok: true, values: values as ValuesOf<F> };
    },
  };
}

/** The text a person typed, to be shown again beside the fault. */
export function typed(raw: Raw, name: string): string {
  const value = raw[name];
  return value === null || value === undefined ? '' : Array.isArray(value) ? value.join(',') : String(value);
}
