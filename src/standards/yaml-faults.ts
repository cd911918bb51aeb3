import type { Alias, Document, ErrorCode, LineCounter, YAMLError } from 'yaml';
import { later } from '../kit/later.ts';
import type { Fault } from './cursor.ts';

const yaml = later<typeof import('yaml')>('yaml');

/** What a text that is no YAML suffers from, for somebody who knows Excel. A broken line breaks what follows it, so only the first is told; a name written twice breaks nothing else. */
export function syntaxFaults({ errors }: Document, text: string, lines: LineCounter): readonly Fault[] {
  const broken = errors.find(error => error.code !== 'DUPLICATE_KEY');
  return errors.filter(error => error === broken || error.code === 'DUPLICATE_KEY' && (broken === undefined || error.pos[0] < broken.pos[0])).map(error => told(error, text, lines));
}

function told({ code, pos: [from, to] }: YAMLError, text: string, lines: LineCounter): Fault {
  const { line } = lines.linePos(from);
  const written = text.split('\n')[line - 1] ?? '';
  const fault = (say: string, remedy: string): Fault => ({ path: '', at: [], line, say, remedy });
  if (code === 'DUPLICATE_KEY') return fault(`“${/^[^\s:,}]+/.exec(text.slice(from, Math.max(to, from + 64)))?.[0] ?? ''}”在同一处写了两次`, '留下一个');
  if (code === 'MULTIPLE_DOCS') return fault('这里开始了另一份（---）', '一个文件写一份标准，删去后面的');
  if (code === 'TAB_AS_INDENT' || /^ *\t/.test(written)) return fault('行首用了制表符（Tab）', '缩进用空格，一层两个');
  const wide = /[：，｛｝［］“”]/.exec(written)?.[0];
  return fault(saysBy[code] ?? '这一行的写法读不懂', `检查缩进（和同一层的对齐）、冒号后面的空格、引号和括号是不是成对${wide === undefined ? '' : `；也看看“${wide}”是不是该用半角的`}`);
}

const saysBy: Partial<Readonly<Record<ErrorCode, string>>> = {
  BAD_INDENT: '缩进不对，或者前面有括号没有写完', BLOCK_AS_IMPLICIT_KEY: '这一行多缩进了，或者冒号多了一个', BLOCK_IN_FLOW: '花括号里的写法不对，文字里有冒号的要加引号',
  MULTILINE_IMPLICIT_KEY: '这一行少了冒号，或者缩进不对', MISSING_CHAR: '少了冒号、逗号、引号或者右括号', BAD_ALIAS: '引用（& *）的写法不对', BAD_SCALAR_START: '文字不能用这个符号开头，要加引号',
  UNEXPECTED_TOKEN: '这里多了符号，或者前面有括号没有写完', KEY_OVER_1024_CHARS: '名称太长，多半是少了冒号',
};

/** References that stand for nothing. */
export function aliasFaults(document: Document, lines: LineCounter): readonly Fault[] {
  const faults: Fault[] = [];
  yaml().visit(document, { Alias(_key, node: Alias) {
    if (node.resolve(document) === undefined) faults.push({ path: '', at: [], line: lines.linePos(node.range?.[0] ?? 0).line, say: `没有叫“${node.source}”的引用`, remedy: `在前面用 &${node.source} 标好，或者把内容直接写出来` });
  } });
  return faults;
}
