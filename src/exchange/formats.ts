import { files } from '../kit/file-refusals.ts';
import type { Format } from './format.ts';
import { csv } from './formats/csv.ts';
import { jsonLines } from './formats/json-lines.ts';
import { xlsx } from './formats/xlsx.ts';
import { exchange } from './refusals.ts';

/** Every kind of file the office takes and gives; a new one is a file beside these and a line here. */
export const formats: readonly Format[] = [csv, xlsx, jsonLines];

export const formatNamed = (name: string): Format => formats.find(format => format.name === name) ?? exchange.refuse('file-kind-unknown', { name });

/** The format that a file's name tells; the name comes from a stranger and is used for nothing else. */
export function formatOfFile(fileName: string): Format {
  const extension = /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (extension === 'xls' || extension === 'et') return files.refuse('file-old-or-locked');
  const found = formats.find(format => format.extension === (extension === 'txt' ? 'csv' : extension === 'ndjson' ? 'jsonl' : extension));
  return found ?? exchange.refuse('file-kind-unknown', { name: extension === '' ? undefined : `.${extension}` });
}
