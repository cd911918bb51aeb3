import { fault, taken } from '../kit/faults.ts';
import { officeChoices } from '../places/queries.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { appointFirst, firstRunCode, isFirstRun, isFirstRunCode } from './first-run.ts';
import { firstRunForm } from './form.ts';
import { people } from './refusals.ts';

export async function showFirstRun(visit: Visit, trouble?: Trouble): Promise<Reply> {
  if (!await isFirstRun(visit.office)) return people.refuse('first-run-over');
  firstRunCode(visit.office);
  const raw = { ...visit.raw, password: '', again: '' };
  return page('people/first-run', { title: '第一次使用', form: formModel(firstRunForm(await officeChoices(visit.office.read)), { raw, faults: trouble?.faults ?? [] }) });
}

export async function saveFirstRun(visit: Visit): Promise<Reply> {
  if (!await isFirstRun(visit.office)) return people.refuse('first-run-over');
  const given = taken(firstRunForm(await officeChoices(visit.office.read)), visit.raw);
  if (!isFirstRunCode(visit.office, given.code)) fault('code', 'wrong', '安装代码不对。请看启动时的屏幕，或者数据文件夹里的 first-run-code.txt。');
  await appointFirst(visit.office, { login: given.login, name: given.name, password: given.password, placeNo: Number(given.place), title: given.title });
  return seeOther('/sign-in', '办公室设好了，请用刚才的登录名和口令登录。');
}
