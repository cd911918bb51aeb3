import { catalogue } from '../kit/refusal.ts';

export const coop = catalogue({
  'no-bank': { status: 409, say: () => '您的账号还没有绑定银行，请找系统管理员。' },
  'not-shared': { status: 404, say: () => '没有查到。可能没有授权给本行，也可能没有参评或还在评，都不说明信用不好。', wayOn: () => ({ label: '回到授权农户', href: '/coop' }) },
});
