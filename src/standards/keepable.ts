import { Cursor, type Fault } from './cursor.ts';

/** No standard is nested anywhere near so deep; what contains itself is. */
const deepest = 60;
// No database column and no sheet of paper takes these.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** The first place of what YAML read that no JSON file could say: a number without end, a date or set of old YAML, a reference to what it stands in, a character nobody can write. */
export function unkeepable(value: unknown, at: Fault['at'] = []): Fault | undefined {
  const fault = (say: string, remedy: string, place = at): Fault => ({ path: new Cursor(value, place, []).path, at: place, say, remedy });
  if (at.length > deepest) return fault('一层套一层，没有尽头', '引用（& *）不能引到自己里面，把内容直接写出来', at.slice(0, 1));
  if (typeof value === 'string') return unwritable.test(value) || !value.isWellFormed() ? fault('有写不出来的字符', '重新打一遍这段文字') : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : fault('不是一个写得出来的数', '写一个平常的数');
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return fault('这种写法（!! 或者 %YAML）这里不用', '写成平常的文字、数字或者列表');
  for (const [name, inner] of Object.entries(value)) {
    const found = unkeepable(name, at) ?? unkeepable(inner, [...at, Array.isArray(value) ? Number(name) : name]);
    if (found !== undefined) return found;
  }
  return undefined;
}
