import { isRecord } from '../cursor.ts';
import type { Schema } from '../schema/shapes.ts';

/** What may stand in one place of a standard, told from its JSON Schema: all alternatives laid over each other. */
export interface Shape {
  /** Words a cell may choose from, by value; beside them numbers, yes and no, or free text where those are allowed. */
  readonly choices: readonly string[];
  readonly isNumber: boolean;
  readonly isFlag: boolean;
  readonly isText: boolean;
  readonly isDay: boolean;
  readonly isCondition: boolean;
  readonly members?: ReadonlyMap<string, Member>;
  /** The values of a record with free keys. */
  readonly entries?: Shape;
  readonly items?: Shape;
}
export interface Member { readonly shape: Shape; readonly isRequired: boolean }

const nothing: Shape = { choices: [], isNumber: false, isFlag: false, isText: false, isDay: false, isCondition: false };
const dayPattern = '^\\d{4}-\\d{2}-\\d{2}$';

/** Conditions are written as a sentence in one cell, so their own recursion ends here. */
export function shapeOf(schema: Schema, root: Schema): Shape {
  const { $ref: ref, anyOf, enum: values, type, pattern } = schema;
  if (typeof ref === 'string') {
    const name = ref.slice('#/$defs/'.length);
    return name === 'condition' || name === 'memberCondition' ? { ...nothing, isCondition: true } : shapeOf(inside(inside(root, '$defs'), name), root);
  }
  if (Array.isArray(anyOf)) return anyOf.filter(isRecord).map(each => shapeOf(each, root)).reduce(laidOver);
  if (Array.isArray(values)) return { ...nothing, choices: values.filter(each => typeof each === 'string'), isNumber: values.some(each => typeof each === 'number'), isFlag: values.some(each => typeof each === 'boolean') };
  const types = Array.isArray(type) ? type as readonly unknown[] : [type];
  const plain = { ...nothing, isNumber: types.includes('number') || types.includes('integer'), isFlag: types.includes('boolean'), isText: types.includes('string'), isDay: pattern === dayPattern };
  if (types.includes('array')) return { ...plain, items: shapeOf(inside(schema, 'items'), root) };
  if (!types.includes('object')) return plain;
  if (isRecord(schema['additionalProperties'])) return { ...plain, entries: shapeOf(schema['additionalProperties'], root) };
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  return { ...plain, members: new Map(Object.entries(inside(schema, 'properties')).map(([name, member]) => [name, { shape: shapeOf(isRecord(member) ? member : {}, root), isRequired: required.has(name) }])) };
}

const inside = (schema: Schema, name: string): Schema => { const held = schema[name]; return isRecord(held) ? held : {}; };

function laidOver(a: Shape, b: Shape): Shape {
  return {
    choices: [...new Set([...a.choices, ...b.choices])], isNumber: a.isNumber || b.isNumber, isFlag: a.isFlag || b.isFlag, isText: a.isText || b.isText, isDay: a.isDay || b.isDay, isCondition: a.isCondition || b.isCondition,
    ...both(a.members, b.members, laidMembers, 'members'), ...both(a.entries, b.entries, laidOver, 'entries'), ...both(a.items, b.items, laidOver, 'items'),
  };
}

function both<T, K extends string>(a: T | undefined, b: T | undefined, lay: (a: T, b: T) => T, name: K): { [P in K]?: T } {
  const made = a === undefined ? b : b === undefined ? a : lay(a, b);
  return made === undefined ? {} : { [name]: made } as { [P in K]?: T };
}

/** A member is required where every alternative wants it. */
function laidMembers(a: ReadonlyMap<string, Member>, b: ReadonlyMap<string, Member>): ReadonlyMap<string, Member> {
  const names = new Set([...a.keys(), ...b.keys()]);
  return new Map([...names].map(name => {
    const [left, right] = [a.get(name), b.get(name)];
    if (left === undefined || right === undefined) return [name, { shape: (left ?? right)?.shape ?? nothing, isRequired: false }];
    return [name, { shape: laidOver(left.shape, right.shape), isRequired: left.isRequired && right.isRequired }];
  }));
}

/** Whether it is told in one cell: a word, a number, a sentence, or a list of such. */
export const fitsCell = (shape: Shape): boolean => isScalar(shape) || shape.items !== undefined && isScalar(shape.items);
const isScalar = (shape: Shape): boolean => shape.choices.length > 0 || shape.isNumber || shape.isFlag || shape.isText || shape.isCondition;

/** The four members that together are bounds: two cells tell them, 「≥ 3」 and 「< 5」. */
export const boundMembers = ['atLeast', 'above', 'atMost', 'below'] as const;
export const hasBounds = (shape: Shape): boolean => boundMembers.every(name => shape.members?.has(name) === true);
/** A record of one choice that stands beside plain values, such as `{ missing: refused }`: the choice alone tells it. */
export function wrappedChoice(shape: Shape): { readonly name: string; readonly choices: readonly string[] } | undefined {
  if (!isScalar(shape) || shape.members?.size !== 1) return undefined;
  const [only] = shape.members;
  return only === undefined || only[1].shape.choices.length === 0 ? undefined : { name: only[0], choices: only[1].shape.choices };
}
