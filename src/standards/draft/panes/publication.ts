import { publicPlaces } from '../../standard.ts';
import { choicesOf, lawOf } from '../around.ts';
import { number, pick, text, ticks } from '../cells.ts';
import { rows } from '../edit/path.ts';
import type { Pane } from '../pane.ts';

const places = choicesOf(publicPlaces);

/** Who is named where: at most one rule for each public place. */
export const publication: Pane = {
  address: 'publication', depth: 0, members: ['publication'], title: () => '公布谁',
  parts: body => Array.from({ length: Math.min(rows(body, ['publication']).length + 1, places.length) }, (_, n) => {
    const at = ['publication', n];
    return {
      kind: 'fields' as const, list: ['publication'], title: `第 ${n + 1} 处`, cells: [
        pick([...at, 'board'], '在哪里公布', places, { optional: true }), text([...at, 'who'], '列谁', { optional: true, most: 60, hint: '如：同意公布的信用户' }),
        text([...at, 'shown'], '写什么', { optional: true, most: 60, hint: '只写姓名和等级；号码、分数、财产都不能公开' }), number([...at, 'months'], '最多挂几个月', { optional: true, places: 0, hint: '光荣榜要写；公示期满就撤下，不用写' }),
        ticks([...at, 'legalBasis'], '依据', lawOf(body), { optional: true, hint: '《个人信息保护法》第二十五条：公开要本人单独同意' }),
      ],
    };
  }),
};
