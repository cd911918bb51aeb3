/** A JSON Schema, as far as ours goes (draft 2020-12). */
export type Schema = Readonly<Record<string, unknown>>;

/** An object with these members and no others. */
export const record = (required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema =>
  ({ type: 'object', properties: { ...required, ...optional }, required: Object.keys(required), additionalProperties: false });
export const list = (items: Schema, least = 0): Schema => ({ type: 'array', items, ...least === 0 ? {} : { minItems: least } });
export const map = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
export const either = (...shapes: readonly Schema[]): Schema => ({ anyOf: shapes });
export const oneOf = (...values: readonly (string | number | boolean)[]): Schema => ({ enum: values });
export const told = (description: string, shape: Schema): Schema => ({ ...shape, description });
export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

export const text = (most = 200): Schema => ({ type: 'string', minLength: 1, maxLength: most, pattern: '\\S' });
export const key: Schema = { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9_-]{0,63}$' };
export const flag: Schema = { type: 'boolean' };
export const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
export const number = (minimum: number, maximum: number, places = 2): Schema => places === 0 ? whole(minimum, maximum) : { type: 'number', minimum, maximum };
export const points: Schema = { type: 'number', minimum: -10_000, maximum: 10_000, description: 'points, at most two decimals' };
export const months: Schema = whole(1, 600);
export const day: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
export const fraction: Schema = either({ type: 'number', minimum: 0 }, { type: 'string', pattern: '^\\s*(\\d{1,6}\\s*/\\s*\\d{1,6}|\\d{1,6}(\\.\\d{1,4})?%?)\\s*$' });

const edge: Schema = { type: 'number', minimum: -1e10, maximum: 1e10 };
/** At most one of each side: `atLeast`/`atMost` include the number, `above`/`below` do not. */
export const bounds: Readonly<Record<string, Schema>> = { atLeast: edge, above: edge, atMost: edge, below: edge };
export const fractionBounds: Readonly<Record<string, Schema>> = { atLeast: fraction, above: fraction, atMost: fraction, below: fraction };
