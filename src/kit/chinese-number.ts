const digits = '〇一二三四五六七八九';

/** 1 to 999 in characters, as articles and chapters are counted: 十二, 二十, 一百零五. */
export function chineseNumber(count: number): string {
  const [hundreds, tens, ones] = [Math.floor(count / 100), Math.floor(count / 10) % 10, count % 10];
  const high = hundreds === 0 ? '' : `${digits[hundreds] ?? ''}百`;
  const middle = tens === 0 ? (hundreds > 0 && ones > 0 ? '零' : '') : tens === 1 && hundreds === 0 ? '十' : `${digits[tens] ?? ''}十`;
  return `${high}${middle}${ones === 0 ? '' : digits[ones] ?? ''}`;
}
