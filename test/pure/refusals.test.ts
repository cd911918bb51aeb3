import test from 'ava';
import { catalogue, Refusal } from '../../src/kit/refusal.ts';
import { common } from '../../src/kit/refusals.ts';

const statuses = {
  'not-found': 404, 'not-allowed': 403, 'signed-out': 401, 'forged': 403, 'faults': 422, 'changed-meanwhile': 409, 'busy': 503,
  'too-large': 413, 'too-many': 429, 'bad-request': 400, 'wrong-method': 405, 'wrong-type': 415,
} as const;

for (const [code, status] of Object.entries(statuses)) {
  test(`${code} answers ${status}`, t => {
    const refusal = t.throws<Refusal>(() => common.refuse(code as keyof typeof statuses), { instanceOf: Refusal });
    t.is(refusal?.code, code);
    t.is(refusal?.status, status);
  });
}

test('a refusal carries its words, its way on and the field it is about', t => {
  const own = catalogue({ 'full': { status: 409, say: d => `已满 ${d['most']}`, wayOn: d => ({ label: '去看', href: `/x/${d['no']}` }) } });
  const refusal = t.throws<Refusal>(() => own.refuse('full', { most: 3, no: 7, field: 'size' }), { instanceOf: Refusal });
  t.is(refusal?.words, '已满 3');
  t.deepEqual(refusal?.wayOn, { label: '去看', href: '/x/7' });
  t.is(refusal?.field, 'size');
});
