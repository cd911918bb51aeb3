import { catalogue } from '../kit/refusal.ts';

export const people = catalogue({
  'wrong-password': { status: 422, say: () => '登录名或口令不对，请再试一次。' },
  'locked-out': { status: 429, say: d => `口令连续输错多次，这个账号先锁 ${d['minutes']} 分钟。急用请找安全管理员解锁。` },
  'pin-unset': { status: 409, say: () => '这位同志还没有设会议确认密码。请本人登录，在“我的”里设好。' },
  'wrong-pin': { status: 422, say: () => '确认密码不对，请再输一次。' },
  'pin-locked': { status: 429, say: d => `确认密码连续输错多次，先锁 ${d['minutes']} 分钟。急用的，请本人登录，在“我的”里换一个。` },
  'incompatible-posts': { status: 409, say: d => `${d['one']}和${d['other']}不能由同一个人担任。` },
  'post-held': { status: 409, say: () => '这个人已经在这里担任这个岗位。' },
  'post-ended': { status: 409, say: () => '这个岗位已经免去了。' },
  'officer-closed': { status: 409, say: () => '这个账号已经停用。' },
  'login-taken': { status: 409, say: () => '这个登录名已经有人用了，请换一个。' },
  'last-administrator': { status: 409, say: () => '这是最后一位系统管理员，免去以后就没有人能任免岗位了。请先任命接替的人。' },
  'stand-in-self': { status: 422, say: () => '不能自己给自己代班。' },
  'stand-in-away': { status: 409, say: () => '代班的人这几天自己也请了假，请换一个人。' },
  'no-post-to-pass': { status: 409, say: () => '这个人现在没有岗位，不用代班，也没有可以交接的。' },
  'post-place-missing': { status: 422, say: () => '没有找到这个地方，或者它已经撤销，请重新选择。' },
  'post-place-wrong': { status: 422, say: d => `${d['role']}的岗位要放在${d['kinds']}。` },
  'bank-missing': { status: 422, say: () => '农商行信贷员要写明是哪家银行的；交接只能在同一家银行里。' },
  'bank-taken': { status: 409, say: () => '这家银行已经在名册里了。' },
  'first-run-over': { status: 409, say: () => '这个办公室已经有人管理了，请直接登录。', wayOn: () => ({ label: '去登录', href: '/sign-in' }) },
  'leave-overlaps': { status: 409, say: () => '这几天已经登记过请假或代班，请先看看原来那一条。' },
});
