import test from 'ava';
import fc from 'fast-check';
import { checkDigit, readIdCard, syntheticIdNumber } from '../../src/kit/id-card.ts';
import { readPhone, syntheticPhone } from '../../src/kit/phone.ts';

const today = '2026-11-23';
const faultOf = (text: string) => { const read = readIdCard(text, today); return 'fault' in read ? read.fault : undefined; };

test('the specimen of the standard is right, and says who it is', t => {
  t.deepEqual(readIdCard('11010519491231002X', today), { card: { number: '11010519491231002X', birth: '1949-12-31', sex: 'female', areaKnown: true } });
});

for (const typed of [' 110105 19491231 002x ', '１１０１０５１９４９１２３１００２Ｘ', "'11010519491231002X", '110105-19491231-002X']) {
  test(`written as ${typed}`, t => { t.is(faultOf(typed), undefined); });
}

for (const [typed, fault] of [
  ['', 'empty'], ['110105491231002', 'old-number'], ['1101051949123100', 'length'], ['11010519491231002XX', 'length'], ['1101051949123100AX', 'characters'],
  ['X10105194912310021', 'characters'], ['110105194913310020', 'birth'], ['110105202302300022', 'birth'], ['110105209912310020', 'future'], ['110105194912310021', 'checksum'],
] as const) {
  test(`${typed || 'nothing'} is refused as ${fault}, in words`, t => {
    const read = readIdCard(typed, today);
    t.true('fault' in read && read.fault === fault && /[一-鿿]/u.test(read.say));
  });
}

test('a birthday today is no fault, tomorrow is', t => {
  const born = (birth: string) => faultOf(syntheticIdNumber({ birth, sex: 'male', sequence: 1 }));
  t.is(born('2026-11-23'), undefined);
  t.is(born('2026-11-24'), 'future');
});

test('every single slip of a digit and every swap of neighbours is caught', t => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 499 }), fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (sequence, at, by) => {
    const number = syntheticIdNumber({ birth: '1971-06-18', sex: 'female', sequence });
    const slipped = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
    const swapped = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2);
    return faultOf(slipped) !== undefined && (swapped === number || faultOf(swapped) !== undefined);
  }), { numRuns: 500 });
  t.pass();
});

test('an invented number is right in form and impossible in area', t => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 499 }), fc.constantFrom('male' as const, 'female' as const), (sequence, sex) => {
    const read = readIdCard(syntheticIdNumber({ birth: '1988-02-29', sex, sequence }), today);
    return 'card' in read && read.card.sex === sex && !read.card.areaKnown && read.card.birth === '1988-02-29';
  }), { numRuns: 200 });
  t.is(checkDigit('11010519491231002'), 'X');
});

for (const [typed, phone] of [
  ['13800000000', '13800000000'], ['138 0000 0000', '13800000000'], ['+86 138-0000-0000', '13800000000'], ['0517-88000000', '051788000000'], ['（0517）88000000', '051788000000'], ['008613800000000', '13800000000'],
] as const) test(`phone ${typed}`, t => { t.deepEqual(readPhone(typed), { phone }); });

for (const [typed, fault] of [['', 'empty'], ['138000000', 'length'], ['12800000000', 'start'], ['88000000', 'start'], ['1380000000o', 'characters'], ['138000000001', 'length'], ['0517', 'length']] as const) {
  test(`phone ${typed || 'nothing'} is refused as ${fault}`, t => { const read = readPhone(typed); t.is('fault' in read ? read.fault : undefined, fault); });
}

test('an invented phone is right in form', t => { t.deepEqual(readPhone(syntheticPhone(42)), { phone: '16000000042' }); });
