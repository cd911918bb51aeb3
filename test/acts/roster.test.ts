import test from 'ava';
import { idMatch } from '../../src/households/member.ts';
import { checkDigit } from '../../src/kit/id-card.ts';
import { rosterOf } from '../../src/observations/roster.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, memberId, openVillage } from '../support/village.ts';

const unused = '000000' + '19700101' + '000';   // of no area: no person's
const number = `${unused}${checkDigit(unused)}`;

test('a row names its household by an ID number however it is typed: blanks, full width, an apostrophe before it', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'open' } });
  await office.store.write('members').where({ id: memberId('zhou') }).update({ id_match: idMatch(office.secrets, number) });
  const roster = await rosterOf(office, await village.actor('lin'), await roundByNo(office.read, roundNo), '2026-11-23');
  const wide = Array.from(number, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join('');
  for (const idNumber of [number, ` ${number.slice(0, 6)} ${number.slice(6, 14)}　${number.slice(14)} `, wide, `'${number}`]) t.deepEqual(await roster.match({ idNumber, name: '周大山' }), { subject: households.zhou.no }, idNumber);
  t.like(await roster.match({ idNumber: number, name: '吴秀兰' }), { column: 'name' });
  t.like(await roster.match({ idNumber: number.slice(1) }), { column: 'idNumber' });
});
