import { put } from '../../src/standards/draft/edit/path.ts';
import { revise } from '../../src/standards/draft/revise.ts';
import { startDraft } from '../../src/standards/draft/start.ts';
import { loadStandard } from '../../src/standards/load.ts';
import { ancestorNo } from '../../src/places/place.ts';
import type { Settled } from './settle.ts';
import type { Story } from './story.ts';

/** The county writes on next year's standard: the best grade begins two points lower, and the examples do not know of it yet. */
export async function writeDraft(story: Story, { township }: Settled, { standard, year }: { readonly standard: string; readonly year: number }): Promise<void> {
  const { office } = story;
  const actor = await story.as('biaozhun');
  const body = { ...(await loadStandard(office.read, standard)).standard, title: '信用户评定标准', year };
  const id = await startDraft(office, actor, { county: ancestorNo(township.path, 'county') ?? 0, body, origin: '照今年的标准改' });
  await revise(office, actor, { id, seen: 1, path: [], members: ['grades'], address: 'grades', change: so => put(put(so, ['grades', 0, 'atLeast'], 88), ['grades', 1, 'below'], 88) });
}
