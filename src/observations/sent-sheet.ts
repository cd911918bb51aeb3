import { may } from '../access/may.ts';
import { householdSubject } from '../households/subject.ts';
import type { Fault, RawValue } from '../kit/form.ts';
import type { WrittenFact } from '../standards/standard.ts';
import type { Visit } from '../web/visit.ts';
import { answeredOnly } from './present.ts';
import { blocksOf, parseSheet, type Block } from './sheet-form.ts';
import { mustBeAsked } from './wanted.ts';
import type { World } from './world.ts';

type Values = Readonly<Record<string, WrittenFact>>;

/** A household's form as it was sent. What it says depends on the standard, on what stands and on the year before: the act reads it when it knows them. */
export class SentSheet {
  readonly #visit: Visit;
  /** Answers that were not taken: the form shows them again. */
  faults: readonly Fault[] = [];
  /** 全部存好: every answer has to be right, and what nobody touched is confirmed. */
  isWhole = false;
  /** 与去年一样 and 不清楚 answer one block; the person goes on with the next. */
  goesOn = false;

  constructor(visit: Visit) { this.#visit = visit; }

  read(world: World, before: Values): Values {
    const { raw, actor, day } = this.#visit;
    const blocks = blocksOf(world.compiled.standard, { council: may(actor, 'observation.settle', householdSubject(world.household)) === true });
    const parsed = parseSheet(blocks, raw, day);
    const [same, unclear] = [blockIn(blocks, raw['same']), blockIn(blocks, raw['unclear'])];
    this.goesOn = same !== undefined || unclear !== undefined;
    this.isWhole = raw['then'] === 'whole' && !this.goesOn;
    const values = this.isWhole && parsed.faults.length > 0 ? {} : { ...this.isWhole ? parsed.values : answeredOnly({ world, before }, parsed.values), ...sameAs(before, same), ...unclearIn(unclear) };
    this.faults = parsed.faults.filter(fault => values[fault.field.slice(2)] === undefined);
    return values;
  }
}

const blockIn = (blocks: readonly Block[], raw: RawValue | undefined): Block | undefined => blocks.find(block => block.key === raw);

const sameAs = (before: Values, block: Block | undefined): Values =>
  Object.fromEntries((block?.questions ?? []).flatMap(({ key }) => { const fact = before[key]; return fact === undefined ? [] : [[key, fact] as const]; }));
const unclearIn = (block: Block | undefined): Values =>
  Object.fromEntries((block?.questions ?? []).filter(indicator => mustBeAsked(indicator) && indicator.withoutDontKnow !== true).map(({ key }) => [key, { missing: 'dontKnow' as const }]));
