import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Round } from '../rounds/round.ts';
import type { Standard } from '../standards/standard.ts';
import { ratingTopic } from './objection.ts';

/** What an objection may be about; `key` is what it keeps. */
export interface Topic { readonly key: string; readonly label: string }

/** The grade itself, or one thing that the round's standard asks: whoever took that down does not answer. The list is the standard's, so it tells nothing of a household. */
export async function topicsOf(read: Knex, round: Pick<Round, 'household_standard'>): Promise<readonly Topic[]> {
  const row: { body: string } | undefined = await read('standards').where({ hash: round.household_standard }).first('body');
  const { indicators } = JSON.parse((row ?? common.refuse('not-found')).body) as Pick<Standard, 'indicators'>;
  return [{ key: ratingTopic, label: '评的等级' }, ...indicators.map(({ key, title }) => ({ key: `value:${key}`, label: title }))];
}

export const topicWords = (topics: readonly Topic[], about: string): string => topics.find(topic => topic.key === about)?.label ?? '评的等级';
