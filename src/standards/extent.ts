/** A list of a standard has so many entries at most, whatever it lists: the largest that was ever published has about a hundred, and every page of the workbench shows whole lists. */
export const mostEntries = 400;

/** Whether any list in it, however deep, is longer. */
export function isTooLong(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > mostEntries || value.some(isTooLong);
  return typeof value === 'object' && value !== null && Object.values(value).some(isTooLong);
}
