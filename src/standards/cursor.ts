import { mostEntries } from './extent.ts';
import { meant } from './meant.ts';

/** Something wrong in a standard: where, what, and what would be right. */
export interface Fault { readonly path: string; readonly line?: number; readonly say: string; readonly remedy: string; readonly at: readonly (string | number)[] }

const keyShape = /^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/;

/** Names that every record of the language has by itself, such as `constructor`: nothing of ours may be called so. */
export const isReserved = (name: string): boolean => name in Object.prototype;

/** A place in an unread file. Reading never throws: it notes a fault and goes on, so that one pass names them all. */
export class Cursor {
  readonly value: unknown;
  readonly at: readonly (string | number)[];
  readonly faults: Fault[];

  constructor(value: unknown, at: readonly (string | number)[], faults: Fault[]) {
    this.value = value;
    this.at = at;
    this.faults = faults;
  }

  get isAbsent(): boolean { return this.value === undefined; }
  get path(): string { return this.at.map((step, n) => typeof step === 'number' ? `[${step}]` : n === 0 ? step : `.${step}`).join(''); }

  fault(say: string, remedy: string): undefined {
    this.faults.push({ path: this.path, say, remedy, at: this.at });
    return undefined;
  }

  /** A name that nothing has, with the one that may be meant. */
  unknown(what: string, name: string, known: readonly string[], remedy: string): undefined { return this.fault(`没有叫“${name}”的${what}`, `${remedy}${meant(name, known)}`); }

  get(key: string): Cursor {
    const held = isRecord(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Cursor(held, [...this.at, key], this.faults);
  }

  /** An object with these members and no others. */
  record(wanted: readonly string[], optional: readonly string[] = []): Readonly<Record<string, unknown>> | undefined {
    if (!isRecord(this.value)) return this.fault(this.isAbsent ? '少了这一部分' : '这里要写成一组“名称: 值”', `要有：${wanted.join('、')}`);
    const known = [...wanted, ...optional];
    for (const key of Object.keys(this.value)) {
      if (!known.includes(key)) this.get(key).fault(`不认识“${key}”`, key.includes('：') ? '名称后面的冒号要用半角的，再空一格' : `可以写的有：${known.join('、')}${meant(key, known)}`);
    }
    for (const key of wanted) if (this.get(key).isAbsent) this.get(key).fault(`少了“${key}”`, `请在这里补上 ${key}`);
    return this.value;
  }

  /** The members of a list, at least `least` of them. */
  list(least = 0): readonly Cursor[] {
    if (!Array.isArray(this.value)) {
      if (!this.isAbsent) this.fault('这里要写成一列', '每一条前面加“- ”，没有就写 []');
      return [];
    }
    if (this.value.length < least) this.fault(`至少要有 ${least} 条`, '请补上');
    if (this.value.length > mostEntries) { this.fault(`太多，有 ${this.value.length} 条`, `一处最多 ${mostEntries} 条，多的并起来，或者分成两份标准`); return []; }
    return this.value.map((held: unknown, at) => new Cursor(held, [...this.at, at], this.faults));
  }

  text(most = 200): string | undefined {
    if (this.isAbsent) return undefined;
    if (typeof this.value !== 'string' || this.value.trim() === '') return this.fault('这里要写文字', '数字或日期请加引号，写成文字');
    if (this.value.length > most) return this.fault(`太长，有 ${this.value.length} 个字`, `最多 ${most} 个字`);
    return this.value;
  }

  key(): string | undefined {
    const text = this.text();
    if (text === undefined || keyShape.test(text) && !isReserved(text)) return text;
    return this.fault(`“${text}”不能作名称`, isReserved(text) ? '这个词程序里另有用处，换一个' : '用英文字母开头，只含字母、数字、- 和 _');
  }

  oneOf(choices: readonly string[]): string | undefined {
    if (this.isAbsent) return undefined;
    return typeof this.value === 'string' && choices.includes(this.value) ? this.value : this.fault(`“${String(this.value)}”不在可选的里面`, `可以写：${choices.join('、')}${meant(String(this.value), choices)}`);
  }

  /** A number with at most `places` decimals. */
  number({ least = -1e9, most = 1e9, places = 0 }: { readonly least?: number; readonly most?: number; readonly places?: number } = {}): number | undefined {
    if (this.isAbsent) return undefined;
    const { value } = this;
    if (typeof value !== 'number' || !Number.isFinite(value)) return this.fault(`“${String(value)}”不是数`, asNumber(value) ?? '请写一个数，不加引号');
    const scaled = value * 10 ** places;
    if (Math.abs(scaled - Math.round(scaled)) > 1e-6) return this.fault(`${value} 的小数太多`, places === 0 ? '请写整数' : `最多 ${places} 位小数`);
    if (value < least || value > most) return this.fault(`${value} 超出范围`, `${least} 到 ${most} 之间`);
    return value;
  }

  points(): number | undefined { return this.number({ least: -10_000, most: 10_000, places: 2 }); }
  months(): number | undefined { return this.number({ least: 1, most: 600 }); }

  flag(): boolean | undefined {
    if (this.isAbsent) return undefined;
    return typeof this.value === 'boolean' ? this.value : this.fault(`“${String(this.value)}”不是是或否`, '请写 true 或 false');
  }

  day(): string | undefined {
    if (this.isAbsent) return undefined;
    const { value } = this;
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value)) || new Date(value).toISOString().slice(0, 10) !== value) {
      return this.fault(`“${String(value)}”不是日期`, "请写成 '2026-01-31' 这样");
    }
    return value;
  }

  /** A list of names that must all be among `known`. */
  citing(known: readonly string[], what: string): readonly string[] {
    const cited: string[] = [];
    for (const each of this.list(1)) {
      const text = each.text();
      if (text === undefined) continue;
      if (!known.includes(text)) each.unknown(what, text, known, `先写好它，或者改成：${known.slice(0, 12).join('、')}`);
      cited.push(text);
    }
    return cited;
  }
}

/** A number that was quoted, or typed in full width. */
const asNumber = (value: unknown): string | undefined => { const bare = typeof value === 'string' ? value.normalize('NFKC').trim() : ''; return /^-?\d+(\.\d+)?$/.test(bare) ? `请写成 ${bare}，半角，不加引号` : undefined; };

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
