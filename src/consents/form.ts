import { checks, choice, day, text } from '../kit/fields.ts';
import { form, type Fault } from '../kit/form.ts';
import { consentKinds, consentWays } from './consent.ts';
import { optionsOf } from '../households/form.ts';

interface Named { readonly id: string; readonly name: string }

/** Consents of one household: who, for what, how. The bank is asked for with `share` alone. */
export const consentForm = (people: readonly Named[], banks: readonly Named[]) => form({
  members: checks('谁的授权', people.map(person => ({ key: person.id, label: person.name })), { optional: false }),
  kinds: checks('同意哪几件事', optionsOf(consentKinds), { optional: false, hint: '三件事分开定，哪件都可以不同意' }),
  bank: choice('给哪家银行', banks.map(bank => ({ key: bank.id, label: bank.name })), { optional: true, hint: '同意给银行的才用选' }),
  how: choice('怎么签的', optionsOf(consentWays)),
  given_on: day('签字的日期'),
  mandate: text('谁代签、凭哪份委托书', { most: 100, optional: true, hint: '只有代签才填，例如：女儿 周小燕，2026-10-01 的委托书' }),
}, ({ members, kinds, bank, how, mandate }) => {
  const faults: Fault[] = [];
  if (kinds.includes('share') && bank === undefined) faults.push({ field: 'bank', code: 'missing', say: '同意给银行的，要选是哪一家。' });
  if (how === 'mandate' && mandate === undefined) faults.push({ field: 'mandate', code: 'missing', say: '代签要写明谁代签、凭哪份委托书。' });
  if (how === 'drawn' && members.length > 1) faults.push({ field: 'members', code: 'many', say: '平板上一次签一个人，请只选签名的这一位。' });
  return faults;
});

/** Papers keyed in for many households at once. */
export const manyForm = form({
  kinds: checks('纸上同意了哪几件事', optionsOf({ rate: consentKinds.rate, publish: consentKinds.publish }), { optional: false }),
  given_on: day('签字的日期'),
});
