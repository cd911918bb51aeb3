import { day, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';

export const ledgerForm = form({
  officer: text('谁做的（姓名或登录名）', { optional: true, most: 40, search: true }),
  from: day('从哪天', { optional: true }),
  to: day('到哪天', { optional: true }),
});
