import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { stageNew } from './establish.ts';
import { codeDigits, isVirtual, pathOf, type Place, type PlaceKind } from './place.ts';
import { placeColumns, placeSubject } from './queries.ts';

/** One line of a division register. Codes nest: each begins with the code of the level above. */
export interface RegisterRow { readonly code: string; readonly name: string; readonly level: PlaceKind }

const levels = ['province', 'city', 'county', 'township', 'village'] as const satisfies readonly PlaceKind[];

/** Reads `code,name,level` lines with one line of headings. */
export function readRegister(csv: string): readonly RegisterRow[] {
  return csv.replace(/^\ufeff/, '').split(/\r?\n/).slice(1).flatMap((line, at) => {
    if (line.trim() === '') return [];
    const [code = '', name = '', level] = line.split(',').map(cell => cell.trim());
    const kind = levels.find(one => one === level);
    if (kind === undefined || name === '' || !/^\d+$/.test(code)) throw new Error(`register line ${at + 2}: ${line}`);
    return [{ code, name: kind === 'village' ? villageName(name) : name, level: kind }];
  });
}

/** The statistical register names the committee (双马村委会); people, paper and rolls name the village (双马村). Communities keep 居委会: it is part of what they are called. */
const villageName = (name: string): string => name.replace(/村?村委会$/, '村');

/**
 * Sets up every place of a register whose code is not known yet, in one unit; what exists is left as it is.
 * Answers how many are new. Faults name the line's code: a code of the wrong length, or one without the level above.
 */
export async function establishRegister(office: Office, actor: Actor, rows: readonly RegisterRow[], given: { readonly day: Day; readonly reason: string }): Promise<number> {
  return inUnit(office, actor, ['places'], async unit => {
    const known: Place[] = await unit.read('places').whereNotNull('code').whereNull('until').select(...placeColumns);
    const byCode = new Map(known.map(place => [place.code ?? '', place]));
    const fresh = [...rows].filter(row => !byCode.has(row.code)).sort((one, other) => levels.indexOf(one.level as (typeof levels)[number]) - levels.indexOf(other.level as (typeof levels)[number]));
    if (fresh.length === 0) return unit.nothingNew(0);
    const first = await unit.number('place', fresh.length);
    const made: Place[] = [];
    const tops: Place[] = [];
    for (const [at, row] of fresh.entries()) {
      if (row.code.length !== codeDigits[row.level]) fault('code', 'code', `${row.code} ${row.name}：区划代码的位数不对。`);
      const above = levels[levels.indexOf(row.level as (typeof levels)[number]) - 1];
      const parent = above === undefined ? undefined : byCode.get(row.code.slice(0, codeDigits[above]));
      if (above !== undefined && parent === undefined) fault('code', 'orphan', `${row.code} ${row.name}：没有找到它的上一级，请把上一级也放进文件。`);
      const place: Place = {
        no: first + at, id: newId(), kind: row.level, code: row.code, name: row.name, parent_no: parent?.no ?? null, path: pathOf(parent?.path ?? '/', row.level, first + at),
        sort: first + at, since: given.day, until: null, successor_no: null, hidden: isVirtual(row.name) ? 1 : 0,
      };
      byCode.set(row.code, place);
      made.push(place);
      if (parent === undefined || known.includes(parent)) tops.push(place);
    }
    for (const top of tops) unit.require('place.keep', placeSubject(top));
    await stageNew(unit, made, given.reason);
    for (const top of tops) unit.record({ act: 'place.register-loaded', power: 'place.keep', subject: placeSubject(top) });
    return made.length;
  });
}
