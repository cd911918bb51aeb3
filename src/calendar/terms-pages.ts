import { taken } from '../kit/faults.ts';
import { wholeNumber } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { keepTerms } from './keep-terms.ts';
import { termBounds, termsNow } from './terms.ts';

const days = { unit: '个工作日' };
const termsForm = form({
  answer: wholeNumber('减分的事告知以后，本人可以说明', { ...termBounds.answer, ...days }),
  accept: wholeNumber('信用修复申请，多少天内受理', { ...termBounds.accept, ...days }),
  decide: wholeNumber('受理以后，多少天内决定', { ...termBounds.decide, ...days }),
  reply: wholeNumber('本人要求更正、删除、说明，多少天内书面答复', { ...termBounds.reply, ...days }),
});

async function showTerms(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const now = await termsNow(visit.office.read);
  return page('calendar/terms', {
    title: '办理期限', heading: '办理期限', crumbs: [{ label: '节假日', href: '/calendar' }, { label: '办理期限' }],
    form: formModel(termsForm, { raw: visit.method === 'POST' ? visit.raw : { answer: String(now.answer), accept: String(now.accept), decide: String(now.decide), reply: String(now.reply) }, faults: trouble?.faults ?? [] }),
  });
}

async function saveTerms(visit: Visit): Promise<Reply> {
  await keepTerms(visit.office, visit.actor, taken(termsForm, visit.raw));
  return seeOther('/calendar/terms', '期限定好了，从现在起按新的算；已经告知本人的日子不变。');
}

export const termRoutes: readonly Route[] = [
  get('/calendar/terms', { power: 'calendar.keep', handle: showTerms }),
  post('/calendar/terms', { power: 'calendar.keep', handle: saveTerms, again: showTerms }),
];
