import { fault, Faults, taken } from '../../kit/faults.ts';
import { typed } from '../../kit/form.ts';
import { dayOf } from '../../kit/time.ts';
import { formModel } from '../../web/form-model.ts';
import { page, seeOther, type Reply } from '../../web/reply.ts';
import type { Trouble as Refused } from '../../web/route.ts';
import type { Visit } from '../../web/visit.ts';
import { isTooLong, mostEntries } from '../extent.ts';
import { loadStandard } from '../load.ts';
import { presets, presetSource } from '../presets.ts';
import { countiesOf, standardRow } from '../queries.ts';
import { readText } from '../read.ts';
import { standards } from '../refusals.ts';
import { sourceOf } from '../source.ts';
import { dropDraft } from './drop.ts';
import { isObject, type Body } from './edit/path.ts';
import { finishDraft } from './finish.ts';
import { startForm } from './form.ts';
import { contentsOf } from './contents.ts';
import { draftFor, openDrafts, stepsOf, waysOf, type Draft } from './queries.ts';
import { presentWeight } from './present.ts';
import { revert } from './revert.ts';
import { skeleton } from './skeleton.ts';
import { startDraft } from './start.ts';
import { findingsOn, toMend } from './troubles.ts';
import { titleAt } from './titles.ts';
import { sentences } from './words.ts';

const mostSteps = 12;
const mostFaults = 30;

/** What every page of a draft has: its name, the way back, and the steps that can be taken back. */
export async function frameOf(visit: Visit, { draft }: { readonly draft: Draft }) {
  const ways = await waysOf(visit.office.read, draft);
  return { id: draft.id, seen: draft.shown, name: draft.title, canBack: ways.back !== undefined, canForth: ways.forth !== undefined, isOpen: draft.standard === null && draft.dropped === 0, standard: draft.standard };
}

/** Drafts in the list of standards. */
export async function draftLines(visit: Visit): Promise<readonly { readonly href: string; readonly title: string; readonly words: string }[]> {
  const counties = await countiesOf(visit.office.read, visit.actor, 'standard.keep');
  return (await openDrafts(visit.office.read, counties.map(county => county.no))).map(draft => ({ href: `/drafts/${draft.id}`, title: draft.title, words: `${draft.origin}，${dayOf(draft.at)} 起草，改过 ${draft.seq - 1} 次` }));
}

export async function showStart(visit: Visit, trouble?: Refused): Promise<Reply> {
  const counties = await countiesOf(visit.office.read, visit.actor, 'standard.keep');
  const kept: { hash: string; title: string; year: number; version: string }[] = await visit.office.read('standards').whereIn('county_no', counties.map(county => county.no)).orderBy('title').orderBy('at', 'desc').select('hash', 'title', 'year', 'version');
  const form = formModel(startForm(counties), { raw: trouble === undefined ? visit.query : visit.raw, faults: trouble?.faults ?? [] });
  return page('standards/draft/start', {
    title: '写一份标准', crumbs: [{ label: '评定标准', href: '/standards' }, { label: '写一份' }], faults: form.faults, county: counties.length === 1 ? { ...form.by['county'], kind: 'hidden', value: String(counties[0]?.no ?? '') } : form.by['county'],
    presets: presets().map(({ name, title, kind }) => ({ value: name, label: `${title}（${kind}）` })), kept: kept.map(row => ({ value: row.hash, label: `${row.title} ${row.year} 年第 ${row.version} 版` })), chosen: visit.query['standard'] ?? '',
    fileFault: trouble?.faults.find(one => one.field === 'file')?.say,
  });
}

export async function takeStart(visit: Visit): Promise<Reply> {
  const counties = await countiesOf(visit.office.read, visit.actor, 'standard.keep');
  const { county, from, what = '' } = taken(startForm(counties), visit.raw);
  const { body, origin } = await begun(visit, from, what);
  const id = await startDraft(visit.office, visit.actor, { county: Number(county), body, origin });
  return seeOther(`/drafts/${id}`, { kind: 'done', words: '起好了草稿，一块一块改，每一步都能撤销。' });
}

async function begun(visit: Visit, from: 'preset' | 'standard' | 'file' | 'nothing', what: string): Promise<{ readonly body: Body; readonly origin: string }> {
  switch (from) {
    case 'preset': return { body: bodyIn(presetSource(what), 'what'), origin: `照现成的“${presets().find(each => each.name === what)?.title ?? ''}”改` };
    case 'standard': { const row = await standardRow(visit.office.read, what); return { body: { ...(await loadStandard(visit.office.read, row.hash)).standard }, origin: `照“${row.title}”${row.year} 年第 ${row.version} 版改` }; }
    case 'nothing': return { body: skeleton(Number(visit.day.slice(0, 4))), origin: '从头写' };
    default: {
      const upload = visit.files.find(each => each.field === 'file');
      if (upload === undefined) return fault('file', 'missing', '请选一个文件，Excel、YAML 或者 JSON 都可以。');
      const source = await sourceOf({ path: upload.path });
      const text = 'text' in source ? source.text : source.unfinished;
      if (text === undefined) throw new Faults('faults' in source ? source.faults.slice(0, mostFaults).map(({ place, say, remedy }) => ({ field: 'file', code: 'faulty', say: `${place}：${sentences(say, remedy)}` })) : []);
      return { body: bodyIn(text, 'file'), origin: `照文件“${upload.name.slice(0, 60)}”改` };
    }
  }
}

/** A file may still lack anything: only what cannot be read at all is refused, with its line. */
export function bodyIn(text: string, field: string): Body {
  const read = readText(text);
  if ('faults' in read) return standards.refuse('draft-unreadable', { line: read.faults[0]?.line, remedy: read.faults[0]?.remedy, field });
  if (isTooLong(read.held)) standards.refuse('draft-too-long', { most: mostEntries });
  return isObject(read.held) ? read.held : standards.refuse('draft-unreadable', { line: 1, remedy: '文件开头要有标准的名称、类别、项目等', field });
}

export async function showDraft(visit: Visit): Promise<Reply> {
  const { draft, body } = await draftFor(visit, visit.params['id']);
  const found = await findingsOn(visit.office.read, body);
  const [frame, steps] = [await frameOf(visit, { draft }), await stepsOf(visit.office.read, draft.id, mostSteps)];
  const people: { id: string; name: string }[] = await visit.office.read('officers').whereIn('id', steps.map(step => step.by)).select('id', 'name');
  const open = toMend(found.troubles).length;
  const isTested = found.standard !== undefined && found.troubles.every(each => each.kind !== 'example');
  return page('standards/draft/show', {
    title: draft.title, ...frame, heading: draft.title, crumbs: [{ label: '评定标准', href: '/standards' }, { label: '草稿' }], origin: draft.origin, isDropped: draft.dropped === 1,
    steps: [{ label: '起草', state: frame.isOpen ? isTested ? 'done' : 'now' : 'done' }, { label: isTested ? '例子都对' : '试过例子', state: isTested ? frame.isOpen ? 'now' : 'done' : 'to-come' }, { label: '定稿', state: draft.standard === null ? 'to-come' : 'now' }, { label: '采用', state: 'to-come' }, { label: '停用', state: 'to-come' }],
    ...contentsOf(body, found.troubles, draft.id), weight: presentWeight(body, found, { id: draft.id, address: '' }), open, canFinish: frame.isOpen && open === 0, topics: found.troubles.length - open,
    trail: steps.map(step => ({ icon: step.shown === step.seq ? 'pen' : 'undo', kind: '', now: step.seq === draft.seq, words: `${dayOf(step.at)} ${people.find(each => each.id === step.by)?.name ?? '命令行'}${step.seq === 1 ? '起草' : step.shown === step.seq ? `改了${titleAt(step.address)}` : step.shown < step.base ? '撤销一步' : '恢复一步'}` })),
  });
}

const seenOf = (visit: Visit): number => Number(typed(visit.raw, 'seen'));

export async function takeBack(visit: Visit): Promise<Reply> { return turned(visit, 'back', '撤销了一步。'); }
export async function takeForth(visit: Visit): Promise<Reply> { return turned(visit, 'forth', '恢复了一步。'); }

async function turned(visit: Visit, way: 'back' | 'forth', words: string): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await revert(visit.office, visit.actor, { id, seen: seenOf(visit), way });
  const to = typed(visit.raw, 'to');
  return seeOther(/^[\w.]{1,120}$/.test(to) ? `/drafts/${id}/${to}` : `/drafts/${id}`, words);
}

export async function takeDrop(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await dropDraft(visit.office, visit.actor, { id, isDropped: true });
  return seeOther('/standards', { kind: 'done', words: '丢弃了这份草稿。', undo: { label: '不丢了', action: `/drafts/${id}/recover` } });
}

export async function takeRecovery(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await dropDraft(visit.office, visit.actor, { id, isDropped: false });
  return seeOther(`/drafts/${id}`, '草稿找回来了。');
}

export async function takeFinish(visit: Visit): Promise<Reply> {
  const hash = await finishDraft(visit.office, visit.actor, { id: visit.params['id'] ?? '', seen: seenOf(visit) });
  return seeOther(`/standards/${hash}`, '定稿了，内容从此不变。看过没有问题，就可以采用。');
}
