import { syntheticIdNumber } from '../../src/kit/id-card.ts';
import { syntheticPhone } from '../../src/kit/phone.ts';
import type { NewHousehold } from '../../src/households/register.ts';
import type { NewMember } from '../../src/households/member.ts';
import { placeNos } from './village.ts';

/** Invented people for tests: right in form, impossible in fact. */
export const person = (name: string, more: Partial<NewMember> & { readonly sequence?: number } = {}): NewMember => {
  const { sequence = 1, ...rest } = more;
  const [birthYear, sex] = [rest.birthYear ?? 1980, rest.sex ?? 'male'];
  return { name, relation: 'other', sex, birthYear, idNumber: syntheticIdNumber({ birth: `${birthYear}-03-05`, sex, sequence }), phone: syntheticPhone(sequence), ...rest };
};

export const family = (head: string, more: Partial<NewHousehold> & { readonly sequence?: number } = {}): NewHousehold => {
  const { sequence = 1, ...rest } = more;
  return {
    villageNo: placeNos.qinghe, groupNo: placeNos.group1, gridNo: placeNos.grid1, address: '庄台路 8 号',
    members: [person(head, { relation: 'head', sequence }), person(`${head.slice(0, 1)}小梅`, { relation: 'spouse', sex: 'female', birthYear: 1982, sequence: sequence + 100 }), { name: '不该留下', relation: 'daughter', sex: 'female', birthYear: 2018 }],
    ...rest,
  };
};
