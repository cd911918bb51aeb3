import { taken } from '../kit/faults.ts';
import { formModel } from '../web/form-model.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import type { Answer } from './answer.ts';
import { answerForm } from './form.ts';
import type { ObjectionRow } from './queries.ts';

type Asked = Pick<ObjectionRow, 'id' | 'lodged_on'>;

/** The form of whoever answers: the record of the check, then the answer. Only what was taken back is answered without a check, and the page says so once. */
export function answeringModel(visit: Visit, { lodged_on }: Asked, trouble?: Trouble) {
  const model = formModel(answerForm(lodged_on, visit.day), { raw: visit.method === 'POST' ? visit.raw : { on: visit.day }, faults: trouble?.faults ?? [] });
  const wanted = ['on', 'looked', 'found'].map(name => [name, { ...model.by[name], optional: false }]);
  return { ...model, by: { ...model.by, ...Object.fromEntries(wanted) as typeof model.by } };
}

export function answerIn(visit: Visit, { id, lodged_on }: Asked): Answer {
  const { outcome, words, on, looked, asked, found } = taken(answerForm(lodged_on, visit.day), visit.raw);
  const photo = visit.files.find(file => file.field === 'photo');
  return { id, outcome, words, check: on === undefined || looked === undefined || found === undefined ? undefined : { on, looked, asked, found, photo: photo === undefined ? undefined : { path: photo.path } } };
}
