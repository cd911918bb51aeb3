import type { At } from '../observations/case-at.ts';
import { happeningOf, indicatorsOf } from '../observations/checks.ts';
import { observations } from '../observations/refusals.ts';
import type { EventEntry } from '../observations/observation.ts';
import { breachOf, breaches } from '../standards/breach.ts';
import { itemWords } from '../standards/kinds/event-item.ts';
import { legalLevels } from '../standards/standard.ts';

/** One thing that takes points in the words of its standard: what it is, what it takes, by which law, how long at most. */
export function wordsOf({ world }: Pick<At, 'world'>, event: EventEntry) {
  const { standard } = world.compiled;
  const happening = happeningOf(standard, event);
  if (happening === undefined || !happening.isNegative) return observations.refuse('event-unknown');
  const { item, label, unit } = happening;
  const breach = breaches[breachOf(item)];
  const bases = item.legalBasis ?? indicatorsOf(standard).get(event.indicator)?.legalBasis ?? [];
  return {
    what: label, amount: event.amount === undefined ? undefined : `${event.amount} ${unit ?? ''}`, on: event.day, note: event.note, rule: itemWords(item).split('：').slice(1).join('：'), item,
    laws: bases.flatMap(id => standard.legalBases.filter(basis => basis.id === id)).map(basis => `《${basis.law}》${basis.article}（${legalLevels[basis.level]}）`),
    breach: breach.label, leastMonths: breach.leastMonths, lifeMonths: item.lifeMonths, photos: (event.evidence ?? []).map(id => `/evidence/${id}`),
  };
}
