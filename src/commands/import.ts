import { createWriteStream, existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { actorId, atConsole } from '../access/actor.ts';
import { cargoNamed, cargoes } from '../exchange/cargoes.ts';
import { columnsOf, loadParcel, parcelOf } from '../exchange/deliver.ts';
import { check } from '../exchange/import.ts';
import { has, keepHanded, leftPath, openFile, takeFile, toldPath } from '../exchange/parcels.ts';
import { faultLine, type Report } from '../exchange/report.ts';
import { newId } from '../kit/id.ts';
import { dayOf } from '../kit/time.ts';
import type { At, Command } from './command.ts';
import { command as refusals } from './refusals.ts';

export const importFile: Command = {
  kind: 'writes', usage: `import <${cargoes.map(cargo => cargo.name).join('|')}> FILE [--check] [--partial] [--round R] [--source bank|bureau|paper|village]`,
  flags: ['check', 'partial'], options: ['round', 'source'], words: [2, 2],
  zh: '导入文件：先全部检查，有错就一行不导；--check 只检查，--partial 导能用的行，退回的写成 FILE.left.csv',
  en: 'check a file, then load it; with faults nothing is loaded unless --partial, which writes what was left out to FILE.left.csv',
  run,
};

async function run({ office, typed, cwd, out, err }: At): Promise<0 | 1> {
  const [kind = '', name = ''] = typed.words;
  const cargo = cargoNamed(kind);
  const file = resolve(cwd, name);
  if (!existsSync(file)) refusals.refuse('file-missing', { file });
  const parcel = parcelOf(cargo, file, basename(file));
  const asked = { office, actor: atConsole, day: dayOf(office.clock.now()), importId: newId(), settings: typed.values };
  const columns = await columnsOf(cargo, asked);
  const headingOf = (key: string): string => columns.find(column => column.key === key)?.heading ?? key;
  const say = (report: Report): void => {
    for (const fault of report.faults) err(faultLine(fault, headingOf));
    if (report.faultCount > report.faults.length) err(`… 还有 ${report.faultCount - report.faults.length} 处 (more)`);
    if (report.unknown.length > 0) out(`不认得的列，没有读 (unknown columns): ${report.unknown.join('、')}`);
  };
  const checked = await check(asked, cargo, parcel);
  if (typed.flags.has('check') || (checked.faultCount > 0 && !typed.flags.has('partial'))) {
    say(checked);
    out(`${checked.rows} 行 rows · 可以导入 ready ${checked.good} · 已经有 known ${checked.same} · 有错 faulty ${checked.left}`);
    return checked.faultCount > 0 ? 1 : 0;
  }
  let told = 0;
  const handed = { id: asked.importId, kind: cargo.name, fileName: basename(file), settings: typed.values, by: actorId(atConsole), at: office.clock.now() };
  const report = await loadParcel(office, atConsole, { cargo, handed, parcel }, rows => { if (rows - told >= 50_000) { told = rows; out(`… ${rows}`); } });
  say(report);
  await keepHanded(office, { ...handed, standing: 'loaded', report });
  if (has(leftPath(office, handed.id))) {
    const aside = `${file}.left.csv`;
    await pipeline(openFile(leftPath(office, handed.id)), createWriteStream(aside, { mode: 0o600 }));
    out(`退回的行 left out: ${aside}`);
  }
  if (has(toldPath(office, handed.id))) out((await takeFile(toldPath(office, handed.id))).toString('utf8').replace(/^\ufeff/, '').trimEnd());
  out(`${report.rows} 行 rows · 导入 loaded ${report.loaded} · 已经有 known ${report.same} · 退回 left ${report.left}`);
  if (cargo.takeBack !== undefined && report.loaded > 0) out(`要整份撤回，七天以内 (to take it back): npm run office -- import back ${handed.id}`);
  return report.left > 0 ? 1 : 0;
}
