import type { Field, Parsed, RawValue } from './form.ts';
import { isOrdinary, tidyLines } from './text.ts';
import { isDay, type Day } from './time.ts';

interface Common { readonly hint?: string; readonly optional?: boolean }

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = (code: string, say: string): { ok: false; code: string; say: string } => ({ ok: false, code, say });
const asText = (raw: RawValue): string => raw === null || raw === undefined ? '' : Array.isArray(raw) ? String(raw[0] ?? '') : String(raw);

/** Full-width digits, letters and blanks become plain ones; Chinese input methods produce both. */
const plain = (text: string): string => isOrdinary(text) ? text : text.normalize('NFC')
  .replace(/[\uff01-\uff5e]/g, letter => /[０-９Ａ-Ｚａ-ｚ．－＋]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) - 0xfee0) : letter)
  .replace(/[\u200b-\u200d\u202a-\u202e\u2066-\u2069\ufeff\u007f\0-\u0008\u000b\u000c\u000e-\u001f]/g, '').toWellFormed().trim();   // nothing that cannot be seen, or that turns the line around

export interface TextRules extends Common { readonly most?: number; readonly pattern?: RegExp; readonly say?: string; readonly lines?: boolean; readonly search?: boolean; readonly secret?: boolean }

/** A line or some lines of text, counted in characters as people see them. */
export function text(label: string, rules: TextRules & { optional: true }): Field<string | undefined>;
export function text(label: string, rules?: TextRules): Field<string>;
export function text(label: string, rules: TextRules = {}): Field<string | undefined> {
  const most = rules.most ?? (rules.lines === true ? 500 : 60);
  return {
    label, optional: rules.optional === true, most, ...hinted(rules),
    control: rules.secret === true ? 'password' : rules.lines === true ? 'textarea' : rules.search === true ? 'search' : 'text',
    parse(raw) {
      const value = rules.secret === true ? asText(raw) : rules.lines === true ? tidyLines(plain(asText(raw))) : plain(asText(raw));
      if (value === '') return rules.optional === true ? good(undefined) : bad('missing', `请填写${label}。`);
      if (value.includes('\ufffd')) return bad('unreadable', `${label}里有认不出的字，请重新输入。`);
      if (value.length > most && [...value].length > most) return bad('long', `${label}最多 ${most} 个字。`);
      if (rules.lines !== true && /[\n\r]/.test(value)) return bad('lines', `${label}只能写一行。`);
      if (rules.pattern !== undefined && !rules.pattern.test(value)) return bad('pattern', rules.say ?? `${label}的写法不对。`);
      return good(value);
    },
  };
}

export interface NumberRules extends Common { readonly least?: number; readonly most?: number; readonly unit?: string }

/** A whole number within bounds. */
export function wholeNumber(label: string, rules: NumberRules & { optional: true }): Field<number | undefined>;
export function wholeNumber(label: string, rules?: NumberRules): Field<number>;
export function wholeNumber(label: string, rules: NumberRules = {}): Field<number | undefined> {
  const least = rules.least ?? 0;
  const most = rules.most ?? 1_000_000_000;
  return {
    label, optional: rules.optional === true, control: 'number', ...hinted(rules), ...rules.unit === undefined ? {} : { unit: rules.unit },
    parse(raw) {
      const value = plain(asText(raw)).replace(/[,，\s]/g, '');
      if (value === '') return rules.optional === true ? good(undefined) : bad('missing', `请填写${label}。`);
      if (!/^-?\d{1,15}$/.test(value)) return bad('number', `${label}要填整数，例如 ${Math.max(least, 3)}。`);
      const number = Number(value);
      if (number < least) return bad('small', `${label}不能小于 ${least}。`);
      if (number > most) return bad('big', `${label}不能大于 ${most}。`);
      return good(number);
    },
  };
}

/** Money written in yuan with at most two decimals, kept in fen. */
export function money(label: string, rules: Common & { readonly mostYuan?: number } = {}): Field<number | undefined> {
  const most = rules.mostYuan ?? 1_000_000_000;
  return {
    label, optional: rules.optional === true, control: 'number', unit: '元', ...hinted(rules),
    parse(raw) {
      const value = plain(asText(raw)).replace(/[,，\s元]/g, '');
      if (value === '') return rules.optional === true ? good(undefined) : bad('missing', `请填写${label}。`);
      const parts = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(value);
      if (parts === null) return bad('money', `${label}要填金额（元），最多两位小数。`);
      const fen = Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
      return fen > most * 100 ? bad('big', `${label}不能大于 ${most} 元。`) : good(fen);
    },
  };
}

export interface Option { readonly key: string; readonly label: string }

/** One of a few options. A file may write the key or the Chinese label. */
export function choice<const K extends string>(label: string, options: readonly { readonly key: K; readonly label: string }[], rules: Common & { optional: true; select?: boolean }): Field<K | undefined>;
export function choice<const K extends string>(label: string, options: readonly { readonly key: K; readonly label: string }[], rules?: Common & { select?: boolean }): Field<K>;
export function choice<const K extends string>(label: string, options: readonly { readonly key: K; readonly label: string }[], rules: Common & { select?: boolean } = {}): Field<K | undefined> {
  // A file asks by the hundred thousand: whoever has the key has it before whoever has the label.
  const keys = new Map([...options.toReversed().map(option => [option.label, option.key] as const), ...options.map(option => [option.key, option.key] as const)] as readonly (readonly [string, K])[]);
  return {
    label, options, optional: rules.optional === true, control: rules.select === true ? 'select' : 'choices', ...hinted(rules),
    parse(raw) {
      const value = plain(asText(raw));
      if (value === '') return rules.optional === true ? good(undefined) : bad('missing', `请选择${label}。`);
      const found = keys.get(value);
      return found === undefined ? bad('option', `${label}里没有“${value.slice(0, 20)}”，可选：${options.slice(0, 8).map(option => option.label).join('、')}。`) : good(found);
    },
  };
}

/** Several of a few options. */
export function checks(label: string, options: readonly Option[], rules: Common = {}): Field<readonly string[]> {
  return {
    label, options, optional: rules.optional !== false, control: 'checks', ...hinted(rules),
    parse(raw) {
      const given = Array.isArray(raw) ? raw.map(String) : asText(raw).split(/[,，、;；]/).map(part => part.trim()).filter(part => part !== '');
      const keys: string[] = [];
      for (const value of given) {
        const found = options.find(option => option.key === value || option.label === value);
        if (found === undefined) return bad('option', `${label}里没有“${value.slice(0, 20)}”。`);
        keys.push(found.key);
      }
      return rules.optional === false && keys.length === 0 ? bad('missing', `请选择${label}。`) : good(keys);
    },
  };
}

/** Yes or no; an unticked box is no. */
export function yesNo(label: string, rules: Common = {}): Field<boolean> {
  return {
    label, optional: true, control: 'checks', options: [{ key: 'yes', label }], ...hinted(rules),
    parse(raw) {
      const value = plain(asText(raw));
      if (['', '否', 'no', 'false', '0'].includes(value)) return good(false);
      return ['是', 'yes', 'true', '1', 'on'].includes(value) ? good(true) : bad('option', `${label}要填“是”或“否”。`);
    },
  };
}

/** A calendar day; `2026-11-23`, `2026/11/23`, `20261123` and `2026年11月23日` are one. */
export function day(label: string, rules: Common & { readonly from?: Day; readonly to?: Day; optional: true }): Field<Day | undefined>;
export function day(label: string, rules?: Common & { readonly from?: Day; readonly to?: Day }): Field<Day>;
export function day(label: string, rules: Common & { readonly from?: Day; readonly to?: Day } = {}): Field<Day | undefined> {
  return {
    label, optional: rules.optional === true, control: 'day', ...hinted(rules),
    parse(raw) {
      const value = plain(asText(raw));
      if (value === '') return rules.optional === true ? good(undefined) : bad('missing', `请填写${label}。`);
      const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(value);
      const found = parts === null ? '' : `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}`;
      if (!isDay(found)) return bad('day', `${label}不是一个日期，请写成 2026-11-23 这样。`);
      if (rules.from !== undefined && found < rules.from) return bad('early', `${label}不能早于 ${rules.from}。`);
      if (rules.to !== undefined && found > rules.to) return bad('late', `${label}不能晚于 ${rules.to}。`);
      return good(found);
    },
  };
}

const hinted = (rules: Common): { hint?: string } => rules.hint === undefined ? {} : { hint: rules.hint };
