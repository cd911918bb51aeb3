import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { chainOf } from '../access/subject.ts';
import { actWords } from '../audit/words.ts';
import { outcomeWords, type Outcome, type StepRow } from '../awards/award.ts';
import { stepWords } from '../awards/present.ts';
import { actorNames } from '../audit/names.ts';
import { holders, stateOf, type Certificate } from '../rolls/certificates.ts';
import { dayOf, type Day } from '../kit/time.ts';
import { gradesFor, gradeText, shownOf } from '../notices/present.ts';
import { proofOf } from '../notices/proof.ts';
import { namedIn, noticeById } from '../notices/queries.ts';
import type { Place } from '../places/place.ts';
import { officeTitle, placeByNo, placeColumns, placeNames } from '../places/queries.ts';
import type { Round } from '../rounds/round.ts';
import { openPress, type Document, type Paper } from './press.ts';
import { sittingPapers } from './sitting-papers.ts';
import { villageBook } from './village-book.ts';

const style = join(import.meta.dirname, '../../public/css/archive.css');
const safe = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '');

/** Everything of a round that the archives office keeps, document by document, the cover last because it lists the others. `each` is told of every household. */
export async function* documents(read: Knex, round: Round, day: Day, each: () => void): AsyncGenerator<Document> {
  const { paper, printed } = openPress(round.name);
  yield { name: '样式.css', text: readFileSync(style, 'utf8') };
  for (const document of await standards(read, round)) { printed.push({ name: document.name, title: document.title }); yield document; }
  const villages = await villagesOf(read, round);
  const names = await placeNames(read, villages.map(village => village.no));
  for (const [at, village] of villages.entries()) {
    const entries = await villageBook(read, round, village.no, day, each);
    if (entries.length > 0) yield paper(`采集和评定/${String(at + 1).padStart(2, '0')}-${safe(village.name)}.html`, 'village', { title: `${names.get(village.no)?.full ?? village.name}：采集和评定`, entries });
  }
  yield* sittingPapers(read, round.no, paper);
  yield* notices(read, round, day, paper);
  yield paper('证书.html', 'certificates', { title: '证书', rows: await certificates(read, round, day) });
  yield paper('年审和变动.html', 'changes', { title: '年审和变动', rows: await changes(read, round) });
  yield* ledger(read, round, paper);
  const place = await placeByNo(read, round.place_no);
  yield paper('封面.html', 'cover', { title: `${place.name}${round.name} 归档`, office: await officeTitle(read), year: round.year, opened: round.opened_on, closed: round.closed_on, valid: round.valid_until, made: day, papers: printed });
}

/** Where cases of the round lie: villages that are no more as well. */
const villagesOf = (read: Knex, round: Round): Promise<readonly Place[]> => read('places').whereIn('no', read('cases').where({ round: round.no }).distinct('village')).where({ kind: 'village' }).orderBy('sort').orderBy('no').select<Place[]>(...placeColumns);

/** The standards as they were given in: what every result of the round is measured by. */
async function standards(read: Knex, round: Round): Promise<readonly (Document & { readonly title: string })[]> {
  const found = await Promise.all(([['农户', round.household_standard], ['村', round.village_standard], ['乡镇', round.township_standard]] as const).map(async ([of, hash]) => {
    const row: { title: string; source: string; body: string } | undefined = await read('standards').where({ hash }).first('title', 'source', 'body');
    return row === undefined ? [] : [{ name: `标准/${of}.${row.source === '' ? 'json' : 'yaml'}`, text: row.source === '' ? row.body : row.source, title: `${row.title}（${hash.slice(0, 12)}）` }];
  }));
  return found.flat();
}

async function* notices(read: Knex, round: Round, day: Day, paper: Paper): AsyncGenerator<Document> {
  const ids: { id: string }[] = await read('notices').where({ round: round.no }).orderBy('posted_on').orderBy('id').select('id');
  for (const [at, { id }] of ids.entries()) {
    const notice = await noticeById(read, id);
    const [shown, grades, named, proof] = [await shownOf(read, notice, day), await gradesFor(read, notice), await namedIn(read, id), await proofOf(read, id)];
    const bySeq = new Map(named.map(entry => [entry.seq, entry]));
    const name = `公示/${String(at + 1).padStart(3, '0')}-${notice.posted_on}`;
    if (proof !== undefined) yield { name: `${name}.json`, text: `${JSON.stringify(proof, undefined, 1)}\n` };
    yield paper(`${name}.html`, 'notice', {
      title: `${shown.full} ${shown.heading} ${notice.posted_on}`, sheet: shown, hash: proof?.root ?? '', photo: notice.photo !== null, ended: notice.ended_on,
      rows: (proof?.lines ?? named.map(({ seq }) => ({ seq, leaf: '' }))).map(({ seq, leaf }) => { const entry = bySeq.get(seq); return { seq, leaf, group: entry?.group_name ?? '', name: entry?.shown ?? '（没有列名）', grade: entry === undefined ? '' : gradeText(grades, entry.grade) }; }),
    });
  }
}

async function certificates(read: Knex, round: Round, day: Day) {
  const rows: Certificate[] = await read('certificates').join('subjects', 'subjects.no', 'certificates.subject').where({ 'certificates.round': round.no }).orderBy('certificates.no')
    .select('certificates.no', 'certificates.round', 'certificates.subject', 'subjects.kind', 'certificates.grade_code', 'certificates.issued_on', 'certificates.valid_until', 'certificates.revoked_on', 'certificates.replaced_by', 'subjects.place_no');
  const states = { valid: '有效', expired: '过期', revoked: '失效', replaced: '换发' } as const;
  const found: { no: string; name: string; where: string; grade: string; issued: string; until: string; state: string }[] = [];
  for (let at = 0; at < rows.length; at += 1_000) {
    const part = rows.slice(at, at + 1_000);
    const held = await holders(read, part);
    found.push(...part.map(one => ({ no: one.no, name: held.get(one.no)?.name ?? '', where: held.get(one.no)?.where ?? '', grade: one.grade_code, issued: one.issued_on, until: one.valid_until, state: `${states[stateOf(one, day)]}${one.revoked_on === null ? '' : ` ${one.revoked_on}`}` })));
  }
  return found;
}

/** What was put forward after the award, and what came of it: who, on which day, whether the person was heard. */
async function changes(read: Knex, round: Round) {
  const rows: { id: string; certificate: string; outcome: Outcome; words: string; proposed_on: Day; by: string }[] = await read('award_changes').where({ round: round.no }).orderBy('at').orderBy('id').select('id', 'certificate', 'outcome', 'words', 'proposed_on', 'by');
  const steps: StepRow[] = await read('award_steps').whereIn('change', read('award_changes').where({ round: round.no }).select('id')).orderBy('at').orderBy('id').select('change', 'step', 'day', 'speak_until', 'words', 'by');
  const who = await actorNames(read, [...rows, ...steps].map(row => row.by));
  const byChange = Map.groupBy(steps, step => step.change);
  return rows.map(row => ({
    no: row.certificate, what: outcomeWords[row.outcome], put: `${row.proposed_on} ${who.get(row.by) ?? ''}${row.words === '' ? '' : `：${row.words}`}`,
    steps: (byChange.get(row.id) ?? []).map(step => `${step.day} ${stepWords[step.step]}${step.words === '' ? '' : `：${step.words}`}（${who.get(step.by) ?? ''}）`),
  }));
}

const perPage = 2_000;

/** The ledger of the places of the round from its opening on: who did what, and the digests that tie every line to the one before. Nothing personal stands in it. */
async function* ledger(read: Knex, round: Round, paper: Paper): AsyncGenerator<Document> {
  const chains = [...new Set([chainOf(round.path), ...(await villagesOf(read, round)).map(place => chainOf(place.path))])];
  const opened: { unit: number } | undefined = await read('rounds').where({ no: round.no }).first('unit');
  const from = Number(opened?.unit ?? 0);
  for (const chain of chains) {
    for (let after = 0, page = 1; ; page++) {
      const rows: { seq: number; at: string; actor: string; act: string; subject: string; traces: string; previous: string; hash: string }[] = await read('ledger').where({ chain }).where('unit', '>=', from).where('seq', '>', after).orderBy('seq').limit(perPage).select('seq', 'at', 'actor', 'act', 'subject', 'traces', 'previous', 'hash');
      const last = rows.at(-1);
      if (last === undefined) break;
      after = Number(last.seq);
      const who = await actorNames(read, rows.map(row => row.actor));
      const name = `台账/${chain}-${String(page).padStart(3, '0')}`;
      yield { name: `${name}.jsonl`, text: `${rows.map(row => JSON.stringify({ chain, ...row })).join('\n')}\n` };
      yield paper(`${name}.html`, 'ledger', { title: `台账 ${chain} 第 ${page} 页`, rows: rows.map(row => ({ seq: Number(row.seq), on: dayOf(row.at), who: who.get(row.actor) ?? '', act: actWords(row.act), hash: row.hash })) });
    }
  }
}
