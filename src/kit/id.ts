/** Time-ordered public id (UUID version 7 layout, RFC 9562 §5.7), 36 characters. `random` is a random id of version 4. */
export function newId(nowMs: number = Date.now(), random: () => string = randomId): string {
  if (nowMs !== lastMs) [lastMs, begun] = [nowMs, beginning(nowMs)];
  // From here on both versions have one layout, and the platform makes random ids faster than we could: an import needs them by the hundred thousand.
  return begun + random().slice(15);
}

const randomId = (): string => crypto.randomUUID();

let [lastMs, begun] = [-1, ''];
function beginning(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const isId = (text: string): boolean => shape.test(text);
