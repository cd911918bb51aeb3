import { catalogue } from '../kit/refusal.ts';

/** What the database says no to, in our words. Areas catch `taken` where they know better which field it is. */
export const stored = catalogue({
  'taken': { status: 409, say: () => '这个编号或名称已经有了，请换一个，或者先看看原来那一条。' },
  'still-used': { status: 409, say: () => '别的记录还用着它，不能这样改。' },
  'storage-full': { status: 503, say: () => '系统暂时写不进去（磁盘满了或数据库正忙）。您填的内容没有丢，请稍后再试，并告诉管理员。' },
});
