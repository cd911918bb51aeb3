import type { Knex } from 'knex';
import { minutesShown } from '../sittings/lines.ts';
import { minutesOf } from '../sittings/minutes.ts';
import { kinds, type SittingStage } from '../sittings/sitting.ts';
import type { Document, Paper } from './press.ts';

/** The minutes of a round's sittings, as they were confirmed. */
export async function* sittingPapers(read: Knex, round: number, paper: Paper): AsyncGenerator<Document> {
  const sittings: { id: string; stage: SittingStage; day: string }[] = await read('sittings').join('minutes', 'minutes.sitting', 'sittings.id').where('sittings.round', round).orderBy('sittings.day').orderBy('sittings.id').select('sittings.id', 'sittings.stage', 'sittings.day');
  for (const [at, { id, stage, day }] of sittings.entries()) {
    const kept = await minutesOf(read, id);
    yield paper(`会议纪要/${String(at + 1).padStart(3, '0')}-${day}.html`, 'minutes', { title: `${kept.minutes.committee} ${day} 会议纪要：${kept.minutes.about}${kinds[stage].says}`, ...minutesShown(stage, kept) });
  }
}
