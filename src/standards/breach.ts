import type { EventItem } from './kinds/event-item.ts';

/**
 * The classes of 信用修复管理办法 (NDRC order 36, in force 2026-04-01): the longest and the least time that something of the class is shown.
 * What is slight is in principle not shown at all and may be repaired as soon as it is put right.
 */
export const breaches = {
  slight: { label: '轻微', leastMonths: 0, mostMonths: 3 },
  general: { label: '一般', leastMonths: 3, mostMonths: 12 },
  serious: { label: '严重', leastMonths: 12, mostMonths: 36 },
} as const;
export type Breach = keyof typeof breaches;

/** The class follows from how long the standard lets the thing count at most. */
export const breachOf = ({ lifeMonths }: Pick<EventItem, 'lifeMonths'>): Breach =>
  lifeMonths <= breaches.slight.mostMonths ? 'slight' : lifeMonths <= breaches.general.mostMonths ? 'general' : 'serious';
