import { mustBeAsked } from '../observations/wanted.ts';
import { countsByVillage } from '../rounds/queries.ts';
import { tally } from '../rounds/stages.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import { sources, type Indicator } from '../standards/standard.ts';
import { linesOf, sumOver, type Line } from './lines.ts';
import { answerCounts, contestCounts } from './queries.ts';
import type { Report } from './report.ts';

/** 缺项表: for each indicator that the standard wants, how many households of a village have no answer yet. */
export const gapsReport: Report = {
  name: 'gaps', title: '缺项表', says: '每一项还缺多少户没填，看得出是哪个村、哪一项、该谁补。',
  async table({ read, round, villages }) {
    const nos = villages.map(village => village.no);
    const { coding } = await loadCoding(read, round.household_standard);
    const asked = wantedIn(coding);
    const scope = { round: round.no, villages: nos };
    const [lines, standings, answers, contests] = await Promise.all([linesOf(read, villages), countsByVillage(read, round.no, nos), answerCounts(read, scope, asked.map(one => one.no)), contestCounts(read, scope, 'village')]);
    const cellsOf = (line: Line) => {
      const own = new Set(line.villages.map(village => village.no));
      const all = tally(standings.filter(row => own.has(row.village))).all;
      const missing = asked.map(one => all - answers.filter(row => own.has(row.village) && row.indicator === one.no).reduce((sum, row) => sum + row.n, 0));
      return { place: line.label, all, ...Object.fromEntries(missing.map((n, at) => [`item${at}`, n])), contested: sumOver(contests, line.villages) };
    };
    return {
      columns: [
        { key: 'place', heading: '村（社区）', kind: 'text' }, { key: 'all', heading: '参评', kind: 'count' },
        ...asked.map(({ indicator }, at) => ({ key: `item${at}`, heading: `${indicator.title}（${sources[indicator.source]}）`, kind: 'count' as const })), { key: 'contested', heading: '两份不一样', kind: 'count' },
      ],
      rows: lines.map(line => ({ cells: cellsOf(line), ...line.villages.length === 1 ? { href: `/rounds/${round.id}/villages/${line.villages[0]?.id ?? ''}` } : {} })),
      total: { cells: cellsOf({ label: '合计', villages }) },
      notes: ['数字是还缺的户数，0 就是都齐了。括号里是该谁填。回答“不清楚”也算填了。可以不填的项目不在表里。'],
    };
  },
};

/** What a visit must bring, and what bank and bureaus owe; numbers of the dictionary. */
function wantedIn({ standard, numbers }: Coding): readonly { readonly indicator: Indicator; readonly no: number }[] {
  const isOwed = (indicator: Indicator): boolean => (indicator.source === 'bank' || indicator.source === 'bureau') && indicator.type !== 'events' && indicator.type !== 'derived' && indicator.optional !== true;
  return standard.indicators.flatMap((indicator, slot) => mustBeAsked(indicator) || isOwed(indicator) ? [{ indicator, no: numbers[slot] ?? -1 }] : []);
}
