import type { Sheet } from './observation.ts';

/** One sheet's word on one thing that happened. */
export function saidOfEvent(sheet: Sheet, id: string): readonly { readonly words: string; readonly photos: readonly string[] }[] {
  const line = (words: string, evidence: readonly string[] = []) => ({ words, photos: evidence.map(photo => `/evidence/${photo}`) });
  return [
    ...sheet.events.filter(event => event.id === id).map(event => line(`记下：${event.note}${event.cured === undefined ? '' : `。上一轮已于 ${event.cured.on} 改正：${event.cured.note}`}`, event.evidence)),
    ...sheet.voided.filter(event => event.id === id).map(event => line(`撤掉：${event.why}`)), ...sheet.restored.filter(each => each === id).map(() => line('重新算数')),
    ...sheet.cured.filter(cure => cure.id === id).map(cure => line(`已于 ${cure.on} 改正：${cure.note}`, cure.evidence)), ...sheet.uncured.filter(each => each === id).map(() => line('改正记错了，还没有改正')),
    ...sheet.spans.filter(span => span.id === id).map(span => line(span.until === undefined ? `告知过，从 ${span.from} 起算分` : `修复了，从 ${span.until} 起不再算分`)),
  ];
}
