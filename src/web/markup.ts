/** Text that is already HTML. Handlebars prints anything with `toHTML` as it stands, so views need no triple braces. */
export interface Markup { toHTML(): string }

export const markup = (html: string): Markup => ({ toHTML: () => html });

const unsafe = /[&<>"']/g;
const safe: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for an element or a quoted attribute. */
export const escape = (text: string): string => text.replace(unsafe, sign => safe[sign] ?? '');
