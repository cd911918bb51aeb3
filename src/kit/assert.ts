/** States what must be true. A failure is a bug of ours, never a person's mistake. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${what}`);
}

/** Closes a switch over a union: a new member fails to compile here. */
export function never(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
