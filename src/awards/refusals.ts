import { catalogue } from '../kit/refusal.ts';

export const awards = catalogue({
  'award-none': { status: 409, say: () => '没有在有效期里的证书，不用年审。' },
  'award-disputed': { status: 409, say: () => '有异议还没答复，先答复再提。', wayOn: () => ({ label: '去看异议', href: '/objections' }) },
  'award-unclear': { status: 409, say: () => '照现在的记录还缺项，算不出来。先补齐，再提。' },
  'award-proposed': { status: 409, say: () => '已经有人提了，还没定。先把那一件办完。' },
  'award-own': { status: 403, say: () => '这一件是您提的，由别的同志来定。' },
  'award-unheard': { status: 409, say: () => '降级、取消以前，要先听本人怎么说：送到通知，等他来说，或者等期限过了。' },
  'award-uninvited': { status: 409, say: () => '还没有送通知。先打印、送到本人手里、登记，再记本人怎么说。' },
  'award-settled': { status: 409, say: () => '这一件已经办过了，请刷新后再看。' },
  'award-moved': { status: 409, say: () => '提出以后，情况又有变化，照今天的记录结果不一样了。请撤下，重新提。' },
  'annual-open': { status: 409, say: () => '这一年的年审已经开过了。', wayOn: () => ({ label: '去看年审', href: '/awards' }) },
  'annual-begun': { status: 409, say: () => '已经有人提了意见，不能再撤回。' },
  'plaque-title': { status: 409, say: () => '牌匾只有信用村、信用乡镇有。' },
  'plaque-step': { status: 409, say: () => '已经登记过了，请刷新后再看。' },
});
