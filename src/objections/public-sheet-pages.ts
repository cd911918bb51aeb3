import { fault, taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { isOver } from '../observations/span.ts';
import { revisionsOf, type Rating } from '../ratings/queries.ts';
import { readSheetCode } from '../ratings/sheet-code.ts';
import { tellWhy } from '../ratings/why.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { sheetForm } from './form.ts';
import { lodgeObjection } from './lodge.ts';
import { disputedWords, ratingTopic } from './objection.ts';
import { mustBeSincere, shownAt } from './sincere.ts';

/** The result whose printed sheet carries this code. */
async function opened({ office: { read, secrets }, params }: Visit): Promise<Rating> {
  const named = readSheetCode(secrets, params['code'] ?? '') ?? common.refuse('not-found');
  return (await revisionsOf(read, named.round, named.subject)).find(one => one.revision === named.revision) ?? common.refuse('not-found');
}

/** The form behind the code on a sheet of reasons. It shows nothing of the household: what the lines say stands on the paper alone. */
async function showForm(visit: Visit, trouble?: Trouble): Promise<Reply> {
  await opened(visit);
  const raw = visit.method === 'POST' ? visit.raw : { id: newId() };
  return page('objections/object-sheet', { title: '对评定结果提意见', heading: '对纸上的评定结果提意见', form: formModel(sheetForm, { raw, faults: trouble?.faults ?? [] }), id: typed(raw, 'id'), shown: shownAt(visit), action: visit.path });
}

async function lodge(visit: Visit): Promise<Reply> {
  const rating = await opened(visit);
  const { line, ...given } = taken(sheetForm, visit.raw);
  const about = line === undefined ? ratingTopic : await aboutLine(visit, rating, line);
  mustBeSincere(visit);
  const receipt = await lodgeObjection(visit.office, visit.actor, { ...given, about, round: rating.round, subject: rating.subject, notice: null, how: 'web' });
  return seeOther(`/receipts/${receipt}`, `收到了您的意见。${disputedWords.household.it}先停下，${disputedWords.household.others}。`);
}

/** What a number on the paper stands for: a line, or something that was written down and is still shown. */
async function aboutLine({ office: { read }, day }: Visit, rating: Rating, no: number): Promise<string> {
  const { standard, groups, events } = await tellWhy(read, rating);
  const lines = [...groups.flatMap(group => group.lines), ...events.filter(({ entry }) => !isOver(standard, entry, day))];
  return lines.find(line => line.no === no)?.about ?? fault('line', 'unknown', '纸上没有这个编号，请再看一遍。对整个结果有意见的，这一格空着。');
}

export const publicSheetRoutes: readonly Route[] = [
  get('/object/sheet/:code', { power: 'anyone', handle: showForm }),
  post('/object/sheet/:code', { power: 'objection.lodge', handle: lodge, again: showForm }),
];
