import { holdDraw } from '../../src/fairness/hold-draw.ts';
import { openCheck } from '../../src/fairness/open-check.ts';
import { pictureOf } from '../../src/fairness/picture.ts';
import { lotsOf } from '../../src/fairness/queries.ts';
import { recordRevisit } from '../../src/fairness/revisit.ts';
import { signalsIn } from '../../src/fairness/signals.ts';
import { newId } from '../../src/kit/id.ts';
import { addDays, type Day } from '../../src/kit/time.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import type { Settled } from './settle.ts';
import type { Walk } from './steps.ts';
import type { Agenda } from './story.ts';

/** Fairness is watched in the village that everybody looks at first: a signal that somebody was asked to look into, and a draw of which one household was seen again. */
export function fairWatch({ story, round }: Walk, { villages }: Settled, agenda: Agenda, today: Day): void {
  const village = villages[0]?.place.no;
  if (village === undefined) return;
  agenda.on(addDays(today, -1), async () => {
    const [watch, chair, member] = [await story.as('jiandu'), await story.as('zhuren'), await story.as('weiyuan')];
    const [signal] = signalsIn(await pictureOf(story.office.read, await roundByNo(story.office.read, round.no), village));
    if (signal !== undefined) await openCheck(story.office, chair, { id: newId(), round: round.no, village, signal: signal.key, assigned: member.id });
    const draw = newId();
    await holdDraw(story.office, chair, { id: draw, round: round.no, village, seed: '04 09 13 22 27 31 08', source: '演示用的号码，真办时写某一期福利彩票的开奖号' });
    const [lot] = await lotsOf(story.office.read, draw);
    if (lot !== undefined) await recordRevisit(story.office, watch, { draw, household: lot.id, result: 'same', words: '' });
  });
}
