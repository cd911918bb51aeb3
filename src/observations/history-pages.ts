import { crumbsOf, usesTablet } from '../households/visiting.ts';
import type { Indicator } from '../standards/standard.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { caseAt } from './case-at.ts';
import { saidOfEvent } from './event-history.ts';
import { isNotAsked, pictureOf, type Sheet } from './observation.ts';
import { happeningOf } from './checks.ts';
import { missedAt } from './missed.ts';
import { heading } from './present.ts';
import { officerNames } from './queries.ts';
import { isOver } from './span.ts';
import { sheetSources, type SheetSource } from './sheet.ts';
import { factWords } from './words.ts';

/** Who said what, when and from where, question by question and thing by thing; nothing that was ever written is missing. */
async function showHistory(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const { sheets, picture, compiled } = at.world;
  const missed = await missedAt(visit.office.read, at.world.round.no, at.loaded.row.no);
  const names = await officerNames(visit.office.read, [...sheets, ...missed].map(one => one.by));
  const fields = compiled.standard.indicators.flatMap(indicator => {
    const photos = new Set(sheets.flatMap(sheet => sheet.evidence[indicator.key] ?? []));
    const told = sheets.filter(sheet => sheet.values[indicator.key] !== undefined || sheet.evidence[indicator.key] !== undefined || sheet.removed.some(id => photos.has(id)));
    if (told.length === 0) return [];
    const now = picture.fields.get(indicator.key);
    return [{
      title: indicator.title,
      lines: told.toReversed().map(sheet => {
        const upTo = pictureOf(sheets.filter(each => each.seq <= sheet.seq)).fields.get(indicator.key);
        const stands = now?.kind === 'current' && now.stand.seq === sheet.seq;
        const waits = now?.kind === 'contested' && (now.theirs.seq === sheet.seq || now.ours.seq === sheet.seq);
        const state = stands ? { icon: 'tick', kind: 'done', words: '现在用这个' } : waits ? { icon: 'triangle', kind: 'care', words: '等村里定' } : { icon: 'again', kind: '', words: sheet.settles.includes(indicator.key) ? '村里定的，后来又改' : upTo?.kind === 'contested' ? '当时和别人的不一样' : '后来改过' };
        return {
          words: saidIn(sheet, indicator, photos), who: names.get(sheet.by) ?? '', at: sheet.at, source: sheetSources[sheet.source as SheetSource],
          state: sheet.values[indicator.key] === undefined ? undefined : state, photos: (sheet.evidence[indicator.key] ?? []).map(id => `/evidence/${id}`), settled: sheet.settles.includes(indicator.key),
        };
      }),
    }];
  });
  const happened = [...picture.events.values()].filter(({ entry }) => !isOver(compiled.standard, entry, visit.day)).toSorted((a, b) => a.entry.day < b.entry.day ? 1 : -1).map(({ entry }) => ({
    title: `${dayWords(entry.day)} ${happeningOf(compiled.standard, entry)?.label ?? entry.option}`,
    lines: sheets.toReversed().flatMap(sheet => saidOfEvent(sheet, entry.id).map(said => ({ ...said, who: names.get(sheet.by) ?? '', at: sheet.at, source: sheetSources[sheet.source as SheetSource] }))),
  }));
  return page('observations/history', {
    title: `经过 ${heading(at).number} ${heading(at).name}`, tablet: usesTablet(visit), ...heading(at), href: at.href, fields, happened, missed: missed.map(one => ({ ...one, who: names.get(one.by) ?? '' })), round: at.world.round.name,
    crumbs: usesTablet(visit) ? [{ label: '今天', href: '/today' }, { label: `${heading(at).number} ${heading(at).name}`, href: at.href }] : await crumbsOf(visit, at.loaded, '采集经过'),
  });
}

/** One sheet's word on one question: the answer, photos brought, photos taken away. */
function saidIn(sheet: Sheet, indicator: Indicator, photos: ReadonlySet<string>): string {
  const fact = sheet.values[indicator.key];
  const [brought, dropped] = [(sheet.evidence[indicator.key] ?? []).length, sheet.removed.filter(id => photos.has(id)).length];
  return [
    ...fact === undefined ? [] : [isNotAsked(fact) ? '撤回，当作没问过' : factWords(indicator, fact)],
    ...brought === 0 ? [] : [`照片 ${brought} 张`], ...dropped === 0 ? [] : [`去掉照片 ${dropped} 张`],
  ].join('，');
}

export const historyRoutes: readonly Route[] = [get('/observations/:round/:household/history', { power: 'observation.read', handle: showHistory })];
