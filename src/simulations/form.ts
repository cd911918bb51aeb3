import { choice, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';

interface Option { readonly key: string; readonly label: string }

export const tryForm = (rounds: readonly Option[], places: readonly Option[], standards: readonly Option[]) => form({
  standard: choice('试哪一份标准', standards, { select: true, hint: '导入了还没采用的、正在用的、停用了的都可以试' }),
  round: choice('用哪一轮的情况', rounds, { select: true }),
  place: choice('范围', places, { select: true }),
  note: text('为什么试', { optional: true, most: 100, hint: '例如：AA 的分数线降 2 分' }),
});
