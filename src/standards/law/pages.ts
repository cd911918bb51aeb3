import { holds } from '../../access/may.ts';
import { fault, taken } from '../../kit/faults.ts';
import { common } from '../../kit/refusals.ts';
import { dayOf } from '../../kit/time.ts';
import { formModel } from '../../web/form-model.ts';
import { file, page, seeOther, type Reply } from '../../web/reply.ts';
import type { Trouble } from '../../web/route.ts';
import type { Visit } from '../../web/visit.ts';
import { legalLevels } from '../standard.ts';
import { subjectWords } from '../words.ts';
import { citingStandards } from './citing.ts';
import { basesInFile, lawFile } from './file.ts';
import { basisForm, basisGiven, lapseForm } from './form.ts';
import { keepBases } from './keep.ts';
import { lapse } from './lapse.ts';
import { current, inForceOn, lawRegister } from './register.ts';
import { stateOn } from './words.ts';

export async function showLaw(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const [register, citing] = await Promise.all([lawRegister(read), citingStandards(read)]);
  const q = (visit.query['q'] ?? '').trim();
  const rows = [...register].flatMap(([id, versions]) => {
    const one = current(versions, visit.day);
    return one === undefined || !`${id} ${one.law}${one.article} ${one.note ?? ''}`.includes(q) ? [] : [{
      id, href: `/law/${id}`, law: one.law, article: one.article, level: legalLevels[one.level], note: one.note, from: one.validFrom, state: stateOn(versions, visit.day), cited: citing.get(id)?.length ?? 0,
    }];
  }).sort((a, b) => a.law < b.law ? -1 : a.law > b.law ? 1 : a.id < b.id ? -1 : 1);
  const isFile = visit.path.endsWith('.csv');
  return page('standards/law', {
    title: '法律依据', rows, q, all: register.size, can: { keep: holds(visit.actor, 'law.keep') },
    empty: q === '' ? { words: '还没有登记法律依据。采用一份标准，它引用的依据就会登记进来。', act: undefined } : { words: `没有找到“${q}”。`, act: { label: '看全部', href: '/law' } },
    form: formModel(basisForm, isFile ? {} : { raw: visit.raw, faults: trouble?.faults ?? [] }),
    fileFault: isFile ? trouble?.faults[0]?.say ?? trouble?.words : undefined,
  });
}

export async function showBasis(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const id = visit.params['id'] ?? '';
  const versions = (await lawRegister(read, [id])).get(id) ?? common.refuse('not-found');
  const one = current(versions, visit.day) ?? common.refuse('not-found');
  const [citing, people] = await Promise.all([citingStandards(read), read('officers').whereIn('id', versions.map(version => version.by)).select<{ id: string; name: string }[]>('id', 'name')]);
  const isLapsing = visit.path.endsWith('/lapse');
  const { id: _, ...own } = basisForm.fields;
  return page('standards/basis', {
    title: `${one.law}${one.article}`, id, heading: `${one.law} ${one.article}`, crumbs: [{ label: '法律依据', href: '/law' }, { label: id }], state: stateOn(versions, visit.day),
    facts: [
      { term: '级别', value: legalLevels[one.level] }, { term: '施行', value: one.validFrom }, ...one.validTo === undefined ? [] : [{ term: '最后一天', value: one.validTo }],
      ...one.note === undefined ? [] : [{ term: '说的是什么', value: one.note }], ...one.repealedBy === '' ? [] : [{ term: '废止它的文件', value: one.repealedBy }, { term: '为什么失效', value: one.reason }],
    ],
    citing: (citing.get(id) ?? []).map(({ row, citations }) => ({ href: `/standards/${row.hash}`, title: row.title, kind: subjectWords[row.kind], year: row.year, version: row.version, citations: citations.map(each => ({ ...each, others: each.others.join('、') })) })),
    trail: versions.map(version => ({
      icon: version.kind === 'lapsed' ? 'box' : 'pen', kind: version.kind === 'lapsed' ? 'care' : '', now: version === one,
      words: `${dayOf(version.at)} ${people.find(each => each.id === version.by)?.name ?? '命令行'}${kindWords[version.kind]}：${version.law}${version.article}（${legalLevels[version.level]}），${version.validFrom} 起${version.validTo === undefined ? '' : `，到 ${version.validTo} 为止`}${version.repealedBy === '' ? '' : `。${version.repealedBy}：${version.reason}`}`,
    })),
    can: { keep: holds(visit.actor, 'law.keep'), follow: holds(visit.actor, 'rating.read') },
    amending: formModel({ fields: own }, trouble !== undefined && !isLapsing ? { raw: visit.raw, faults: trouble.faults, prefix: 'amend-' } : { raw: { law: one.law, article: one.article, level: one.level, validFrom: one.validFrom, validTo: one.validTo ?? '', note: one.note ?? '' }, prefix: 'amend-' }),
    lapsing: inForceOn(versions, visit.day) === undefined ? undefined : formModel(lapseForm, isLapsing && trouble !== undefined ? { raw: visit.raw, faults: trouble.faults, prefix: 'lapse-' } : { raw: { day: visit.day }, prefix: 'lapse-' }),
    isAmending: trouble !== undefined && !isLapsing, isLapsing: trouble !== undefined && isLapsing,
    faults: trouble === undefined ? [] : trouble.faults.map(each => ({ id: `${isLapsing ? 'lapse-' : 'amend-'}${each.field}`, say: each.say })),
  });
}

const kindWords = { registered: '登记', amended: '更正', lapsed: '登记失效' } as const;

export async function takeBasis(visit: Visit): Promise<Reply> {
  const given = basisGiven(taken(basisForm, visit.raw));
  await keepBases(visit.office, visit.actor, [given], { isNew: true });
  return seeOther(`/law/${given.id}`, '登记好了，标准里可以用这个编号引用。');
}

export async function takeBases(visit: Visit): Promise<Reply> {
  const upload = visit.files[0] ?? fault('file', 'missing', '请选择一个文件。');
  const fresh = await keepBases(visit.office, visit.actor, await basesInFile(upload.path));
  return seeOther('/law', fresh === 0 ? '文件里的都登记过了，没有变化。' : `登记或更正了 ${fresh} 条。`);
}

export async function takeAmendment(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await keepBases(visit.office, visit.actor, [basisGiven(taken(basisForm, { ...visit.raw, id }))], { isNew: false });
  return seeOther(`/law/${id}`, '记下了新的一版，原来的还看得到。');
}

export async function takeLapse(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const given = taken(lapseForm, visit.raw);
  await lapse(visit.office, visit.actor, { id, ...given });
  return seeOther(`/law/${id}`, `从 ${given.day} 起不再算。标准一个字不变，已有的结果也不会自己变；受影响的户到那天夜里清点出来，交镇里重算。`);
}

export async function giveLaw(visit: Visit): Promise<Reply> {
  return file(lawFile(await lawRegister(visit.office.read), visit.day), { mime: 'text/csv; charset=utf-8', name: `法律依据-${visit.day}.csv` });
}

