import test from 'ava';
import { incompatible } from '../../src/access/rules.ts';
import { roleNames } from '../../src/access/actor.ts';
import { clash, overlaps, passedOnLocally, roleKinds, temporaryPassword } from '../../src/people/officer.ts';
import { passwordFault } from '../../src/people/password.ts';

test('terms that only touch share no day', t => {
  t.false(overlaps({ since: '2026-01-01', until: '2026-02-01' }, { since: '2026-02-01', until: null }));
  t.true(overlaps({ since: '2026-01-01', until: '2026-02-02' }, { since: '2026-02-01', until: null }));
  t.true(overlaps({ since: '2026-01-01', until: null }, { since: '2025-02-01', until: null }));
});

test('every incompatible pair clashes in both orders, and only on shared days', t => {
  for (const [one, other] of incompatible) {
    t.truthy(clash([{ role: one, since: '2026-01-01', until: null }, { role: other, since: '2026-03-01', until: null }]));
    t.truthy(clash([{ role: other, since: '2026-01-01', until: null }, { role: one, since: '2026-03-01', until: null }]));
    t.is(clash([{ role: one, since: '2026-01-01', until: '2026-03-01' }, { role: other, since: '2026-03-01', until: null }]), undefined);
  }
});

test('every role has a kind of place; an administrator is never passed on locally', t => {
  for (const role of roleNames) t.true(roleKinds[role].length > 0, role);
  for (const role of ['systemAdmin', 'securityAdmin', 'auditor', 'villageSupervisor', 'standardsAdmin', 'leadingChair'] as const) t.false(passedOnLocally.includes(role), role);
});

test('a temporary password meets the rules, whatever chance gives', t => {
  for (let n = 0; n < 50; n++) t.is(passwordFault(temporaryPassword(), 'mei'), undefined);
  t.is(temporaryPassword(bytes => bytes.fill(0)), 'Aa2-Aa2-Aa2-Aa2');
});
