import { catalogue } from '../kit/refusal.ts';

export const panels = catalogue({
  'docket-empty': { status: 409, say: () => '这里已经没有等着评议的农户了，请刷新后再看。' },
  'docket-provisional': { status: 409, say: () => '这一户还缺项，现在只是暂估分。请先补齐、重新算分，再来评议。' },
  'case-held': { status: 409, say: () => '这一户有异议正在核查，答复以后才能继续。别的户照常办。' },
  'sample-unseen': { status: 422, say: d => `请先看一看抽到的 ${d['count'] ?? '几'} 户，再一起通过。` },
  'sitting-needed': { status: 409, say: d => `${d['what'] ?? '这一步'}要开评定会，表决、确认纪要以后才算数。`, wayOn: d => ({ label: '去开会', href: String(d['href'] ?? '/sittings') }) },
  'nothing-to-undo': { status: 409, say: () => '这一批已经往下走了，不能再撤回。' },
});
