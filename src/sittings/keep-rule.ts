import type { Actor } from '../access/actor.ts';
import { wholeOffice } from '../access/subject.ts';
import { canonical } from '../kit/canonical.ts';
import { ruleSetting, type CommitteeRule, type Decided } from '../panels/committee-rules.ts';
import { inUnit, type Desk } from '../store/unit.ts';

/** How a committee sits from now on; a sitting that was called keeps the rule it was called by. */
export async function keepRule(desk: Desk, actor: Actor, given: CommitteeRule & { readonly what: Decided }): Promise<void> {
  await inUnit(desk, actor, ['settings'], async unit => {
    unit.require('settings.keep', wholeOffice);
    const { what, required, share, confirms } = given;
    unit.put('settings', { name: ruleSetting(what), value: canonical({ required, share, confirms }) });
    unit.record({ act: 'sitting.rule-kept', power: 'settings.keep', subject: wholeOffice });
  });
}
