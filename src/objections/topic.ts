import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Round } from '../rounds/round.ts';
import type { Standard } from '../standards/standard.ts';
import type { DisputedKind } from './disputed.ts';
import { ratingTopic } from './objection.ts';

/** What an objection may be about; `key` is what it keeps. */
export interface Topic { readonly key: string; readonly label: string }

const wholes: Readonly<Record<DisputedKind, string>> = { household: '评的等级', village: '这个称号', township: '这个称号' };
const standardOf: Readonly<Record<DisputedKind, 'household_standard' | 'village_standard' | 'township_standard'>> = { household: 'household_standard', village: 'village_standard', township: 'township_standard' };

/** The result itself, or one thing that the round's standard asks: whoever took that down does not answer. The list is the standard's, so it tells nothing of anybody. */
export async function topicsOf(read: Knex, round: Pick<Round, 'household_standard' | 'village_standard' | 'township_standard'>, kind: DisputedKind): Promise<readonly Topic[]> {
  const row: { body: string } | undefined = await read('standards').where({ hash: round[standardOf[kind]] }).first('body');
  const { indicators } = JSON.parse((row ?? common.refuse('not-found')).body) as Pick<Standard, 'indicators'>;
  return [{ key: ratingTopic, label: wholes[kind] }, ...indicators.map(({ key, title }) => ({ key: `value:${key}`, label: title }))];
}

export const topicWords = (topics: readonly Topic[], about: string): string => topics.find(topic => topic.key === about)?.label ?? topics[0]?.label ?? '';
