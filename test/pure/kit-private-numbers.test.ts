import test from 'ava';
import { syntheticIdNumber } from '../../src/kit/id-card.ts';
import { syntheticPhone } from '../../src/kit/phone.ts';
import { privateNumberIn } from '../../src/kit/private-numbers.ts';

test('an ID number or a mobile is found however it is written, an office’s telephone, a day or a sum is not', t => {
  const id = syntheticIdNumber({ birth: '1980-03-04', sex: 'female', sequence: 3 });
  const phone = syntheticPhone(12_345);
  for (const text of [id, `号码${id}，请核`, `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`, id.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)), '990000800304003']) t.is(privateNumberIn(text), 'id', text);
  for (const text of [phone, `打${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`, `电话：${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}。`]) t.is(privateNumberIn(text), 'phone', text);
  for (const text of ['打村部电话 0517-88000000', '2026-11-23 到户里看了', '欠款 12000 元，分 36 期', '受理号 7KQM-2TXH-9R', '20261123103000', '']) t.is(privateNumberIn(text), undefined, text);
});
