import { assert } from '../kit/assert.ts';

/** What a pledge is about. Only what the law leaves to one's own word; nothing of belief, family planning, petitions or health. */
export const purposes = { rating: '参加评定', repair: '信用修复', customs: '移风易俗', yard: '庭院整洁' } as const;
export type Purpose = keyof typeof purposes;

/** Those that are signed for themselves; one for repair is signed where the repair is asked for. */
export const offered: readonly Purpose[] = ['rating', 'customs', 'yard'];

/** The words a person signs. A published text is never edited: a new version is added in front, and old pledges keep naming theirs. */
export interface PledgeText {
  readonly version: string;
  readonly purpose: Purpose;
  readonly title: string;
  /** `{office}` and `{about}` (what is put right, of a repair) are filled in when printed. */
  readonly paragraphs: readonly string[];
  /** How long it is about. */
  readonly months: number;
}

const texts: readonly PledgeText[] = [
  {
    version: 'pledge-rating-2026-1', purpose: 'rating', title: '诚信参评承诺书', months: 24,
    paragraphs: [
      '我自愿参加{office}组织的信用评定，承诺提供的情况是真的；情况变了，及时告诉网格员。',
      '签了的合同、借的款，按说好的办；有困难办不到，提前说明，一起想办法。',
      '对自己家和别家的评定有意见，通过异议说清楚，不提供假的材料。',
    ],
  },
  {
    version: 'pledge-repair-2026-1', purpose: 'repair', title: '信用修复承诺书', months: 12,
    paragraphs: [
      '“{about}”这件事，我已经改正，交来的照片和材料是真的。',
      '我承诺不再发生同样的事；再发生，由我自己改正。',
      '我知道：承诺的内容不真，修复可以撤回，这件事会重新算到原来的期限为止。',
    ],
  },
  {
    version: 'pledge-customs-2026-1', purpose: 'customs', title: '移风易俗承诺书', months: 12,
    paragraphs: [
      '家里的红白事量力而行、简单办，不攀比，不大操大办。',
      '按村里红白理事会商量好的桌数和份子办；有特殊情况，先和理事会说一声。',
      '敬老爱幼，邻里有事互相搭把手。',
    ],
  },
  {
    version: 'pledge-yard-2026-1', purpose: 'yard', title: '庭院整洁承诺书', months: 12,
    paragraphs: [
      '房前屋后自己收拾，柴草农具放整齐，不占路、不堵沟。',
      '垃圾分好类，放到村里的收集点。',
    ],
  },
];

/** The version in use for a purpose: the first of it in the list. */
export function currentText(purpose: Purpose): PledgeText {
  const found = texts.find(text => text.purpose === purpose);
  assert(found !== undefined, `there is a text for ${purpose}`);
  return found;
}

export const textOf = (version: string): PledgeText | undefined => texts.find(text => text.version === version);

/** The paragraphs with what they name filled in. */
export const spoken = (text: PledgeText, { office, about }: { readonly office: string; readonly about: string }): readonly string[] =>
  text.paragraphs.map(paragraph => paragraph.replaceAll('{office}', office).replaceAll('{about}', about));

/** A consent of its own (PIPL 25): printed with a box under every text. */
export const openWords = '同意把我的姓名（隐去中间的字）、小组和承诺的题目放到本村公开的网页上。可以随时撤回，不同意也不影响承诺。';
