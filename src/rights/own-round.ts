import type { Knex } from 'knex';
import type { RoundLine } from '../households/looks.ts';
import { dayOf, type Day } from '../kit/time.ts';
import { happeningOf } from '../observations/checks.ts';
import { isOver } from '../observations/span.ts';
import { sheetSources, type SheetSource } from '../observations/sheet.ts';
import { factWords } from '../observations/words.ts';
import { worldOf, type World } from '../observations/world.ts';
import { officerNames } from '../people/queries.ts';
import { ratingInForce } from '../ratings/queries.ts';
import { tellWhy, type Why } from '../ratings/why.ts';
import { markWords } from '../rounds/case.ts';
import { marksOf } from '../rounds/queries.ts';
import { roundById } from '../rounds/round.ts';

interface Line { readonly title: string; readonly fact: string; readonly source: string; readonly points: string }
/** One round as its household may read it: what is written, who gave it and when, what it was worth, and which people decided. */
export interface RoundReport {
  readonly name: string;
  readonly result: { readonly grade: string; readonly points: number; readonly day: Day; readonly standard: string; readonly provisional: boolean; readonly adjusted: string | undefined } | undefined;
  readonly lines: readonly Line[];
  readonly events: readonly { readonly day: Day; readonly what: string; readonly source: string; readonly now: string }[];
  readonly decided: readonly string[];
  readonly certificate: string | undefined;
}

export async function roundReport(read: Knex, household: { readonly no: number; readonly id: string }, line: RoundLine, day: Day): Promise<RoundReport> {
  const round = await roundById(read, line.id);
  const [world, rating, marks] = await Promise.all([worldOf(read, round.no, household.id), ratingInForce(read, round.no, household.no), marksOf(read, round.no, household.no)]);
  const why = rating === undefined ? undefined : await tellWhy(read, rating);
  const names = await officerNames(read, world.sheets.map(sheet => sheet.by));
  const given = sourceIn(world, names);
  return {
    name: line.name,
    result: rating === undefined || why === undefined ? undefined : { grade: why.mark.words === why.mark.code ? why.mark.code : `${why.mark.code}（${why.mark.words}）`, points: why.total / 100, day: rating.day, standard: why.standard.title, provisional: why.isProvisional, adjusted: why.adjusted === undefined ? undefined : `${why.adjusted.on} 评定委员会由 ${why.adjusted.from} 调成 ${why.adjusted.to}：${why.adjusted.reason}` },
    lines: linesIn(world, given, why),
    events: [...world.picture.events.values()].toSorted((a, b) => a.entry.day < b.entry.day ? 1 : -1).map(event => ({
      day: event.entry.day, what: `${happeningOf(world.compiled.standard, event.entry)?.label ?? event.entry.option}${event.entry.note === undefined || event.entry.note === '' ? '' : `：${event.entry.note}`}`, source: given(event.seq),
      now: event.voided !== undefined ? `撤掉了：${event.voided.why}` : isOver(world.compiled.standard, event.entry, day) ? '过了期或者修复了，不再算、不再给人看' : event.cured !== undefined ? `${event.cured.on} 改正了` : '',
    })),
    decided: marks.filter(one => ['preliminary', 'reviewed', 'returned', 'adjusted', 'approved', 'published', 'checked', 'cancelled', 'reopened'].includes(one.mark)).map(one => `${dayOf(one.at)} ${markWords[one.mark]}${one.who === null ? '' : `，${one.who}`}${one.words === null || one.words === '' ? '' : `：${one.words}`}`),
    certificate: line.certificate === null ? undefined : `证书 ${line.certificate}，${line.grade ?? ''}，${line.revoked === null ? `到 ${line.until ?? ''} 有效` : `${line.revoked} 失效`}`,
  };
}

const sourceIn = ({ sheets }: World, names: ReadonlyMap<string, string>) => (seq: number): string => {
  const sheet = sheets.find(one => one.seq === seq);
  if (sheet === undefined) return '';
  return [sheetSources[sheet.source as SheetSource] ?? sheet.source, names.get(sheet.by) ?? '', dayOf(sheet.at)].filter(Boolean).join(' ');
};

/** Every value that is written, with its points where it has some; then what was worked out from others. */
function linesIn({ compiled, picture }: World, given: (seq: number) => string, why: Why | undefined): readonly Line[] {
  const scored = new Map((why?.groups ?? []).flatMap(group => group.lines).map(line => [line.title, line]));
  const points = (title: string): string => { const line = scored.get(title); return line === undefined ? '' : `${line.got} / ${line.most}`; };
  const written = compiled.standard.indicators.flatMap(indicator => {
    const field = picture.fields.get(indicator.key);
    if (field === undefined) return [];
    if (field.kind === 'current') return [{ title: indicator.title, fact: factWords(indicator, field.stand.fact), source: given(field.stand.seq), points: points(indicator.title) }];
    return [field.theirs, field.ours].map(stand => ({ title: indicator.title, fact: `${factWords(indicator, stand.fact)}（两份不一样，等村里定）`, source: given(stand.seq), points: '' }));
  });
  const titles = new Set(written.map(line => line.title));
  return [...written, ...[...scored.values()].filter(line => !titles.has(line.title)).map(line => ({ title: line.title, fact: line.fact, source: line.source, points: `${line.got} / ${line.most}` }))];
}
