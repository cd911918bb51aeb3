import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Round } from '../rounds/round.ts';
import type { Standard } from '../standards/standard.ts';
import { pictureOf } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { eventTopics, valueTopics, type Topic } from '../observations/topics.ts';
import { loadStandard } from '../standards/load.ts';
import type { Disputed, DisputedKind } from './disputed.ts';
import { lookTopics } from './look.ts';
import { ratingTopic } from './objection.ts';

const wholes: Readonly<Record<DisputedKind, string>> = { household: '评的等级', village: '这个称号', township: '这个称号' };
const standardOf: Readonly<Record<DisputedKind, 'household_standard' | 'village_standard' | 'township_standard'>> = { household: 'household_standard', village: 'village_standard', township: 'township_standard' };

/** The result itself, or one thing that the round's standard asks: whoever took that down does not answer. The list is the standard's, so it tells nothing of anybody. */
export async function topicsOf(read: Knex, round: Pick<Round, 'household_standard' | 'village_standard' | 'township_standard'>, kind: DisputedKind): Promise<readonly Topic[]> {
  const row: { body: string } | undefined = await read('standards').where({ hash: round[standardOf[kind]] }).first('body');
  return [{ key: ratingTopic, label: wholes[kind], indicator: '' }, ...valueTopics(JSON.parse((row ?? common.refuse('not-found')).body) as Pick<Standard, 'indicators'>)];
}

/** Whether one value is what a bank gives: then the bank answers for it, and the days of the law on credit reporting hold. */
export async function isBanks(read: Knex, { household_standard }: Pick<Round, 'household_standard'>, about: string): Promise<boolean> {
  const row: { body: string } | undefined = await read('standards').where({ hash: household_standard }).first('body');
  const { indicators } = JSON.parse((row ?? common.refuse('not-found')).body) as Pick<Standard, 'indicators'>;
  return indicators.some(({ key, source }) => source === 'bank' && `value:${key}` === about);
}

/** For whoever takes an objection down at the hall or on the phone: the things written down about this very household, and the looks of banks at it, as well. Never for the open form, where they would tell of somebody. */
export async function topicsAbout(read: Knex, round: Round, disputed: Pick<Disputed, 'kind' | 'no'>): Promise<readonly Topic[]> {
  const topics = await topicsOf(read, round, disputed.kind);
  if (disputed.kind !== 'household') return topics;
  const looks = await lookTopics(read, disputed.no);
  const picture = pictureOf((await sheetsOf(read, round.no, [disputed.no])).get(disputed.no) ?? []);
  return [...topics, ...picture.events.size === 0 ? [] : eventTopics((await loadStandard(read, round.household_standard)).standard, picture), ...looks];
}

export const topicWords = (topics: readonly Topic[], about: string): string => topics.find(topic => topic.key === about)?.label ?? topics[0]?.label ?? '';
