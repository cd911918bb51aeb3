import type { Random } from './random.ts';

export type Sex = 'male' | 'female';

// Surnames of northern Jiangsu, roughly by how common they are there. Nobody is meant.
const surnames: readonly (readonly [string, number])[] = [
  ['王', 82], ['张', 76], ['李', 66], ['陈', 58], ['刘', 52], ['朱', 34], ['徐', 34], ['杨', 32], ['周', 30], ['吴', 28], ['孙', 26], ['赵', 24], ['马', 20], ['胡', 19],
  ['高', 18], ['丁', 15], ['许', 14], ['董', 12], ['蒋', 11], ['沈', 11], ['戴', 10], ['郑', 10], ['汪', 9], ['潘', 9], ['蔡', 9], ['夏', 8], ['严', 8], ['葛', 8], ['卞', 6],
  ['纪', 6], ['仇', 5], ['单', 5], ['嵇', 4], ['尹', 5], ['左', 4], ['万', 4], ['史', 5], ['殷', 4], ['倪', 4], ['颜', 4], ['龚', 4], ['薛', 5], ['秦', 5], ['邵', 4], ['范', 5],
  ['陆', 5], ['顾', 4], ['姜', 5], ['梁', 4], ['黄', 14], ['郭', 8], ['何', 6], ['韩', 6], ['谢', 5], ['魏', 5], ['宋', 6], ['唐', 5], ['曹', 6], ['石', 4], ['仝', 1], ['佘', 1], ['解', 1], ['区', 1], ['欧阳', 2],
];

const words = (text: string): readonly string[] => text.split(' ');

// Given names by the years in which they were in fashion.
const fashion: readonly { readonly until: number; readonly male: readonly string[]; readonly female: readonly string[] }[] = [
  { until: 1949, male: words('德才 广仁 兆林 怀义 宝山 士明 长贵 永福 守仁 学礼 文彬 正海 明富 家祥 其昌 开元 树德 立山 恒昌 克俭'), female: words('秀英 桂英 兰英 桂兰 玉兰 秀兰 凤英 玉英 素珍 兰芳 桂珍 金兰 月英 凤兰 文英 翠兰') },
  { until: 1959, male: words('建国 国庆 保国 长安 永明 正国 学明 志远 士国 怀军 广成 兆国 玉成 家富 德胜 学林 公正 友才 加春 克勤'), female: words('秀兰 桂芳 玉珍 素芳 秀珍 桂花 兰珍 凤珍 翠英 玉梅 秀芳 月华 巧云 来凤 桂香 士英') },
  { until: 1969, male: words('卫东 建军 红军 永军 国平 志强 立新 立民 爱民 学军 正东 保成 卫民 广华 兆军 德军 家宝 长青 永红 玉林 加林'), female: words('红梅 秀梅 玉霞 爱华 翠平 春梅 红霞 桂霞 兰香 秀云 月梅 小芳 凤霞 玉芹 正兰 学芳') },
  { until: 1979, male: words('军 勇 海波 建华 志军 国华 春生 永刚 文军 爱军 小兵 立军 加海 正军 海军 卫国 学文 宝军 亚军 明华 平'), female: words('丽 芳 燕 红 梅 霞 海燕 丽华 春燕 小红 玉红 亚芳 秀丽 建芳 翠红 小梅 云霞 桂红') },
  { until: 1989, male: words('磊 伟 鹏 超 强 刚 涛 俊 亮 飞 小军 海涛 晓东 建伟 志伟 振华 大伟 永强 海洋 文涛'), female: words('婷 静 娟 丹 敏 艳 莉 玲 晶 小燕 婷婷 晓丽 海霞 丽丽 艳红 亚楠 雪梅 晓芳') },
  { until: 1999, male: words('浩 杰 俊杰 帅 鑫 凯 宇 晨 志鹏 文杰 家豪 旭东 子健 明辉 海龙 成龙 鹏飞 翔'), female: words('雪 悦 欣 颖 倩 雅婷 梦婷 佳佳 文静 雨薇 晓雪 梦瑶 思雨 慧敏 紫薇 月') },
  { until: 2009, male: words('宇航 浩然 子豪 俊熙 天宇 博文 嘉豪 子涵 晨曦 昊天 文轩 宇轩 志豪'), female: words('欣怡 雨欣 佳怡 思琪 雨桐 梦琪 子怡 诗涵 雅欣 可欣 馨怡 语嫣') },
  { until: 9999, male: words('梓轩 沐宸 一诺 宇泽 皓轩 子墨 奕辰 浩宇 辰逸 俊辰 梓睿 铭泽'), female: words('梓涵 一诺 欣妍 若汐 语桐 诗琪 梓萱 沐瑶 雨彤 可馨 依诺 悦彤') },
];

/** Characters that programs lose: beyond the common sets, some beyond U+FFFF (GB18030-2022). */
export const rareCharacters: readonly string[] = ['𬭼', '𫗧', '㛃', '䶮', '𠮷', '𬍛', '𬴊', '𫍯', '𫖯', '𬘓', '堃', '喆', '翀', '煊', '珺', '昇'];

/** Surnames that a village is full of: old families, one of them often in the village's own name. */
export function clansOf(random: Random, villageName: string): readonly string[] {
  const own = surnames.map(([surname]) => surname).filter(surname => villageName.startsWith(surname) && surname !== '石');
  return [...own, random.weighted(surnames), random.weighted(surnames), random.weighted(surnames)].slice(0, 3);
}

export const surnameFor = (random: Random, clans: readonly string[]): string => clans.length > 0 && random.chance(0.45) ? random.pick(clans) : random.weighted(surnames);

/** A given name that was plausible in the year of birth; about one in a hundred holds a rare character. */
export function givenName(random: Random, person: { readonly sex: Sex; readonly birthYear: number }): string {
  const decade = fashion.find(entry => person.birthYear <= entry.until) ?? fashion.at(-1);
  const given = random.pick(decade?.[person.sex] ?? []);
  if (!random.chance(0.012)) return given;
  const rare = random.pick(rareCharacters);
  const last = Array.from(given).at(-1) ?? '';
  return random.chance(0.4) ? rare : `${rare}${last}`;
}
