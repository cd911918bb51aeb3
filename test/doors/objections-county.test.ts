import test from 'ava';
import { anyone } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import { answerObjection } from '../support/answering.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { roundId, roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

test('the county reads an objection about a household once it has come up to it, and no facts with it', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-noticed', grade: 1 } });
  const lodge = (appeals: string | undefined) => lodgeObjection(office, anyone, { id: newId(), round: roundNo, subject: households.zhou.no, notice: null, about: 'rating', words: '家里劳力少算了一个', name: undefined, contact: undefined, how: 'web', ...appeals === undefined ? {} : { appeals } });
  const idOf = async (): Promise<string> => String((await office.read('objections').orderBy('at', 'desc').orderBy('id', 'desc').first('id') as { id: string }).id);
  await lodge(undefined);
  const first = await idOf();
  const zhang = await (await openDoors(t, village))('zhang');
  t.is((await zhang.get(`/objections/${first}`)).status, 403);
  t.false((await zhang.get('/objections')).body.includes('周大山'));
  village.clock.forward(60_000);
  await answerObjection(office, await village.actor('sun'), { id: first, outcome: 'kept', words: '核过，没有少算' });
  await lodge(first);
  const second = await idOf();
  village.clock.forward(60_000);
  await answerObjection(office, await village.actor('lin'), { id: second, outcome: 'kept', words: '核过，没有少算' });
  await lodge(second);
  for (const id of [first, second, await idOf()]) {
    const page = await zhang.get(`/objections/${id}`);
    t.is(page.status, 200);
    t.false(page.body.includes(`/observations/${roundId}`));
    t.true(page.body.includes(`/ratings/${roundId}`));
  }
  t.true((await zhang.get('/objections')).body.includes('周大山'));
});
