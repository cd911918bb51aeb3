import test from 'ava';
import { grouped, type Op } from '../../src/store/writer.ts';

const change = (subject: number, row: Readonly<Record<string, string | number>>): Op => ({ kind: 'change', table: 'cases', rows: [{ round: 1, subject, ...row }], columns: Object.keys(row) });
const sizes = (ops: readonly Op[]): readonly string[] => grouped(ops).map(op => `${op.kind} ${op.rows.length}`);

test('changes of different columns that take turns are two statements, however many rows they touch', t => {
  t.deepEqual(sizes([change(1, { sheet: 1 }), change(1, { standing: 'collected' }), change(2, { sheet: 4 }), change(2, { standing: 'collected' }), change(3, { sheet: 2 })]), ['change 3', 'change 2']);
});

test('the order is kept where it matters: the same column, the same row twice, anything but a change between', t => {
  t.deepEqual(sizes([change(1, { sheet: 1 }), change(2, { sheet: 2, held: 1 }), change(3, { sheet: 3 })]), ['change 1', 'change 1', 'change 1']);
  t.deepEqual(sizes([change(1, { sheet: 1 }), change(1, { sheet: 2 })]), ['change 1', 'change 1']);
  t.deepEqual(sizes([change(1, { sheet: 1 }), { kind: 'remove', table: 'cases', rows: [{ round: 1, subject: 2 }] }, change(2, { sheet: 1 })]), ['change 1', 'remove 1', 'change 1']);
  t.deepEqual(sizes([change(1, { sheet: 1 }), { kind: 'remove', table: 'sheets', rows: [{ round: 1, subject: 2, seq: 1 }] }, change(2, { sheet: 1 })]), ['change 2', 'remove 1'], 'tables do not wait for each other');
});
