import { form } from '../kit/form.ts';
import { choice, text } from '../kit/fields.ts';
import { noticeStageNames, noticeStages } from './notice.ts';

export const postForm = form({
  id: text('这份公示', { most: 36, pattern: /^[0-9a-f-]{36}$/, say: '这一页放得太久了，请刷新再填。' }), round: text('批次', { most: 36 }), place: text('村', { most: 36 }),
  stage: choice('哪一榜', noticeStageNames.map(key => ({ key, label: noticeStages[key].says }))),
  where: text('贴在哪里', { most: 60, hint: '例如：村部公示栏、3组小店门口' }), phone: text('有意见打哪个电话', { most: 40, pattern: /^[\d\s()（）\-－转分机]{6,40}$/, say: '电话要写数字，例如 0517-88000000。' }),
});
export const unpostForm = form({ reason: text('取下的理由', { lines: true, most: 200, hint: '这段话大家看得到，例如：第2组漏了一户，补上再贴' }) });
