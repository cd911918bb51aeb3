import { catalogue } from './refusal.ts';

/** Refusals that any area may give. */
export const common = catalogue({
  'not-found': { status: 404, say: () => '没有找到您要看的内容，可能已经移走，或者地址写错了。', wayOn: () => ({ label: '回到首页', href: '/' }) },
  'not-allowed': { status: 403, say: d => `这件事不在您的岗位范围内${d['why'] ? `：${d['why']}` : ''}。`, wayOn: () => ({ label: '回到待我办', href: '/desk' }) },
  'signed-out': {
    status: 401, wayOn: d => d['typed'] === undefined ? { label: '去登录', href: '/sign-in' } : { label: '去登录（另开一页）', href: '/sign-in', apart: true },
    say: d => d['typed'] === undefined ? '请先登录。离开太久会自动退出。' : '离开太久，已经自动退出，刚才填的内容还没有提交。请不要关这一页：先去登录，再回到这里刷新，内容会重新送来。',
  },
  'forged': { status: 403, say: () => '这一页放得太久了，或者不是从本系统打开的，这次没有提交。请核对内容，再提交一次。' },
  'faults': { status: 422, say: d => d['say'] === undefined ? '有几处要改一下，已经标出来了。' : String(d['say']) },
  'changed-meanwhile': { status: 409, say: () => '您打开以后，别人已经改过这里。请看一看新的内容，再决定要不要改。' },
  'busy': { status: 503, say: () => '系统正忙，请过一会儿再试。您填的内容还在。' },
  'too-large': { status: 413, say: d => `内容太大，最多 ${d['most'] ?? '20 MB'}。` },
  'too-many': { status: 429, say: d => `次数太多，请 ${d['minutes'] ?? 15} 分钟后再试。` },
  'bad-request': { status: 400, say: d => String(d['say'] ?? '这个请求看不懂，请从页面上重新操作。') },
  'wrong-method': { status: 405, say: () => '这个地址不能这样用，请从页面上操作。' },
  'wrong-type': { status: 415, say: () => '文件或内容的格式不对。' },
});
