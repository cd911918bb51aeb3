import { holds, may, reach } from '../access/may.ts';
import { fault, taken } from '../kit/faults.ts';
import { later } from '../kit/later.ts';
import { common } from '../kit/refusals.ts';
import { typed } from '../kit/form.ts';
import type { Place } from '../places/place.ts';
import { placeSubject } from '../places/queries.ts';
import { formModel, type FormModel } from '../web/form-model.ts';
import { file, page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import { qr } from '../web/qr.ts';
import type { Visit } from '../web/visit.ts';
import { adopt } from './adopt.ts';
import { comparable } from './compare-pages.ts';
import { draftLines } from './draft/pages.ts';
import { adoptForm, importForm, retireForm } from './form.ts';
import { importStandard } from './import.ts';
import { loadStandard } from './load.ts';
import { paperOf } from './paper.ts';
import { presets, presetSource } from './presets.ts';
import { presentStandard } from './present.ts';
import { countiesOf, standardEvents, standardRow, standardRows, useOf, useWords } from './queries.ts';
import { standards } from './refusals.ts';
import { standardSchema } from './schema/schema.ts';
import { retire } from './retire.ts';
import { standardWorkbook } from './sheet/workbook.ts';
import { examineFile, examineText } from './source.ts';
import { isOfRounds } from './standard.ts';
import { villagesAdding } from './village-items.ts';
import { outsideRounds, subjectWords } from './words.ts';

const yaml = later<typeof import('yaml')>('yaml');

/** With one county there is nothing to choose: the field goes along unseen. */
export function withCounty(model: FormModel, counties: readonly Place[]): FormModel {
  const [only] = counties;
  if (only === undefined || counties.length > 1) return model;
  const fields = model.fields.map(field => field.name === 'county' ? { ...field, kind: 'hidden' as const, value: String(only.no) } : field);
  return { ...model, fields, by: Object.fromEntries(fields.map(field => [field.name, field])) };
}

const useMark = { kept: { icon: 'circle', kind: '' }, coming: { icon: 'clock', kind: 'moving' }, adopted: { icon: 'tick', kind: 'done' }, retired: { icon: 'box', kind: '' } } as const;

export async function showStandards(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const [rows, events, counties, all] = await Promise.all([standardRows(read), standardEvents(read), countiesOf(read, visit.actor, 'standard.keep'), read('places').where({ kind: 'county' }).select<{ no: number; name: string }[]>('no', 'name')]);
  const names = new Map(all.map(county => [county.no, county.name]));
  const list = rows.map(row => {
    const deciders = new Set([row.county_no, ...events.filter(event => event.standard === row.hash).map(event => event.county_no)]);
    return {
      href: `/standards/${row.hash}`, title: row.title, kind: subjectWords[row.kind], year: row.year, version: row.version,
      uses: [...deciders].map(county => { const use = useOf(events, { standard: row.hash, county, day: visit.day }); return { county: names.get(county) ?? '', words: useWords[use], ...useMark[use] }; }),
    };
  });
  const known = new Set(rows.map(row => row.hash));
  const refused = trouble?.code === 'standard-faulty' ? await refusedFile(visit) : undefined;
  return page('standards/index', {
    title: '评定标准', rows: list, drafts: await draftLines(visit), many: all.length > 1,
    empty: { words: '还没有评定标准。可以从现成的里面选一份，也可以导入自己的文件。', act: undefined },
    presets: presets().map(preset => ({ ...preset, isHere: known.has(preset.hash), href: `/standards/${preset.hash}` })),
    can: { keep: counties.length > 0, try: holds(visit.actor, 'simulation.read') }, form: withCounty(formModel(importForm(counties), { raw: visit.raw, faults: trouble?.faults ?? [] }), counties),
    words: trouble !== undefined && refused === undefined && trouble.faults.length === 0 ? trouble.words : undefined, refused,
    fileFault: trouble?.faults.find(one => one.field === 'file')?.say,
  });
}

/** The file that was refused, fault by fault at its place, so that it can be mended in one go. */
async function refusedFile(visit: Visit) {
  const examined = await handedIn(visit);
  return 'faults' in examined ? { name: visit.files[0]?.name ?? '', count: examined.faults.length, faults: examined.faults.slice(0, 200) } : undefined;
}

/** What was handed in, looked at: a file, or the preset that was chosen. */
async function handedIn(visit: Visit) {
  const preset = typed(visit.raw, 'preset');
  if (preset !== '') return examineText(presetSource(preset));
  const upload = visit.files.find(each => each.field === 'file');
  return upload === undefined ? fault('file', 'missing', '请选一个文件，Excel、YAML 或者 JSON 都可以。') : examineFile({ path: upload.path });
}

export async function takeIn(visit: Visit): Promise<Reply> {
  const counties = await countiesOf(visit.office.read, visit.actor, 'standard.keep');
  const given = taken(importForm(counties), visit.raw);
  const examined = await handedIn(visit);
  if ('faults' in examined) return standards.refuse('standard-faulty', { count: examined.faults.length });
  const hash = await importStandard(visit.office, visit.actor, { county: Number(given.county), source: examined.text });
  return seeOther(`/standards/${hash}`, '收下了。看过没有问题，就可以采用。');
}

async function hashGiven(visit: Visit): Promise<string> { return (await standardRow(visit.office.read, visit.params['hash'] ?? '')).hash; }

export async function showStandard(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const shown = await presentStandard(read, await hashGiven(visit), visit.day);
  const counties = await countiesOf(read, visit.actor, 'standard.keep');
  const keeping = counties.filter(county => may(visit.actor, 'standard.keep', placeSubject(county)) === true);
  const uses = keeping.map(county => useOf(shown.events, { standard: shown.hash, county: county.no, day: visit.day }));
  const mayAdopt = keeping.filter((_, at) => uses[at] === 'kept' || uses[at] === 'retired');
  const mayRetire = keeping.filter((_, at) => uses[at] === 'adopted' || uses[at] === 'coming');
  const others = await comparable(read, { hash: shown.hash, kind: shown.kind });
  const adding = shown.kind === 'household' ? await villagesAdding(read, shown.hash, reach(visit.actor, 'round.read')) : [];
  const isRetiring = visit.path.endsWith('/retire');
  const model = (form: Parameters<typeof formModel>[0], list: readonly Place[], mine: boolean, prefix: string): FormModel =>
    withCounty(formModel(form, { raw: mine && trouble !== undefined ? visit.raw : { day: visit.day }, faults: mine ? trouble?.faults ?? [] : [], prefix }), list);
  return page('standards/show', {
    ...shown, title: shown.heading, adding: adding.map(round => ({ words: `${round.name}：${round.villages} 个村另有约定`, href: `/rounds/${round.id}/items` })),
    adopting: mayAdopt.length === 0 || shown.isBlocked ? undefined : model(adoptForm(mayAdopt, visit.day), mayAdopt, !isRetiring, 'adopt-'),
    retiring: mayRetire.length === 0 ? undefined : model(retireForm(mayRetire), mayRetire, isRetiring, 'retire-'),
    faults: trouble === undefined ? [] : trouble.faults.map(each => ({ id: `${isRetiring ? 'retire-' : 'adopt-'}${each.field}`, say: each.say })),
    isOpen: trouble !== undefined, canKeep: keeping.length > 0, canTry: isOfRounds(shown.kind) && holds(visit.actor, 'simulation.run'), outside: outsideRounds(shown.kind), others, former: others.find(other => other.isFormer)?.href,
  });
}

export async function takeUp(visit: Visit): Promise<Reply> {
  const { hash, kind } = await standardRow(visit.office.read, visit.params['hash'] ?? '');
  const counties = await countiesOf(visit.office.read, visit.actor, 'standard.keep');
  const { county, note = '', basis = '', simulation = '', ...given } = taken(adoptForm(counties, visit.day), visit.raw);
  await adopt(visit.office, visit.actor, { hash, county: Number(county), note, basis, simulation, ...given });
  return seeOther(`/standards/${hash}`, `从 ${given.day} 起采用，内容不会再变。${outsideRounds(kind) ?? '以后开的批次可以用它。'}`);
}

export async function layDown(visit: Visit): Promise<Reply> {
  const hash = await hashGiven(visit);
  const counties = await countiesOf(visit.office.read, visit.actor, 'standard.keep');
  const { county, ...given } = taken(retireForm(counties), visit.raw);
  await retire(visit.office, visit.actor, { hash, county: Number(county), ...given });
  return seeOther(`/standards/${hash}`, `从 ${given.day} 起停用。已经开的批次照旧用它。`);
}

/** The schema of the file, for an editor that completes and checks while one writes. */
export const takeSchema = (): Promise<Reply> => Promise.resolve(file(`${JSON.stringify(standardSchema, null, 2)}\n`, { mime: 'application/schema+json; charset=utf-8', name: 'xiangxin-standard.schema.json' }));

/** As an official document, with the address of its page, so that paper and rule are found from each other. */
export async function printStandard(visit: Visit): Promise<Reply> {
  const shown = await presentStandard(visit.office.read, await hashGiven(visit), visit.day);
  const href = `/standards/${shown.hash}`;
  return page('standards/print', {
    ...shown, title: shown.heading, paper: 'a4', back: { label: '回到标准', href }, href, chapters: paperOf(shown.standard, shown.inForce), printed: visit.day,
    code: qr(`${visit.origin}${href}`, '扫码看这份标准'), address: `${visit.origin}${href}`,
  });
}

/** The kept text: the same bytes that are hashed, or laid out for reading, or the file as it was handed in. */
export async function takeOut(visit: Visit): Promise<Reply> {
  const hash = await hashGiven(visit);
  const form = visit.params['form'] ?? '';
  const row: { body: string; source: string; key: string; version: string } | undefined = await visit.office.read('standards').where({ hash }).first('body', 'source', 'key', 'version');
  if (row === undefined) return common.refuse('not-found');
  const name = `${row.key}-${row.version}`;
  switch (form) {
    case 'json': return file(row.body, { mime: 'application/json; charset=utf-8', name: `${name}.json` });
    case 'yaml': return file(yaml().stringify(JSON.parse(row.body), { lineWidth: 0 }), { mime: 'application/yaml; charset=utf-8', name: `${name}.yaml` });
    case 'xlsx': return file(await standardWorkbook((await loadStandard(visit.office.read, hash)).standard), { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: `${row.key}-${row.version}.xlsx` });
    case 'original': return file(row.source, { mime: 'text/plain; charset=utf-8', name: `${name}-原件.yaml` });
    default: return common.refuse('not-found');
  }
}
