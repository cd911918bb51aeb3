import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { atConsole } from '../access/actor.ts';
import { wholeOffice } from '../access/subject.ts';
import type { Cargo } from '../exchange/cargo.ts';
import { cargoes, cargoNamed } from '../exchange/cargoes.ts';
import { allPlaces } from '../exchange/find-place.ts';
import { formatOfFile } from '../exchange/formats.ts';
import { exchange } from '../exchange/refusals.ts';
import { exportName, takeExport } from '../exchange/take-export.ts';
import { dayOf } from '../kit/time.ts';
import { placeSubject } from '../places/queries.ts';
import type { Command } from './command.ts';
import { command as refusals } from './refusals.ts';

export const exportFile: Command = {
  kind: 'writes', usage: `export <${cargoes.map(cargo => cargo.name).join('|')}> [FILE] [--place CODE] [--round R] [--with-numbers]`, flags: ['with-numbers'], options: ['place', 'round'], words: [1, 2],
  zh: '导出文件，格式看扩展名（.csv .xlsx .jsonl；评定标准 .yaml）；--with-numbers 带身份证号和电话', en: 'write a file, its format told by the ending (.csv .xlsx .jsonl; standards .yaml); --with-numbers opens ID numbers and phones',
  async run({ office, typed, cwd, out }) {
    const cargo = cargoNamed(typed.words[0] ?? '');
    const day = dayOf(office.clock.now());
    const name = typed.words[1] ?? `${cargo.name}-${day}.${cargo.text?.format.extension ?? 'csv'}`;
    const format = cargo.text === undefined ? formatOfFile(name) : textFormat(cargo.text, name);
    const file = resolve(cwd, name);
    if (existsSync(file)) refusals.refuse('file-exists', { file });
    const code = typed.values['place'];
    const place = code === undefined ? undefined : (await allPlaces(office.read)).withCode(code) ?? refusals.refuse('file-missing', { file: code });
    const settings = { ...typed.values, ...typed.flags.has('with-numbers') ? { numbers: 'yes' } : {} };
    const body = await takeExport(office, atConsole, { cargo, format, place: place === undefined ? wholeOffice : placeSubject(place), settings });
    const aside = `${file}.part`;
    try {
      await pipeline(body, createWriteStream(aside, { mode: 0o600 }));
      await rename(aside, file);
    } catch (error) { await rm(aside, { force: true }); throw error; }
    out(`✓ ${file} (${exportName(cargo, format, day)})`);
    return 0;
  },
};

/** Texts of their own go out as what they are, whatever a table would be called. */
const textFormat = ({ extensions, format }: NonNullable<Cargo['text']>, name: string): typeof format =>
  extensions.some(extension => name.toLowerCase().endsWith(`.${extension}`)) ? format : exchange.refuse('file-kind-unknown', { name: extname(name) || undefined });
