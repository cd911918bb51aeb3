import { catalogue } from '../kit/refusal.ts';

export const recusals = catalogue({
  'recused-already': { status: 409, say: () => '这一户的回避已经登记过了。' },
  'recusal-own': { status: 422, say: () => '登记自己回避，不用选人，也不用别人决定。', wayOn: () => ({ label: '看我的回避', href: '/recusals' }) },
  'recusal-settled': { status: 409, say: () => '回避登记过了当天，要由别人来解除：请找镇评定委员会主任或者县领导小组组长。' },
});
