import { typed, type Field, type Form } from '../../kit/form.ts';
import { common } from '../../kit/refusals.ts';
import { later } from '../../kit/later.ts';
import { formModel } from '../../web/form-model.ts';
import { page, seeOther, type Reply } from '../../web/reply.ts';
import type { Trouble as Refused } from '../../web/route.ts';
import type { Visit } from '../../web/visit.ts';
import { taken } from '../../kit/faults.ts';
import { current, lawRegister } from '../law/register.ts';
import { legalLevels } from '../standard.ts';
import { readStandard } from '../read.ts';
import { categoriesOf } from './around.ts';
import { addRow } from './edit/rows.ts';
import { rows, type Body } from './edit/path.ts';
import { entryForm, exampleForm, namedForm } from './form.ts';
import { listAct, listAt, newTypes, withEntry, type Entry, type Listed } from './lists.ts';
import { bodyIn, frameOf } from './pages.ts';
import { cellsOf, differing, edited, rowAct, shownOf } from './pane.ts';
import { typedBody } from './typed.ts';
import { openPane, type Opened } from './panes.ts';
import { presentPane, presentWeight } from './present.ts';
import { draftFor, type Draft } from './queries.ts';
import { revise } from './revise.ts';
import { titleAt } from './titles.ts';
import { findingsOn } from './troubles.ts';
import { inReadingOrder, sentences } from './words.ts';
import { worked } from './work.ts';

const yaml = later<typeof import('yaml')>('yaml');
const addressIn = (visit: Visit): string => visit.params['at'] ?? '';
const seenOf = (visit: Visit): number => Number(typed(visit.raw, 'seen'));

/** One page of a draft: a form, a list of entries, or the whole text. */
export async function showEdit(visit: Visit, trouble?: Refused): Promise<Reply> {
  const { draft, body } = await draftFor(visit, visit.params['id']);
  const address = addressIn(visit);
  if (address === 'text') return showText(visit, draft, body, trouble);
  const list = listAt(address);
  if (list !== undefined) return showList(visit, draft, body, list, trouble);
  const open = openPane(body, address) ?? common.refuse('not-found');
  return showPane(visit, draft, { body, open, trouble });
}

interface Showing { readonly body: Body; readonly open: Opened; readonly trouble?: Refused | undefined; readonly saying?: string }

async function showPane(visit: Visit, draft: Draft, { body, open, trouble, saying }: Showing): Promise<Reply> {
  const { pane, address, path } = open;
  const found = await findingsOn(visit.office.read, body);
  // A refused page shows what was typed; with nothing refused it shows the draft.
  const raw = trouble === undefined ? undefined : visit.raw;
  const parts = pane.parts(body, path);
  const others = trouble?.code === 'draft-changed' && raw !== undefined ? differing(body, parts, raw).flatMap(cell => Object.entries(cell.fields).map(([name, field]) => ({ label: field.label, now: typed(shownOf(body, [cell]), name), own: typed(raw, name) }))).filter(each => each.now !== each.own) : [];
  const turn = pane.turn?.(body, path);
  const heading = pane.title(body, path);
  return page('standards/draft/edit', {
    title: heading, ...await frameOf(visit, { draft }), heading, crumbs: crumbsOf(draft, address), address, ...presentPane({ body, open, raw, faults: trouble?.faults ?? [], troubles: found.troubles }),
    turn: turn === undefined ? undefined : { ...turn, options: turn.options.map(option => ({ ...option, isNow: option.key === turn.now })) }, siblings: siblingsOf(draft.id, address), canWork: address.startsWith('examples.'), hasForm: parts.length > 0,
    words: saying, faults: formModel({ fields: Object.assign({}, ...cellsOf(body, parts).map(cell => cell.fields)) as Parameters<typeof formModel>[0]['fields'] }, { faults: trouble?.faults ?? [] }).faults.filter(each => each.id !== ''),
    others, weight: presentWeight(body, found, { id: draft.id, address }),
  });
}

/** The four pages of an indicator stand beside each other. */
function siblingsOf(id: string, address: string): readonly { readonly href: string; readonly label: string; readonly isHere: boolean }[] {
  const found = /^indicators\.(\d+)(?:\.(scoring|purpose|derive))?$/.exec(address);
  return found === null ? [] : [['', '问什么'], ['.scoring', '怎么给分'], ['.purpose', '凭什么问'], ['.derive', '怎么得来']].map(([end = '', label = '']) => ({ href: `/drafts/${id}/indicators.${found[1] ?? ''}${end}`, label, isHere: address === `indicators.${found[1] ?? ''}${end}` }));
}

function crumbsOf(draft: Draft, address: string): readonly { readonly label: string; readonly href?: string }[] {
  const steps = address.split('.');
  const here = `/drafts/${draft.id}`;
  const above = steps.length > 1 && steps[0] !== undefined ? [{ label: titleAt(address), href: `${here}/${steps[0]}` }] : [];
  const deeper = steps.length > 3 && steps[0] === 'indicators' ? [{ label: '这一项', href: `${here}/${steps.slice(0, 2).join('.')}${steps.includes('scoring') ? '.scoring' : ''}` }] : [];
  const deepest = steps.length > 5 ? [{ label: '这件事', href: `${here}/${steps.slice(0, 5).join('.')}` }] : [];
  return [{ label: '评定标准', href: '/standards' }, { label: draft.title, href: here }, ...above, ...deeper, ...deepest, { label: steps.length > 1 ? '修改' : titleAt(address) }];
}

/** Entries of the register that the draft does not cite yet. */
async function offered(visit: Visit, body: Body): Promise<readonly { readonly value: string; readonly label: string }[]> {
  const own = new Set(rows(body, ['legalBases']).map(row => row['id']));
  return [...await lawRegister(visit.office.read)].flatMap(([id, versions]) => { const one = current(versions, visit.day); return one === undefined || own.has(id) ? [] : [{ value: id, label: `《${one.law}》${one.article}（${legalLevels[one.level]}）` }]; }).sort((a, b) => a.label < b.label ? -1 : 1);
}

async function showList(visit: Visit, draft: Draft, body: Body, list: Listed, trouble?: Refused): Promise<Reply> {
  const found = await findingsOn(visit.office.read, body);
  const form = formModel(formOf(list, body), trouble === undefined ? {} : { raw: visit.raw, faults: trouble.faults });
  const categories = new Map(categoriesOf(body).map(({ key, label }) => [key, label]));
  return page('standards/draft/list', {
    title: list.title, ...await frameOf(visit, { draft }), heading: list.title, crumbs: crumbsOf(draft, list.address), address: list.address, empty: list.empty, hint: list.hint, form, register: list.address === 'legalBases' ? await offered(visit, body) : [],
    rows: rows(body, [list.address]).map((row, at) => ({
      at, href: `/drafts/${draft.id}/${list.address}.${at}`, ...entryWords(row, categories),
      wrong: found.troubles.filter(each => each.at[0] === list.address && each.at[1] === at).length, canUp: at > 0,
    })),
    loose: found.troubles.filter(each => each.address === list.address).map(({ say, remedy }) => sentences(say, remedy)), weight: presentWeight(body, found, { id: draft.id, address: list.address }),
  });
}

/** What is asked of a new entry. */
function formOf({ address }: Listed, body: Body): Form<Readonly<Record<string, Field<unknown>>>> {
  if (address === 'indicators') return entryForm(newTypes, categoriesOf(body));
  return address === 'examples' ? exampleForm(rows(body, ['examples']).map((row, at) => ({ key: String(at), label: String(row['title'] ?? at + 1) }))) : namedForm;
}

/** An entry in its list: its name, and what it is. */
function entryWords(row: Body, categories: ReadonlyMap<string, string>): { readonly title: string; readonly words: string } {
  if (row['law'] !== undefined) return { title: `《${String(row['law'])}》${String(row['article'] ?? '')}`, words: String(row['note'] ?? '') };
  const type = newTypes.find(each => each.key === row['type']);
  return { title: String(row['title'] ?? '没有名称'), words: type === undefined ? String(row['words'] ?? row['day'] ?? '') : `${type.label}，${categories.get(String(row['category'])) ?? '不打分'}` };
}

async function showText(visit: Visit, draft: Draft, body: Body, trouble?: Refused): Promise<Reply> {
  const text = trouble === undefined ? yaml().stringify(inReadingOrder(body), { lineWidth: 0 }) : typed(visit.raw, 'text');
  const found = await findingsOn(visit.office.read, body);
  // Our own text of a whole draft needs no reading to know that it can be read.
  const read = trouble === undefined && found.standard !== undefined ? undefined : readStandard(text);
  const lines = text.split(/\r?\n/);
  return page('standards/draft/text', {
    title: '全文', ...await frameOf(visit, { draft }), heading: '全文', crumbs: crumbsOf(draft, 'text'), text, isStale: trouble?.code === 'draft-changed', fault: trouble?.faults[0]?.say,
    faults: read !== undefined && 'faults' in read ? read.faults.slice(0, 100).map(({ line = 1, say, remedy }) => ({ line, say, remedy, written: (lines[line - 1] ?? '').trim().slice(0, 80) })) : [], weight: presentWeight(body, found, { id: draft.id, address: 'text' }),
  });
}

/** Whatever a page of a draft sends: its fields, with what one of its buttons does. */
export async function takeEdit(visit: Visit): Promise<Reply> {
  const { draft, body } = await draftFor(visit, visit.params['id']);
  const [address, wish, list] = [addressIn(visit), typed(visit.raw, 'do'), listAt(addressIn(visit))];
  const here = `/drafts/${draft.id}/${address}`;
  const saved = (words: string, url = here): Reply => seeOther(url, words);
  if (address === 'text') {
    const text = bodyIn(typed(visit.raw, 'text'), 'text');
    await revise(visit.office, visit.actor, { id: draft.id, seen: seenOf(visit), path: [], address, isTyped: true, change: () => text });
    return saved('全文存好了。');
  }
  if (list !== undefined) return takeEntry(visit, draft, body, list);
  const open = openPane(body, address) ?? common.refuse('not-found');
  const { pane, path } = open;
  const scope = { id: draft.id, seen: seenOf(visit), path, members: pane.members, address };
  if (wish === 'turn') {
    await revise(visit.office, visit.actor, { ...scope, change: so => pane.turn?.(so, path).to(typed(visit.raw, 'way')) ?? so });
    return saved('换好了。');
  }
  const change = (so: Body): Body => rowAct(edited(so, pane.parts(so, path), visit.raw), pane.parts(so, path), wish);
  if (wish === 'work') return showPane(visit, draft, { body: worked(change(body), Number(path[1])), open, saying: '照现在的标准算出来是这样，已经填在下面。看看对不对，对了再存。' });
  await revise(visit.office, visit.actor, { ...scope, isTyped: true, change });
  return wish.startsWith('drop:') ? saved('去掉了一行。') : wish.startsWith('up:') ? saved('上移了一行。') : saved('存好了。');
}

async function takeEntry(visit: Visit, draft: Draft, body: Body, list: Listed): Promise<Reply> {
  const wish = typed(visit.raw, 'do');
  const scope = { id: draft.id, seen: seenOf(visit), path: [], address: list.address };
  const here = `/drafts/${draft.id}/${list.address}`;
  if (wish === 'law') {
    const one = current((await lawRegister(visit.office.read, [typed(visit.raw, 'law')])).get(typed(visit.raw, 'law')) ?? [], visit.day) ?? common.refuse('not-found');
    const row = { id: one.id, law: one.law, article: one.article, level: one.level, validFrom: one.validFrom, ...one.validTo === undefined ? {} : { validTo: one.validTo }, ...one.note === undefined ? {} : { note: one.note } };
    await revise(visit.office, visit.actor, { ...scope, members: [], change: so => addRow(so, ['legalBases'], row) });
    return seeOther(here, '加进来了。');
  }
  if (wish !== 'add') {
    await revise(visit.office, visit.actor, { ...scope, members: [list.address], change: so => listAct(so, list, wish) });
    return seeOther(here, wish.startsWith('drop') ? '去掉了，点“撤销”还能回来。' : '上移了一位。');
  }
  const given: Partial<Entry> = taken(formOf(list, body), visit.raw);
  let last = 0;   // Somebody may have added one since the page was shown: further ones disturb nobody.
  await revise(visit.office, visit.actor, { ...scope, members: [], change: so => { last = rows(so, [list.address]).length; return withEntry(so, list, { title: given.title ?? '', type: given.type ?? 'flag', category: given.category ?? '', like: given.like ?? '' }); } });
  return seeOther(`${here}.${last}`, '加好了，接着填下面的。');
}

/** Sums and faults of what is being typed, before it is kept. What cannot be read yet is left out. */
export async function showWeight(visit: Visit): Promise<Reply> {
  const { draft, body } = await draftFor(visit, visit.params['id']);
  const tried = typedBody(body, addressIn(visit), visit.raw);
  return page('standards/draft/_weight', { title: '合计', weight: presentWeight(tried, await findingsOn(visit.office.read, tried), { id: draft.id, address: addressIn(visit) }) }, { region: 'standards/draft/_weight' });
}
