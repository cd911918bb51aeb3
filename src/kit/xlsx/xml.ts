import { limits } from '../limits.ts';
import { files } from '../file-refusals.ts';

/** What the scanner meets, in order. Names come without a prefix (`x:row` is `row`); `attributes` is the raw text after the name. */
export interface XmlReader {
  readonly open: (name: string, attributes: string) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

/**
 * Feeds the XML of an office file to a reader, piece by piece; what is cut at the end of a piece waits for the next.
 * Document types are refused: nobody's spreadsheet needs them, and they can swell.
 */
export function scanner(reader: XmlReader): (piece: Uint8Array) => void {
  const decoder = new TextDecoder('utf-8');
  let held = '';
  return piece => {
    held = walk(held + decoder.decode(piece, { stream: true }), reader);
    if (held.length > limits.rowBytes) files.refuse('file-broken', { why: '表格里有一格太长' });
  };
}

/** Returns what it could not finish. */
function walk(text: string, reader: XmlReader): string {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open < 0) return text.slice(at);
    if (open > at) reader.text(unescape(text.slice(at, open)));
    if (text.startsWith('<!--', open)) {
      const end = text.indexOf('-->', open + 4);
      if (end < 0) return text.slice(open);
      at = end + 3;
    } else if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open + 9);
      if (end < 0) return text.slice(open);
      reader.text(text.slice(open + 9, end));
      at = end + 3;
    } else {
      // `>` may stand inside a quoted value.
      let end = open + 1;
      for (let quote = ''; end < text.length; end++) {
        const mark = text[end] ?? '';
        if (quote !== '') { if (mark === quote) quote = ''; }
        else if (mark === '"' || mark === "'") quote = mark;
        else if (mark === '>') break;
      }
      if (end >= text.length) return text.slice(open);
      tag(text.slice(open + 1, end), reader);
      at = end + 1;
    }
  }
  return '';
}

function tag(inside: string, reader: XmlReader): void {
  if (inside.startsWith('?')) return;
  if (inside.startsWith('!')) { files.refuse('file-broken', { why: '表格文件里有不该有的定义' }); }
  if (inside.startsWith('/')) { reader.close(local(inside.slice(1).trim())); return; }
  const empty = inside.endsWith('/');
  const body = empty ? inside.slice(0, -1) : inside;
  const space = /\s/.exec(body)?.index ?? body.length;
  const name = local(body.slice(0, space));
  reader.open(name, body.slice(space));
  if (empty) reader.close(name);
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The value of an attribute out of the raw text, by its full name or without prefix. */
export function attribute(attributes: string, name: string): string | undefined {
  // The usual way of writing is found without taking all attributes apart: a sheet has millions of them.
  const start = attributes.indexOf(` ${name}="`);
  if (start >= 0) {
    const from = start + name.length + 3;
    return unescape(attributes.slice(from, attributes.indexOf('"', from)));
  }
  if (!attributes.includes(name)) return undefined;
  for (const [, found = '', double, single] of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (found === name || local(found) === name) return unescape(double ?? single ?? '');
  }
  return undefined;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
