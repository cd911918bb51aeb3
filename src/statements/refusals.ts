import { catalogue } from '../kit/refusal.ts';

export const statements = catalogue({
  'statement-about-nothing': { status: 404, say: () => '这一户没有这一项，说明没有记。请刷新后再选。' },
});
