import { actorId } from '../access/actor.ts';
import { taken } from '../kit/faults.ts';
import { text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { whoHasPin } from './pin.ts';
import { setPin } from './set-pin.ts';

const pinForm = form({
  password: text('登录口令', { secret: true, most: 128, hint: '证明是您本人在设' }),
  pin: text('确认密码', { secret: true, most: 6, hint: '6 位数字。不要用连号、叠号和生日' }),
  again: text('再输一次确认密码', { secret: true, most: 6 }),
});

export async function showPin(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const isSet = (await whoHasPin(visit.office.read, [actorId(visit.actor)])).size > 0;
  // Nothing secret comes back in a page.
  return page('people/pin', { title: '会议确认密码', heading: isSet ? '换一个会议确认密码' : '设会议确认密码', crumbs: [{ label: '我的', href: '/me' }], isSet, form: formModel(pinForm, { faults: trouble?.faults ?? [] }) });
}

export async function savePin(visit: Visit): Promise<Reply> {
  await setPin(visit.office, visit.actor, taken(pinForm, visit.raw));
  return seeOther('/me', '确认密码设好了。开会表决、确认纪要时，在会议的平板上输入。');
}
