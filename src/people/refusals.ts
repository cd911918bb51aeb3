import { catalogue } from '../kit/refusal.ts';

export const people = catalogue({
  'wrong-password': { status: 422, say: () => '登录名或口令不对，请再试一次。' },
  'locked-out': { status: 429, say: d => `口令连续输错多次，这个账号先锁 ${d['minutes']} 分钟。急用请找安全管理员解锁。` },
  'incompatible-posts': { status: 409, say: d => `${d['one']}和${d['other']}不能由同一个人担任。` },
  'post-held': { status: 409, say: () => '这个人已经在这里担任这个岗位。' },
  'post-ended': { status: 409, say: () => '这个岗位已经免去了。' },
  'officer-closed': { status: 409, say: () => '这个账号已经停用。' },
  'login-taken': { status: 409, say: () => '这个登录名已经有人用了，请换一个。' },
  'last-administrator': { status: 409, say: () => '这是最后一位系统管理员，免去以后就没有人能任免岗位了。请先任命接替的人。' },
  'stand-in-self': { status: 422, say: () => '不能自己给自己代班。' },
  'leave-overlaps': { status: 409, say: () => '这几天已经登记过请假，请先看看原来那一条。' },
});
