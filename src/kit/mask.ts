/**
 * Who is about to read a name. The one masking rule of the office hangs on this word.
 * - `self`: the person's own papers, such as the certificate
 * - `office-own`: officers whose post covers the household
 * - `office`: officers from elsewhere
 * - `village-paper`: the notice on paper in the own village, where the consent text offers the full name
 * - `public`: anyone, signed out
 * - `coop`: the bank named in the consent; it must be able to tell who is meant
 */
export type Audience = 'self' | 'office-own' | 'office' | 'village-paper' | 'public' | 'coop';

const seesWholeName: Readonly<Record<Audience, boolean>> = {
  'self': true, 'office-own': true, 'office': false, 'village-paper': true, 'public': false, 'coop': true,
};

export const nameFor = (audience: Audience, name: string): string => seesWholeName[audience] ? name : maskName(name);

/** 张＊ for two characters, 李＊明 for three, first and last for longer ones. Counts characters, not UTF-16 halves, so a rare one is never cut in two. */
export function maskName(name: string): string {
  const characters = Array.from(name);
  const first = characters[0] ?? '';
  const last = characters.at(-1) ?? '';
  if (characters.length <= 1) return '＊'.repeat(characters.length);
  if (characters.length === 2) return `${first}＊`;
  return `${first}${'＊'.repeat(characters.length - 2)}${last}`;
}

// There is no function that masks an ID number or a phone: neither is ever shown in part. Their last four digits are as telling as the middle; the household's own officers open the whole with a reason.
