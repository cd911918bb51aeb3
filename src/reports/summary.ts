import { gradesOf } from '../panels/grades.ts';
import { percent } from '../web/helpers.ts';
import { countsByVillage } from '../rounds/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { tally } from '../rounds/stages.ts';
import { linesOf, sumOver, type Line } from './lines.ts';
import { gradeCounts, householdsByVillage, type GradeCount } from './queries.ts';
import type { Report, ReportColumn, ReportRow, ReportTable } from './report.ts';
import { guardSmall, smallCell } from './small-cells.ts';
import { gradeSign } from '../standards/standard.ts';

const count = (key: string, heading: string): ReportColumn => ({ key, heading, kind: 'count' });

/** 汇总表: households by grade in each village, credit households against the register and against the round before. */
export const summaryReport: Report = {
  name: 'summary', title: '评定结果汇总表', says: '各村各等级多少户，信用户占多少，比上一轮多了还是少了。',
  async table(asked) {
    const { read, round, villages } = asked;
    const nos = villages.map(village => village.no);
    const [lines, households, standings, counts, grades, before] = await Promise.all([
      linesOf(read, villages), householdsByVillage(read, nos), countsByVillage(read, round.no, nos), gradeCounts(read, [round.no, ...round.previous_no === null ? [] : [round.previous_no]], nos),
      gradesOf(read, round.household_standard).then(table => table.rows), round.previous_no === null ? undefined : roundByNo(read, round.previous_no),
    ]);
    const figures = (line: Line): Figures => {
      const own = new Set(line.villages.map(village => village.no));
      const rows = counts.filter(row => own.has(row.village));
      const now = rows.filter(row => row.round === round.no);
      return {
        households: sumOver(households, line.villages), all: tally(standings.filter(row => own.has(row.village))).all, rated: sum(now),
        byGrade: grades.map((_, at) => sum(now.filter(row => row.grade === at))), below: sum(now.filter(row => row.grade < 0)),
        credit: sum(now.filter(row => row.credit === 1)), before: before === undefined ? undefined : sum(rows.filter(row => row.round !== round.no && row.credit === 1)),
      };
    };
    const all = lines.map(line => ({ line, figures: figures(line), sees: line.villages.every(asked.sees) }));
    const guard = guardSmall(all.map(one => ({ rated: one.figures.rated, sees: one.sees })));
    return {
      columns: columnsOf(grades, before?.name),
      rows: all.map(({ line, figures: own }, at) => rowOf(line.label, own, { hide: guard.hidden[at] === true, ...line.villages.length === 1 ? { href: `/rounds/${round.id}/villages/${line.villages[0]?.id ?? ''}` } : {} })),
      total: rowOf('合计', figures({ label: '', villages }), { hide: guard.hideTotal }),
      notes: notesOf(guard.hidden.includes(true), before?.name),
    };
  },
};

interface Figures {
  readonly households: number; readonly all: number; readonly rated: number; readonly byGrade: readonly number[]; readonly below: number; readonly credit: number;
  /** Credit households of the round before; undefined when there was none. */
  readonly before: number | undefined;
}

const sum = (rows: readonly GradeCount[]): number => rows.reduce((all, row) => all + row.n, 0);

function columnsOf(grades: readonly { readonly code: string; readonly label: string }[], before: string | undefined): readonly ReportColumn[] {
  return [
    { key: 'place', heading: '村（社区）', kind: 'text' }, count('households', '在册户数'), count('all', '参评'), count('rated', '已评'),
    ...grades.map((grade, at) => count(`grade${at}`, gradeSign(grade))), count('below', '没有等级'),
    count('credit', '信用户'), count('share', '占在册户'),
    ...before === undefined ? [] : [count('before', `${before}信用户`), count('change', '变化')],
  ];
}

function rowOf(label: string, figures: Figures, { hide, href }: { readonly hide: boolean; readonly href?: string }): ReportRow {
  const open = { place: label, households: figures.households, all: figures.all };
  if (hide) return { cells: { ...open, rated: '人数太少，不显示' }, ...href === undefined ? {} : { href } };
  return {
    cells: {
      ...open, rated: figures.rated, below: figures.below, credit: figures.credit, ...figures.rated === 0 ? {} : { share: percent(figures.credit, figures.households) },
      ...Object.fromEntries(figures.byGrade.map((n, at) => [`grade${at}`, n])),
      ...figures.before === undefined ? {} : { before: figures.before, change: figures.rated < figures.all ? '还在评' : changeWords(figures.credit - figures.before) },
    }, ...href === undefined ? {} : { href },
  };
}

const changeWords = (by: number): string => by === 0 ? '没变' : by > 0 ? `多 ${by}` : `少 ${-by}`;

const notesOf = (isHidden: boolean, before: string | undefined): ReportTable['notes'] => [
  '已评的含还在公示和审核的户，批准以前都可能再变。没有参评、没有等级都不说明信用不好。',
  before === undefined ? '这里是第一轮，没有上一轮可比。' : '参评的户都评出来了，才和上一轮比。',
  ...isHidden ? [`已评不到 ${smallCell} 户的村不显示等级，免得认出是哪一家。`] : [],
];
