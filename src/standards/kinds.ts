import { never } from '../kit/assert.ts';
import { bands } from './kinds/bands.ts';
import type { BandsRule } from './kinds/bands.ts';
import { choice } from './kinds/choice.ts';
import type { ChoiceRule } from './kinds/choice.ts';
import { events } from './kinds/events.ts';
import type { EventsRule } from './kinds/events.ts';
import { flag } from './kinds/flag.ts';
import type { FlagRule } from './kinds/flag.ts';
import { former } from './kinds/former.ts';
import type { FormerRule } from './kinds/former.ts';
import type { Find, Kind, Scoring, Setting, Table } from './kinds/kind.ts';
import { line } from './kinds/line.ts';
import type { LineRule } from './kinds/line.ts';
import { product } from './kinds/product.ts';
import type { ProductRule } from './kinds/product.ts';
import { ratio } from './kinds/ratio.ts';
import type { RatioRule } from './kinds/ratio.ts';
import { share } from './kinds/share.ts';
import type { ShareRule } from './kinds/share.ts';
import { steps } from './kinds/steps.ts';
import type { StepsRule } from './kinds/steps.ts';
import { tiers } from './kinds/tiers.ts';
import type { TiersRule } from './kinds/tiers.ts';
import type { Indicator } from './standard.ts';

/** The ways to give points. A new one is a file in `kinds/`, a member here, and a line in each switch the compiler then points at. */
export type Rule = BandsRule | ChoiceRule | FlagRule | RatioRule | EventsRule | StepsRule | LineRule | TiersRule | ProductRule | ShareRule | FormerRule;
export type RuleKind = Rule['kind'];

export const kinds = { bands, choice, flag, ratio, events, steps, line, tiers, product, share, former } as const;
export const isRuleKind = (name: unknown): name is RuleKind => typeof name === 'string' && Object.hasOwn(kinds, name);

/** Hands a rule to its own kind. */
function withKind<T>(rule: Rule, use: <R>(kind: Kind<R>, rule: R) => T): T {
  switch (rule.kind) {
    case 'bands': return use(bands, rule);
    case 'choice': return use(choice, rule);
    case 'flag': return use(flag, rule);
    case 'ratio': return use(ratio, rule);
    case 'events': return use(events, rule);
    case 'steps': return use(steps, rule);
    case 'line': return use(line, rule);
    case 'tiers': return use(tiers, rule);
    case 'product': return use(product, rule);
    case 'share': return use(share, rule);
    case 'former': return use(former, rule);
    default: return never(rule);
  }
}

export const compileRule = (rule: Rule, indicator: Indicator, setting: Setting): Scoring | Table => withKind(rule, (kind, own) => kind.compile(own, indicator, setting));
export const partsOf = (rule: Rule): readonly string[] => withKind(rule, (kind, own) => kind.parts(own));
export const rangeOfRule = (rule: Rule, indicator: Indicator): { readonly least: number; readonly most: number } => withKind(rule, (kind, own) => kind.range(own, indicator));
/** The rule in plain Chinese, one line a clause. */
export const ruleWords = (rule: Rule, indicator: Indicator, find: Find): readonly string[] => withKind(rule, (kind, own) => kind.words(own, indicator, find));
