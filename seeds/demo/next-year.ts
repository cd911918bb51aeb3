import { stringify } from 'yaml';
import { addDays, type Day } from '../../src/kit/time.ts';
import type { Round } from '../../src/rounds/round.ts';
import { openSimulation } from '../../src/simulations/open.ts';
import { simulate } from '../../src/simulations/simulate.ts';
import { compile } from '../../src/standards/compile.ts';
import { mismatches } from '../../src/standards/examples.ts';
import { importStandard } from '../../src/standards/import.ts';
import { loadStandard } from '../../src/standards/load.ts';
import type { Standard } from '../../src/standards/standard.ts';
import type { Settled } from './settle.ts';
import type { Story } from './story.ts';

/** What the county has in mind for next year: a stricter AA, AAA only after an AA, and voluntary work that counts for more. */
function draftOf(standard: Standard): Standard {
  const grades = standard.grades.map(grade => {
    if (grade.code === 'AAA') return { ...grade, requires: [{ holds: { former: 'AA' }, words: '上一次评到 AA 或者更好', missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }] } as const;
    return grade.code === 'AA' ? { ...grade, atLeast: 82, below: undefined } : grade.code === 'A' ? { ...grade, below: 82 } : grade;
  });
  const indicators = standard.indicators.map(indicator => indicator.scoring?.kind !== 'events' ? indicator : {
    ...indicator, scoring: { ...indicator.scoring, items: indicator.scoring.items.map(item => item.key === 'volunteering' ? { ...item, points: 2 } : item.key === 'litter' ? { ...item, cured: -1 } : item) },
  });
  const draft: Standard = { ...standard, year: standard.year + 1, version: standard.version + 1, grades, indicators };
  const untrue = new Set(mismatches(compile(draft)).map(mismatch => mismatch.at));
  return { ...draft, examples: draft.examples.filter((_, at) => !untrue.has(at)) };
}

/** A draft for next year that nobody has adopted, tried on last year's round, which is over, and on this year's. */
export async function thinkAhead(story: Story, { township }: Settled, { county, rounds, today }: { readonly county: number; readonly rounds: readonly Round[]; readonly today: Day }): Promise<void> {
  story.goTo(addDays(today, -1));
  const actor = await story.as('biaozhun');
  const { standard } = await loadStandard(story.office.read, rounds[0]?.household_standard ?? '');
  const hash = await importStandard(story.office, actor, { county, source: stringify(JSON.parse(JSON.stringify(draftOf(standard))), { lineWidth: 0 }) });
  for (const round of rounds) {
    const { id } = await openSimulation(story.office, actor, { round: round.no, place: township.id, standard: hash, note: `明年想提高 AA 的分数线：按${round.name}的情况看` });
    await simulate(story.office, actor, id);
  }
}
