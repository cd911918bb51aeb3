import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { bankForm } from './form.ts';
import { keepBank } from './keep-bank.ts';
import { banks } from './queries.ts';

export async function showBanks(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const list = await banks(visit.office.read);
  const edited = visit.params['id'] === undefined ? undefined : list.find(bank => bank.id === visit.params['id']) ?? common.refuse('not-found');
  return page('people/banks', {
    title: '银行', rows: list.map(bank => ({ ...bank, href: `/banks/${bank.id}` })), action: edited === undefined ? '/banks' : `/banks/${edited.id}`, edited: edited?.name,
    form: formModel(bankForm, { raw: trouble === undefined ? edited === undefined ? {} : { name: edited.name, short: edited.short } : visit.raw, faults: trouble?.faults ?? [] }),
  });
}

export async function saveBank(visit: Visit): Promise<Reply> {
  const { id } = visit.params;
  if (id !== undefined && !(await banks(visit.office.read)).some(bank => bank.id === id)) common.refuse('not-found');
  const given = taken(bankForm, visit.raw);
  await keepBank(visit.office, visit.actor, id === undefined ? given : { id, ...given });
  return seeOther('/banks', `${given.name}记好了。`);
}
