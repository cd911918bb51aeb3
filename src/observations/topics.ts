import type { Standard } from '../standards/standard.ts';
import { happeningOf } from './checks.ts';
import type { Picture } from './observation.ts';

/** What an objection or a statement may be about; `key` is what it keeps, `indicator` what it belongs to. */
export interface Topic { readonly key: string; readonly label: string; readonly indicator: string }

export const valueTopics = ({ indicators }: Pick<Standard, 'indicators'>): readonly Topic[] => indicators.map(({ key, title }) => ({ key: `value:${key}`, label: title, indicator: key }));

/** Things written down that were not struck. */
export const eventTopics = (standard: Standard, { events }: Pick<Picture, 'events'>): readonly Topic[] => [...events.values()].filter(event => event.voided === undefined)
  .map(({ entry }) => ({ key: `event:${entry.id}`, label: `${entry.day} ${happeningOf(standard, entry)?.label ?? '记的一件事'}`, indicator: entry.indicator }));
