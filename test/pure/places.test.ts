import { readFileSync } from 'node:fs';
import test from 'ava';
import { ancestorNo, childKinds, codeFault, isVirtual, mayStandUnder, pathOf } from '../../src/places/place.ts';
import { readRegister } from '../../src/places/register.ts';

test('a place stands only under the level above', t => {
  t.true(mayStandUnder('grid', 'village'));
  t.false(mayStandUnder('grid', 'township'));
  t.true(mayStandUnder('province', undefined));
  t.false(mayStandUnder('village', undefined));
  t.deepEqual(childKinds('village'), ['group', 'grid']);
  t.deepEqual(childKinds('grid'), []);
});

test('a path names the numbers of all above', t => {
  const path = pathOf('/p1/c2/x3/t10/v20/', 'grid', 40);
  t.is(path, '/p1/c2/x3/t10/v20/n40/');
  t.is(ancestorNo(path, 'township'), 10);
  t.is(ancestorNo(path, 'group'), undefined);
});

test('a code has the digits of its level and begins as the one above', t => {
  t.is(codeFault('320830101', 'township', '320830'), undefined);
  t.regex(codeFault('32083010', 'township', '320830') ?? '', /9 位/);
  t.regex(codeFault('320831101', 'township', '320830') ?? '', /320830 开头/);
  t.regex(codeFault('1', 'grid', null) ?? '', /没有区划代码/);
});

test('the register of the seeds is whole: 8 counties, 113 townships, 1601 villages, 12 of them virtual', t => {
  const rows = readRegister(readFileSync('seeds/places/huaian.csv', 'utf8'));
  const of = (level: string): number => rows.filter(row => row.level === level).length;
  t.deepEqual([of('province'), of('city'), of('county'), of('township'), of('village')], [1, 1, 8, 113, 1601]);
  t.is(rows.filter(row => isVirtual(row.name)).length, 12);
  t.is(new Set(rows.map(row => row.code)).size, rows.length);
});

test('a line that is no place stops the register', t => {
  t.throws(() => readRegister('code,name,level\n32,江苏省,kingdom'), { message: /line 2/ });
});
