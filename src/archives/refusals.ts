import { catalogue } from '../kit/refusal.ts';

export const archives = catalogue({
  'archive-open': { status: 409, say: () => '批次结束以后才能归档。结束了，里面的内容不再变。' },
  'archive-making': { status: 409, say: () => '归档包正在做，做好了这里能下载。' },
  'archive-gone': { status: 404, say: () => '这一份归档包不在这台机器上了：有人要求删除个人信息，旧的都删掉了，或者搬过机器。请重新做一份。' },
});
