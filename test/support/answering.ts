import type { Actor } from '../../src/access/actor.ts';
import { today } from '../../src/kit/time.ts';
import { answerObjection as answer, type Answer } from '../../src/objections/answer.ts';
import type { Office } from '../../src/office.ts';

/** What whoever answers writes down first, as the page asks it. */
export const checking = { on: '2026-11-23', looked: '到户里看过', asked: 'self', found: '情况和记的一样' } as const;

/** Answers on the day it was looked into. */
export const answerObjection = (office: Office, actor: Actor, given: Answer): ReturnType<typeof answer> =>
  answer(office, actor, { check: { ...checking, on: today(office.clock), asked: [checking.asked] }, ...given });
