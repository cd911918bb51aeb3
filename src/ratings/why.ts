import type { Knex } from 'knex';
import { dayOf } from '../kit/time.ts';
import { happeningOf } from '../observations/checks.ts';
import { pictureOf, type EventEntry, type Picture, type Sheet } from '../observations/observation.ts';
import { spreadWords, type Result } from '../peers/peer.ts';
import { resultsFor } from '../peers/queries.ts';
import { sheetsOf, sheetSources, type SheetSource } from '../observations/sheet.ts';
import { spanOf } from '../standards/bounds.ts';
import { loadStandard } from '../standards/load.ts';
import type { Standard } from '../standards/standard.ts';
import { ladder, pointsBar } from '../web/charts.ts';
import type { Markup } from '../web/markup.ts';
import { contextOf } from './bases.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { disputedIn, ratingTopic } from '../rounds/disputed.ts';
import { saidIn, type Statement } from '../rounds/statements.ts';
import { explain, type ExplainedLine, type Explanation } from './explain.ts';
import type { Lift } from './lift/lift.ts';
import { tellLift, type LiftTold } from './lift/words.ts';
import { adjustmentOf, gradeTable, type Rating } from './queries.ts';
import { factsUpTo } from './recheck.ts';

interface WhyLine { /** Its number on the printed sheet. */ readonly no: number; /** What an objection to it is about. */ readonly about: string; readonly clause: string; readonly anchor: string; readonly title: string; readonly fact: string; readonly rule: string; readonly note: string | null; readonly source: string; readonly got: string; readonly most: string; readonly bar: Markup; readonly contested: boolean; /** Somebody objects to it, and nobody has answered yet. */ readonly disputed: boolean; /** What the person says to it, and to what was written down for it. */ readonly said: readonly Statement[] }

/** Something written down that the result rests on, numbered on from the last line. */
export interface WhyEvent { readonly no: number; readonly about: string; readonly entry: EventEntry; readonly label: string; readonly disputed: boolean; readonly said: readonly Statement[] }

/** A kept rating told in full, worked out again from the sheets it saw. What a page or a printed sheet shows about it. */
export interface Why {
  readonly standard: Standard;
  readonly evaluation: Evaluation;
  readonly headline: string;
  readonly mark: ReturnType<ReturnType<typeof gradeTable>['mark']>;
  readonly isCredit: boolean;
  readonly isProvisional: boolean;
  readonly total: number;
  readonly most: string;
  readonly groups: readonly { readonly title: string; readonly got: string; readonly most: string; readonly note: string | null; readonly lines: readonly WhyLine[] }[];
  /** What was struck is not among them; what is shown no longer keeps its number, and whoever prints leaves it out. */
  readonly events: readonly WhyEvent[];
  /** What the person says to the result as a whole. */
  readonly said: readonly Statement[];
  readonly conditions: ReturnType<typeof explain>['conditions'];
  readonly vetoes: ReturnType<typeof explain>['vetoes'];
  readonly missing: readonly string[];
  readonly notes: readonly string[];
  readonly former: string | null;
  /** What would lift the grade, searched for when it is asked: in words, and for programs. None for a village or township, whose figures come from below, and for a grade moved by hand. */
  readonly lifted: (() => { readonly words: LiftTold; readonly lift: Lift }) | undefined;
  readonly ladder: Markup | undefined;
  readonly adjusted: { readonly from: string; readonly to: string; readonly reason: string; readonly on: string; readonly who: string } | undefined;
}

export async function tellWhy(read: Knex, rating: Rating): Promise<Why> {
  const [compiled, bySubject, disputed, said, moved] = await Promise.all([loadStandard(read, rating.standard), sheetsOf(read, rating.round, [rating.subject]), disputedIn(read, rating.round, rating.subject), saidIn(read, rating.round, rating.subject), rating.outcome === 'adjusted' ? adjustmentOf(read, rating) : undefined]);
  const { standard } = compiled;
  const sheets = (bySubject.get(rating.subject) ?? []).filter(sheet => sheet.seq <= rating.sheet);
  const picture = pictureOf(sheets);
  const [facts, context] = [factsUpTo(standard, sheets, rating), await contextOf(read, rating)];
  const evaluation = evaluate(compiled, facts, context);
  const told = explain(standard, evaluation);
  const table = gradeTable(standard);
  const given = table.mark(rating.grade);
  const numbers = new Map(told.groups.flatMap(group => group.lines).map((line, at) => [line, at + 1]));
  const sourceOf = sourcesIn(picture, sheets, rating.day, standard.indicators.some(one => one.source === 'reviewers') ? await resultsFor(read, rating.round, rating.subject) : new Map(), standard.indicators);
  return {
    standard, evaluation, headline: told.headline, mark: given, isCredit: rating.credit === 1, isProvisional: told.isProvisional, total: rating.points,
    most: standard.total?.cap === undefined ? String(told.groups.reduce((sum, group) => sum + Number(group.most), 0)) : String(standard.total.cap),
    groups: told.groups.map(group => ({
      title: group.title, got: group.points, most: group.most, note: group.note,
      lines: group.lines.map(line => ({
        no: numbers.get(line) ?? 0, about: `value:${line.key}`, clause: line.clause, anchor: line.anchor, title: line.title, fact: line.fact, rule: line.rule, note: line.note, source: sourceOf(line), got: line.points, most: line.most,
        bar: pointsBar(Math.round(Number(line.points) * 100), Math.round(Number(line.most) * 100)), contested: picture.fields.get(line.key)?.kind === 'contested', disputed: disputed.has(`value:${line.key}`) || [...picture.events].some(([id, event]) => event.entry.indicator === line.key && disputed.has(`event:${id}`)),
        said: [...said.values()].flat().filter(one => one.indicator === line.key),
      })),
    })),
    events: [...picture.events.values()].filter(event => event.voided === undefined).map(({ entry }, at) => ({ no: numbers.size + at + 1, about: `event:${entry.id}`, entry, label: happeningOf(standard, entry)?.label ?? entry.option, disputed: disputed.has(`event:${entry.id}`), said: said.get(`event:${entry.id}`) ?? [] })), said: said.get(ratingTopic) ?? [],
    conditions: told.conditions, vetoes: told.vetoes, missing: told.missing, notes: told.notes, former: told.former, lifted: isOwn(standard) && rating.outcome !== 'adjusted' ? () => tellLift({ compiled, facts, context, evaluation }) : undefined,
    ladder: standard.categories.length === 0 ? undefined : ladderOf(standard, rating, told),
    adjusted: moved === undefined ? undefined : { from: table.mark(moved.grade).code, to: given.code, reason: moved.reason, on: dayOf(moved.at), who: await nameOf(read, moved.by) },
  };
}

/** Who gave the value a line rests on, and on which day: 「农商行 11-02」. */
function sourcesIn(picture: Picture, sheets: readonly Sheet[], day: string, results: ReadonlyMap<string, Result>, indicators: Standard['indicators']): (line: ExplainedLine) => string {
  const told = (seq: number): string => {
    const sheet = sheets.find(each => each.seq === seq);
    return sheet === undefined ? '' : `${sheetSources[sheet.source as SheetSource] ?? sheet.source} ${shortDay(dayOf(sheet.at), day)}`;
  };
  return line => {
    const field = picture.fields.get(line.key);
    const [indicator, result] = [indicators.find(one => one.key === line.key), results.get(line.key)];
    if (field?.kind === 'current') return `${told(field.stand.seq)}${indicator === undefined || result === undefined ? '' : `，${spreadWords(indicator, result)}`}`;
    const last = [...picture.events.values()].filter(event => event.entry.indicator === line.key && event.voided === undefined).map(event => event.seq).sort((a, b) => b - a)[0];
    return last === undefined ? line.source === '系统算出' ? line.source : '' : told(last);
  };
}

const shortDay = (on: string, now: string): string => on.slice(0, 4) === now.slice(0, 4) ? on.slice(5) : on;

/** Rated on what one does oneself. */
const isOwn = ({ subject }: Standard): boolean => subject === 'household' || subject === 'person';

function ladderOf(standard: Standard, rating: Rating, { gap, notes }: Pick<Explanation, 'gap' | 'notes'>): Markup {
  const rungs = standard.grades.map(grade => ({ code: grade.code, from: spanOf(grade, 100).from })).filter(rung => Number.isFinite(rung.from)).reverse();
  const least = Math.max(0, Math.min(5_000, (rungs[0]?.from ?? 6_000) - 1_000, Math.floor(rating.points / 1_000) * 1_000));
  return ladder(rating.points, rungs, [`${rating.points / 100} 分`, ...gap === null ? [] : [gap], ...notes].join('，'), least);
}

async function nameOf(read: Knex, officer: string): Promise<string> {
  const row: { name: string } | undefined = await read('officers').where({ id: officer }).first('name');
  return row?.name ?? '命令行';
}
