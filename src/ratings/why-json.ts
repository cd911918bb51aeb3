import { itemsOf } from '../standards/facts.ts';
import type { Standard } from '../standards/standard.ts';
import { writtenOf } from '../standards/values.ts';
import type { Step } from './lift/change.ts';
import { wayFrom } from './lift/words.ts';
import type { Rating } from './queries.ts';
import type { Why } from './why.ts';

/** What was rated by: the county's standard by its hash, and apart from it what the village set for itself in the round, by the hash of its list. */
export interface RatedBy { readonly standardHash: string; readonly villageItems?: { readonly village: string; readonly hash: string } }

/** A kept rating for programs, in the keys of its standard. All points are hundredths, all days YYYY-MM-DD; every `href` can be followed. */
export function whyJson({ standard, evaluation, lifted, isCredit, isProvisional, adjusted }: Why, rating: Rating, { round, household, by }: { readonly round: string; readonly household: string; readonly by: RatedBy }): object {
  const { lift: ways, words: lift } = lifted?.() ?? {};
  return {
    round, household, revision: rating.revision, day: rating.day, standardHash: by.standardHash, standardHref: `/standards/${by.standardHash}`,
    villageItems: by.villageItems === undefined ? null : { hash: by.villageItems.hash, href: `/rounds/${round}/items/${by.villageItems.village}` }, points: rating.points, grade: standard.grades[rating.grade]?.code ?? null,
    isCredit, isProvisional, adjusted: adjusted === undefined ? null : { from: adjusted.from, to: adjusted.to, reason: adjusted.reason, on: adjusted.on },
    evaluation,
    lift: ways === undefined ? null : {
      kind: ways.kind, said: lift,
      ...ways.kind !== 'searched' ? {} : {
        next: standard.grades[ways.grade]?.code ?? null, isWhole: ways.isWhole,
        ways: ways.ways.map(way => ({ grade: standard.grades[way.grade]?.code ?? null, total: way.total, from: wayFrom(way, rating.day), waitGain: way.wait?.gain ?? 0, changes: way.steps.map(step => ({ ...changeJson(standard, step), gain: step.gain })) })),
      },
    },
  };
}

function changeJson(standard: Standard, step: Step): object {
  const indicator = standard.indicators[step.slot];
  const named = { indicator: indicator?.key ?? null, change: step.kind, isSlow: step.isSlow };
  if (indicator === undefined || step.kind === 'cure') return named;
  if (step.kind === 'answer') return { ...named, to: writtenOf(indicator, step.value) };
  const item = itemsOf(indicator)[step.item];
  return { ...named, item: item?.key ?? null, times: step.times, amount: step.amount / 100, ...step.level === undefined ? {} : { level: item?.levels?.[step.level]?.key ?? null } };
}
