import { choice, day, text } from '../kit/fields.ts';
import { form, type Form, type Field } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';
import { childKinds, placeKinds, type PlaceKind } from './place.ts';

const name = (label: string): Field<string> => text(label, { most: 40 });
const code = text('区划代码', { optional: true, most: 12, pattern: /^\d{2,12}$/, say: '区划代码只写数字。', hint: '统计用区划代码：乡镇 9 位，村 12 位；组和网格没有' });
const reason = text('为什么', { most: limits.textCharacters, hint: '例如：苏民发〔2026〕12 号批复' });
const since = (today: Day): Field<Day> => day('从哪天起', { to: today });

export const renameForm = (today: Day) => form({ name: name('新的名称'), code, day: since(today), reason });
export const closeForm = (today: Day) => form({ day: since(today), reason });
/** Move and merge: the other place is chosen from a list made for the visitor. */
export const otherForm = (today: Day, label: string, others: readonly { readonly key: string; readonly label: string }[]) =>
  form({ to: choice(label, others, { select: true }), day: since(today), reason });

const mostNames = 60;

/** Several names at once, one a line: a village's groups are set up in one go. */
export const establishForm = (today: Day, under: PlaceKind): Form<{ kind: Field<PlaceKind>; names: Field<string>; code: Field<string | undefined>; day: Field<Day>; reason: Field<string> }> => form({
  kind: choice('新设什么', childKinds(under).map(kind => ({ key: kind, label: placeKinds[kind] }))),
  names: text('名称', { lines: true, most: 1_200, hint: `一行一个，最多 ${mostNames} 个` }),
  code, day: since(today), reason,
}, values => {
  const names = namesIn(values.names);
  if (names.length > mostNames) return [{ field: 'names', code: 'many', say: `一次最多新设 ${mostNames} 个。` }];
  const long = names.find(one => [...one].length > 40);
  if (long !== undefined) return [{ field: 'names', code: 'long', say: '每个名称最多 40 个字。' }];
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) return [{ field: 'names', code: 'twice', say: `“${twice}”写了两遍。` }];
  return values.code !== undefined && names.length > 1 ? [{ field: 'code', code: 'one', say: '写区划代码时一次只能新设一个。' }] : [];
});

export const namesIn = (lines: string): readonly string[] => lines.split(/\r?\n/).map(line => line.trim()).filter(line => line !== '');

export const officeForm = (choices: readonly { readonly key: string; readonly label: string }[]) => form({
  title: text('办公室名称', { most: 40, hint: '印在公开网页底部和登录页上，例如：盱眙县马坝镇信用办' }),
  place: choice('办公范围', choices, { select: true, hint: '一个乡镇、一个县区或全市；报表和列表从这里开始' }),
});
