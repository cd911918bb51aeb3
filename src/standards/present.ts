import type { Knex } from 'knex';
import { dayOf, type Day } from '../kit/time.ts';
import { basesOf, differingBases } from './base.ts';
import { findingsOf } from './examine.ts';
import { contradictions, lawRegister } from './law/register.ts';
import { stateOn } from './law/words.ts';
import { loadStandard } from './load.ts';
import { overridesOf } from './overrides.ts';
import type { InForce } from './paper.ts';
import { stateLine } from './state-line.ts';
import { standardEvents, standardRow, useOf, useWords, type StandardEvent } from './queries.ts';
import { legalLevels } from './standard.ts';
import { basisFacts, standardWords, subjectWords } from './words.ts';

/** A standard's page: its words, what was found when it was checked, and what counties decided about it. */
export async function presentStandard(read: Knex, hash: string, day: Day) {
  const row = await standardRow(read, hash);
  const [{ standard }, events, overrides] = await Promise.all([loadStandard(read, hash), standardEvents(read, hash), overridesOf(read, hash)]);
  const register = await lawRegister(read, standard.legalBases.map(basis => basis.id));
  const nos = [...new Set([row.county_no, ...events.map(event => event.county_no)])];
  const counties: { no: number; name: string }[] = await read('places').whereIn('no', nos).select('no', 'name');
  const people: { id: string; name: string }[] = await read('officers').whereIn('id', [row.by, ...events.map(event => event.by)]).select('id', 'name');
  const who = (id: string): string => people.find(one => one.id === id)?.name ?? '命令行';
  const where = (no: number): string => counties.find(one => one.no === no)?.name ?? '';
  const findings = findingsOf(standard);
  const words = standardWords(standard);
  const decided = inForceOf(events, where);
  const wrong = new Set(findings.mismatches.map(one => one.at));
  return {
    hash, events, standard, inForce: decided, kind: standard.subject, heading: `${standard.title}`,
    crumbs: [{ label: '评定标准', href: '/standards' }, { label: `${row.year} 年第 ${row.version} 版` }],
    words, uses: nos.map(no => ({ county: where(no), words: useWords[useOf(events, { standard: hash, county: no, day })] })),
    facts: [
      { term: '评什么', value: subjectWords[standard.subject] }, { term: '适用', value: `${standard.place.name}（${standard.place.code}）` },
      { term: '年度、版次', value: `${standard.year} 年第 ${standard.version} 版` }, { term: '条目', value: `${standard.indicators.length} 项` },
      { term: '内容指纹', value: hash.slice(0, 16) },
    ],
    steps: stateLine({
      keptOn: dayOf(row.at), examples: standard.examples.length, wrong: wrong.size, isLawful: findings.objections.length === 0, since: decided?.day ?? '', until: decided?.until ?? '',
      use: decided === undefined ? 'kept' : useOf(events, { standard: hash, county: decided.no, day }),
    }),
    decision: decided === undefined ? [] : [
      { term: '哪里采用', value: decided.county }, { term: '从哪天起', value: decided.day }, { term: '备案文号', value: decided.filingNo },
      ...decided.note === '' ? [] : [{ term: '会议和说明', value: decided.note }], ...decided.simulation === '' ? [] : [{ term: '依据的模拟', value: decided.simulation }], { term: '内容指纹', value: hash },
    ],
    examples: words.examples.map((example, at) => ({
      ...example, isRight: !wrong.has(at),
      wrong: findings.mismatches.filter(one => one.at === at).map(one => `${partWords(one.what, standard.indicators)}：写的是 ${one.written}，算出来是 ${one.got}。`),
    })),
    right: standard.examples.length - wrong.size, wrongCount: wrong.size,
    objections: findings.objections, topics: findings.topics, isBlocked: findings.objections.length > 0 || findings.mismatches.length > 0,
    overrides,
    law: standard.legalBases.map(basis => ({ ...basisFacts(basis), href: register.has(basis.id) ? `/law/${basis.id}` : undefined, state: stateOn(register.get(basis.id) ?? [], day) })),
    contradicting: contradictions(register, standard).map(({ own, kept }) => `${own.id}：标准里写的是《${own.law}》${own.article}（${legalLevels[own.level]}），登记的是《${kept.law}》${kept.article}（${legalLevels[kept.level]}）。`),
    different: differingBases(standard, await basesOf(read, nos)),
    trail: [
      { icon: 'down', kind: '', words: `${dayOf(row.at)} ${who(row.by)}导入`, now: false },
      ...events.map(event => ({
        icon: event.kind === 'adopted' ? 'tick' : 'box', kind: event.kind === 'adopted' ? 'done' : '', now: false,
        words: `${where(event.county_no)}从 ${event.day} 起${event.kind === 'adopted' ? '采用' : '停用'}，${who(event.by)}经办${event.filing_no === '' ? '' : `，文号 ${event.filing_no}`}${event.note === '' ? '' : `。${event.note}`}${event.basis === '' ? '' : `。书面依据：${event.basis}`}${event.simulation === null ? '' : `。依据的模拟：${event.simulation}`}`,
      })),
    ],
  };
}

/** An adoption with what its minutes rest on. */
interface Decided extends InForce { readonly no: number; readonly note: string; readonly simulation: string }

/** The last adoption, and the day it ends where somebody set one. */
function inForceOf(events: readonly StandardEvent[], where: (no: number) => string): Decided | undefined {
  const last = events.findLast(event => event.kind === 'adopted');
  if (last === undefined) return undefined;
  const end = events.slice(events.indexOf(last)).find(event => event.kind === 'retired' && event.county_no === last.county_no);
  return { county: where(last.county_no), no: last.county_no, day: last.day, filingNo: last.filing_no, until: end?.day ?? '', note: last.note, simulation: last.simulation ?? '' };
}

function partWords(what: string, indicators: readonly { readonly key: string; readonly title: string }[]): string {
  const known: Readonly<Record<string, string>> = { total: '总分', grade: '等级', vetoes: '一票否决', unmet: '没达到的条件', most: '最多能到' };
  return known[what] ?? indicators.find(each => each.key === what)?.title ?? what;
}
