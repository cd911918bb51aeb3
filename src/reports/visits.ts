import { percent } from '../web/helpers.ts';
import { placesBelow } from '../places/queries.ts';
import { tally } from '../rounds/stages.ts';
import { linesOf } from './lines.ts';
import { begunCounts, contestCounts, standingCounts, unsignedCounts, type By } from './queries.ts';
import type { Asked, Report, ReportColumn, ReportRow } from './report.ts';

const count = (key: string, heading: string): ReportColumn => ({ key, heading, kind: 'count' });

/** 走访进度: how far the visits of each village are; within one village, of each grid. */
export const visitsReport: Report = {
  name: 'visits', title: '走访进度表', says: '各村（一个村时按网格）走到哪里了，还差多少户，哪些先要签授权。',
  async table(asked) {
    const { read, round, villages, day } = asked;
    const scope = { round: round.no, villages: villages.map(village => village.no) };
    const by: By = villages.length === 1 ? 'grid' : 'village';
    const [units, standings, begun, unsigned, contests] = await Promise.all([
      unitsOf(asked, by), standingCounts(read, scope, by), begunCounts(read, scope, by), unsignedCounts(read, scope, day, by), contestCounts(read, scope, by),
    ]);
    const rowFor = (label: string, keys: readonly number[], href?: string): ReportRow => {
      const own = new Set(keys);
      const pick = (counts: ReadonlyMap<number, number>): number => keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
      const mine = standings.filter(row => own.has(row.key));
      const sum = tally(mine.map(row => ({ village: row.key, standing: row.standing, cases: row.n, held: 0 })));
      return {
        cells: {
          place: label, all: sum.all, collected: sum.collected, share: percent(sum.collected, sum.all), begun: pick(begun), fresh: sum.at.open - pick(begun),
          unsigned: pick(unsigned), contested: pick(contests), returned: mine.filter(row => row.standing === 'returned').reduce((all, row) => all + row.n, 0), excused: sum.excused,
        }, ...href === undefined ? {} : { href },
      };
    };
    const listed = new Set(units.flatMap(unit => unit.keys));
    const stray = [...new Set(standings.map(row => row.key))].filter(key => !listed.has(key));
    const rows = [...units, ...stray.length === 0 ? [] : [{ label: '没分网格的', keys: stray, href: undefined }]];
    return {
      columns: [{ key: 'place', heading: by === 'grid' ? '网格' : '村（社区）', kind: 'text' }, count('all', '参评'), count('collected', '采集好'), count('share', '采集好占'), count('begun', '做了一半'), count('fresh', '还没去'),
        count('unsigned', '先签授权'), count('contested', '两份不一样'), count('returned', '退回再看'), count('excused', '未参评')],
      rows: rows.map(row => rowFor(row.label, row.keys, row.href)),
      total: rowFor('合计', rows.flatMap(row => row.keys)),
      notes: [`采集到 ${round.collect_until}。先签授权的户也数在“还没去”或“做了一半”里。`],
    };
  },
};

interface Unit { readonly label: string; readonly keys: readonly number[]; readonly href: string | undefined }

async function unitsOf({ read, round, villages }: Asked, by: By): Promise<readonly Unit[]> {
  const [only] = villages;
  if (by === 'grid' && only !== undefined) return (await placesBelow(read, only.path, 'grid')).map(grid => ({ label: grid.name, keys: [grid.no], href: undefined }));
  return (await linesOf(read, villages)).map(line => ({
    label: line.label, keys: line.villages.map(village => village.no), href: line.villages.length === 1 ? `/rounds/${round.id}/villages/${line.villages[0]?.id ?? ''}` : undefined,
  }));
}
