import type { Fault } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { formModel, type FormModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { ledgerForm } from './form.ts';
import { actorNames, subjectNames } from './names.ts';
import { entriesFor, isSpokenOf } from './queries.ts';
import { lastVerified, startVerify, walking } from './run.ts';
import { findingWords } from './verified.ts';
import { actWords } from './words.ts';

/** 台账: who did what to whom and when, newest first. */
async function showLedger(visit: Visit): Promise<Reply> {
  const { office: { read }, actor, query } = visit;
  const parsed = ledgerForm.parse(query);
  const wanted = parsed.ok ? parsed.values : {};
  const subject = query['subject'] === undefined || query['subject'] === '' ? undefined : query['subject'].slice(0, 80);
  if (subject !== undefined && !await isSpokenOf(read, actor, subject)) common.refuse('not-found');
  const slice = await entriesFor(read, actor, { ...wanted, subject, cursor: query['page'] });
  const [who, about] = await Promise.all([actorNames(read, slice.rows.map(row => row.actor)), subjectNames(read, actor, [...slice.rows.map(row => row.subject), ...subject === undefined ? [] : [subject]])]);
  const linked = (more: Record<string, string | undefined>): string => visit.link({ subject, officer: query['officer'], from: query['from'], to: query['to'], ...more });
  return page('audit/ledger', {
    title: '台账', form: searchModel(query, parsed.ok ? [] : parsed.faults),
    subject: subject === undefined ? undefined : { id: subject, words: about.get(subject)?.words ?? '这一项', href: about.get(subject)?.href },
    all: linked({ subject: undefined }),
    rows: slice.rows.map(row => ({
      at: row.at, who: who.get(row.actor) ?? '已停用的账号', act: actWords(row.act), place: `${row.chain} · ${row.seq}`,
      about: about.get(row.subject)?.words ?? '', href: about.get(row.subject)?.href, only: about.has(row.subject) ? linked({ subject: row.subject }) : undefined,
    })),
    pager: slice.next === undefined && slice.prev === undefined ? undefined : {
      prev: slice.prev === undefined ? undefined : linked({ page: slice.prev }), next: slice.next === undefined ? undefined : linked({ page: slice.next }), words: undefined,
    },
  }, { region: 'audit/_entries' });
}

/** Nothing has to be filled in to search, so no field says that it may be left out. */
function searchModel(raw: Visit['query'], faults: readonly Fault[]): FormModel {
  const model = formModel(ledgerForm, { raw, faults });
  return { ...model, fields: model.fields.map(({ optional: _optional, ...field }) => field) };
}

/** 校验: what the last walk found, and how far one under way is. */
async function showVerified(visit: Visit): Promise<Reply> {
  const last = await lastVerified(visit.office);
  const now = walking(visit.office);
  return page('audit/verified', {
    title: '校验台账',
    now: now === undefined ? undefined : { done: now.done, all: now.all, words: now.all === 0 ? '刚开始' : `已经核对 ${Math.floor(now.done * 100 / now.all)}%` },
    last: last === undefined ? undefined : {
      ...last, sound: last.findings.length === 0, number: last.findings.length + last.more,
      findings: last.findings.map(findingWords), more: last.more === 0 ? undefined : last.more,
      erasures: last.erasures.map(one => ({ words: `链 ${one.chain} 第 ${one.seq} 条：按本人要求删除个人信息，${one.rows} 条记录`, href: undefined })),
    },
  }, { region: 'audit/_result' });
}

async function runVerify(visit: Visit): Promise<Reply> {
  // The walk goes on after the answer; its outcome is shown by the page, a failure is told by the log of the next act.
  void startVerify(visit.office, visit.actor).catch(() => undefined);
  return seeOther('/ledger/verified', '开始核对了，这一页会自己更新。');
}

export const auditRoutes: readonly Route[] = [
  get('/ledger', { power: 'ledger.read', handle: showLedger }),
  get('/ledger/verified', { power: 'ledger.verify', handle: showVerified }),
  post('/ledger/verified', { power: 'ledger.verify', handle: runVerify }),
];
