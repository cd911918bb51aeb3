import type { Knex } from 'knex';
import { citationsIn } from '../clauses.ts';
import { loadStandard } from '../load.ts';
import { standardRows, type StandardRow } from '../queries.ts';
import { pointsText, publicPlaces, hundredths, type Standard } from '../standard.ts';

/** A part of a standard that cites a legal basis, and what comes of it when the basis is gone. */
export interface Citation {
  readonly clause: string;
  readonly title: string;
  readonly what: string;
  /** Other bases that it cites as well. */
  readonly others: readonly string[];
  /** What happens once none of them is in force. */
  readonly then: string;
}

/** Everything in a standard that cites a basis: collecting, deductions, vetoes, preconditions. */
export function citationsOf(standard: Standard, id: string): readonly Citation[] {
  const { cite } = citationsIn(standard);
  const found: Citation[] = [];
  const add = (cited: readonly string[] | undefined, citation: Omit<Citation, 'others'>): void => { if (cited?.includes(id) === true) found.push({ ...citation, others: cited.filter(other => other !== id) }); };
  for (const indicator of standard.indicators) {
    const clause = cite(`indicator:${indicator.key}`);
    add(indicator.legalBasis, {
      clause, title: indicator.title, what: indicator.scoring === undefined || indicator.category === undefined ? '采集，只看不打分' : '采集和给分',
      then: indicator.neutral !== undefined ? `一律给 ${pointsText(hundredths(indicator.neutral))} 分` : indicator.scoring?.kind === 'events' ? '各件事按自己的依据算' : '不该再采，标准要出新版',
    });
    for (const option of indicator.options ?? []) add(option.legalBasis, { clause, title: `${indicator.title}：${option.label}`, what: '这一选项的分', then: `给 ${pointsText(hundredths(indicator.neutral ?? 0))} 分` });
    if (indicator.scoring?.kind === 'events') for (const item of indicator.scoring.items) add(item.legalBasis, { clause, title: item.label, what: '记这件事的分', then: '不再算' });
  }
  for (const veto of standard.vetoes) add(veto.legalBasis, { clause: cite(`veto:${veto.key}`), title: veto.title, what: '一票否决', then: '不再否决' });
  for (const each of standard.preconditions) add(each.legalBasis, { clause: cite(`precondition:${each.key}`), title: each.title, what: '先要达到的条件', then: '先放一边，不再要求' });
  for (const rule of standard.publication ?? []) add(rule.legalBasis, { clause: cite('whole:publication'), title: publicPlaces[rule.board], what: '公布姓名', then: '不该再公布，标准要出新版' });
  return found;
}

export interface Citing { readonly row: StandardRow; readonly citations: readonly Citation[] }

/** The kept standards that cite each basis. */
export async function citingStandards(read: Knex): Promise<ReadonlyMap<string, readonly Citing[]>> {
  const found = new Map<string, Citing[]>();
  for (const row of await standardRows(read)) {
    const { standard } = await loadStandard(read, row.hash);
    for (const { id } of standard.legalBases) {
      const citing: Citing = { row, citations: citationsOf(standard, id) };
      const own = found.get(id);
      if (own === undefined) found.set(id, [citing]); else own.push(citing);
    }
  }
  return found;
}
