import type { ValueType } from '../../standard.ts';
import type { Body, Path } from '../edit/path.ts';
import type { Part } from '../pane.ts';

/** Where a rule stands, and the indicator around it as far as it is written. */
export interface RuleAt { readonly body: Body; readonly path: Path; readonly address: string; readonly indicator: Body; readonly type: ValueType | undefined; readonly unit: string }

/** How one way of giving points is written in the browser: what a new rule begins with, and what it asks. */
export interface RuleForm { readonly start: (indicator: Body) => Body; readonly parts: (at: RuleAt) => readonly Part[] }

/** Points that everything with an end has: where it starts, the least, the most. */
export const ends = { start: '从几分起', floor: '最少几分', cap: '最多几分' } as const;
