import { assert } from '../kit/assert.ts';
import type { ConsentKind } from './consent.ts';

/** The words a person signs. A published text is never edited: a new version is added in front, and old consents keep naming theirs. */
export interface ConsentText {
  readonly version: string;
  readonly kind: ConsentKind;
  readonly title: string;
  /** `{office}` and `{bank}` are filled in when printed. */
  readonly paragraphs: readonly string[];
  /** Of a text about sharing: the bank may also see which blocks raised and lowered the grade most. Older texts gave the grade alone. */
  readonly withReasons?: boolean;
}

const texts: readonly ConsentText[] = [
  {
    version: 'rate-2026-1', kind: 'rate', title: '参加信用评定授权书',
    paragraphs: [
      '我同意{office}为评定信用户，收集和使用我家的家庭成员基本情况、从业和劳动情况、与村集体的合同履行情况、义务劳动和好人好事，以及农商行、税务、社保等单位按规定提供的履约情况。',
      '收集的内容只用于本次和以后各年度的信用评定，评定由人审定，不由机器单独决定。',
      '身份证号和电话加密保存，只有写明理由才能打开查看，每一次查看都有记录。',
      '我可以随时看自己家的全部内容和打分依据，可以要求更正、删除，可以对评定结果提出异议。',
      '参加不参加由我自己定。不参加、以后撤回，都不影响我享受任何公共服务，也不说明信用不好。',
    ],
  },
  {
    version: 'publish-2026-1', kind: 'publish', title: '公示和上榜列名授权书',
    paragraphs: [
      '我同意{office}在村和镇的公示、光荣榜、宣传栏和公开网页上列出我家户主的姓名（网上隐去中间的字）、所在小组和评定等级。',
      '不公布身份证号、电话、住址、分数、收入和财产。',
      '我可以随时撤回。撤回当天起网上不再列出；已经张贴的纸质榜，由村里在三个工作日内处理。',
      '不同意列名的，公示里只算户数、不写姓名，结果单独送到我家，异议的期限一样长。',
    ],
  },
  {
    version: 'share-2026-2', kind: 'share', title: '向银行提供评定结果授权书', withReasons: true,
    paragraphs: [
      '我同意{office}把我家的户主姓名、评定等级、有效期，以及哪一类情况拉高等级最多、哪一类拉低最多提供给{bank}，只用于我家申请贷款时参考。',
      '提供等级可能影响银行给不给贷款、给多少、利率多少：等级高不一定能贷到款，等级低或没有等级也可以照常申请。',
      '不提供身份证号、电话、分数，也不提供收入、存款、财产和每一项的具体情况。银行每看一次都要写明用途，我可以查到谁在什么时候看过。',
      '我可以随时撤回，撤回后银行马上看不到。不同意提供，不影响参加评定和上榜。',
    ],
  },
  {
    version: 'share-2026-1', kind: 'share', title: '向银行提供评定结果授权书',
    paragraphs: [
      '我同意{office}把我家的户主姓名、评定等级、有效期提供给{bank}，只用于我家申请贷款时参考。',
      '提供等级可能影响银行给不给贷款、给多少、利率多少：等级高不一定能贷到款，等级低或没有等级也可以照常申请。',
      '不提供身份证号、电话、分数和打分依据。银行每看一次都要写明用途，我可以查到谁在什么时候看过。',
      '我可以随时撤回，撤回后银行马上看不到。不同意提供，不影响参加评定和上榜。',
    ],
  },
];

/** The version in use for a kind: the first of its kind in the list. */
export function currentText(kind: ConsentKind): ConsentText {
  const found = texts.find(text => text.kind === kind);
  assert(found !== undefined, `there is a text for ${kind}`);
  return found;
}

/** Versions under which a bank may be told reasons. */
export const textsWithReasons: readonly string[] = texts.filter(text => text.withReasons === true).map(text => text.version);

export const textOf = (version: string): ConsentText | undefined => texts.find(text => text.version === version);

/** The paragraphs with office and bank filled in. */
export const spoken = (text: ConsentText, { office, bank }: { readonly office: string; readonly bank: string }): readonly string[] =>
  text.paragraphs.map(paragraph => paragraph.replaceAll('{office}', office).replaceAll('{bank}', bank));
