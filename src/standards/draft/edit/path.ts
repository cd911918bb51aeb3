/** A place in a draft: member names and positions, as faults name it. */
export type Path = readonly (string | number)[];
/** The plain JSON of a standard that may still lack anything. */
export type Body = Readonly<Record<string, unknown>>;
export type Change = (body: Body) => Body;

export const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a place; undefined where nothing does. */
export function held(body: unknown, path: Path): unknown {
  let value = body;
  for (const step of path) value = Array.isArray(value) && typeof step === 'number' ? value[step] as unknown : isObject(value) ? value[String(step)] : undefined;
  return value;
}

/** The members of a list of objects; none where there is no list. */
export function rows(body: unknown, path: Path): readonly Body[] {
  const list = held(body, path);
  return Array.isArray(list) ? list.map((each: unknown) => isObject(each) ? each : {}) : [];
}

/** The body with one place written anew; nothing written takes it away, and a group or an optional list that is emptied so goes with it. */
export function put(body: Body, path: Path, value: unknown): Body {
  const made = written(body, path, value);
  return isObject(made) ? made : {};
}

/** Facts stay even when there are none: an example says so. */
const staysEmpty = ['facts'];
/** Lists that a file leaves out rather than write empty. */
const leftOut = ['localBases', 'checks', 'types', 'options', 'bands', 'groups', 'levels', 'rungs', 'ranges', 'factors', 'requires', 'events', 'publication'];
const isLeftOut = (step: string, made: unknown): boolean => Array.isArray(made) ? made.length === 0 && leftOut.includes(step) : isObject(made) && Object.keys(made).length === 0 && !staysEmpty.includes(step);

function written(value: unknown, [step, ...rest]: Path, to: unknown): unknown {
  if (step === undefined) return to;
  if (typeof step === 'number') {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const made = written(list[step], rest, to);
    return made === undefined ? list.filter((_, at) => at !== step) : step < list.length ? list.with(step, made) : [...list, made];
  }
  const own = isObject(value) ? value : {};
  const made = written(own[step], rest, to);
  if (made !== undefined && !isLeftOut(step, made)) return { ...own, [step]: made };
  const { [step]: _gone, ...kept } = own;
  return kept;
}
