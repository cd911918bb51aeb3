import { choice, text } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import type { Place } from '../../places/place.ts';

const ways = [{ key: 'preset', label: '现成的标准' }, { key: 'standard', label: '收下的标准' }, { key: 'file', label: '一个文件' }, { key: 'nothing', label: '从头写' }] as const;

/** What a draft is made from. */
export const startForm = (counties: readonly Place[]) => form({
  county: choice('县区', counties.map(county => ({ key: String(county.no), label: county.name })), { select: true }),
  from: choice('从哪里来', ways),
  what: text('哪一份', { optional: true, most: 80 }),
});

export const entryForm = (types: readonly { readonly key: string; readonly label: string }[], categories: readonly { readonly key: string; readonly label: string }[]) => form({
  title: text('叫什么', { most: 40 }), type: choice('填什么', types, { select: true }), category: choice('算在哪一类里', categories, { select: true, optional: true, hint: '只问不打分的，不选' }),
});

/** An example is written from nothing, or as another one with something changed. */
export const exampleForm = (examples: readonly { readonly key: string; readonly label: string }[]) => form({
  title: text('叫什么', { most: 40, hint: '说的是怎样的一户' }), like: choice('照哪一个抄', examples, { select: true, optional: true, hint: '抄过来再改不同的地方；不选就从空的写起' }),
});

/** Entries that are no questions have a name alone. */
export const namedForm = form({ title: text('叫什么', { most: 40 }) });
