import type { Day } from '../kit/time.ts';
import type { Use } from './queries.ts';

/** How far a standard has come: kept, tried against its examples and the law, adopted, retired. `now` is where it stands, `care` where it is held up. */
export interface Step { readonly label: string; readonly state: 'done' | 'now' | 'care' | 'to-come' }

export function stateLine({ keptOn, examples, wrong, isLawful, use, since, until }: {
  readonly keptOn: Day; readonly examples: number; readonly wrong: number; readonly isLawful: boolean; readonly use: Use; readonly since: string; readonly until: string;
}): readonly Step[] {
  const isTested = wrong === 0 && isLawful;
  const tested = wrong > 0 ? `试过了：${wrong} 个例子对不上` : isLawful ? `试过了：${examples} 个例子都对` : '试过了：有不合规定的地方';
  const isTaken = use === 'adopted' || use === 'coming' || use === 'retired';
  return [
    { label: `收下：${keptOn}`, state: 'done' },
    { label: tested, state: !isTested ? 'care' : isTaken ? 'done' : 'now' },
    { label: isTaken ? `采用：${since} 起` : '采用', state: use === 'adopted' || use === 'coming' ? 'now' : isTaken ? 'done' : 'to-come' },
    { label: until === '' ? '停用' : `停用：${until} 起`, state: use === 'retired' ? 'now' : 'to-come' },
  ];
}
