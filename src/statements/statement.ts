import type { World } from '../observations/world.ts';
import { eventTopics, valueTopics, type Topic } from '../observations/topics.ts';
import { ratingTopic } from '../rounds/disputed.ts';

/** What the person may say something to: the result, each value, each thing written down. */
export const topicsIn = ({ compiled: { standard }, picture }: Pick<World, 'compiled' | 'picture'>): readonly Topic[] =>
  [{ key: ratingTopic, label: '评的等级', indicator: '' }, ...valueTopics(standard), ...eventTopics(standard, picture)];
