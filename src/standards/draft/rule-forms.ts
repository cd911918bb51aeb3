import { kinds, type RuleKind } from '../kinds.ts';
import type { ValueType } from '../standard.ts';
import { bandsForm } from './kinds/bands.ts';
import { choiceForm } from './kinds/choice.ts';
import { eventsForm } from './kinds/events.ts';
import { flagForm } from './kinds/flag.ts';
import { formerForm } from './kinds/former.ts';
import { lineForm } from './kinds/line.ts';
import { productForm } from './kinds/product.ts';
import { ratioForm } from './kinds/ratio.ts';
import type { RuleForm } from './kinds/rule-form.ts';
import { shareForm } from './kinds/share.ts';
import { stepsForm } from './kinds/steps.ts';
import { tiersForm } from './kinds/tiers.ts';

/** The form of every way to give points: a new kind is a file beside these and a line here, which the compiler asks for. */
export const ruleForms: Readonly<Record<RuleKind, RuleForm>> = {
  bands: bandsForm, choice: choiceForm, flag: flagForm, ratio: ratioForm, events: eventsForm, steps: stepsForm, line: lineForm, tiers: tiersForm, product: productForm, share: shareForm, former: formerForm,
};

/** Ways that a type of value can be scored. */
export const kindsFor = (type: ValueType | undefined): readonly { readonly key: RuleKind; readonly label: string }[] =>
  (Object.keys(kinds) as RuleKind[]).filter(kind => type !== undefined && (kinds[kind].types as readonly ValueType[]).includes(type)).map(key => ({ key, label: kinds[key].title }));
