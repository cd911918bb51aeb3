import { form } from '../kit/form.ts';
import { text, wholeNumber, yesNo } from '../kit/fields.ts';

export const passForm = form({ seen: text('这一页的户', { most: 64 }), looked: yesNo('抽看') });
export const decideForm = form({ mark_seq: wholeNumber('进度') });
export const returnForm = form({ mark_seq: wholeNumber('进度'), usual: text('常用理由', { optional: true, most: 200 }), reason: text('退回的理由', { optional: true, lines: true, most: 200, hint: '写明要村里再核什么' }) },
  values => values.usual === undefined && values.reason === undefined ? [{ field: 'reason', code: 'missing', say: '请写明退回的理由。' }] : []);
