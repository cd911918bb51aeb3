import type { Knex } from 'knex';
import { choice, text } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import { codeDigits, placeKinds, type Place, type PlaceKind } from '../../places/place.ts';
import { establish } from '../../places/establish.ts';
import { establishParts } from '../../places/establish-parts.ts';
import { establishRegister } from '../../places/register.ts';
import { placeColumns } from '../../places/queries.ts';
import { formFaults, loadEach, toldOf, type Asked, type Cargo, type Done, type Item, type Loader, type Taken, type Told } from '../cargo.ts';
import { allPlaces, isFound, villageColumns, type Places } from '../find-place.ts';
import type { FileRow, Values } from '../format.ts';

const kinds = (Object.keys(placeKinds) as readonly PlaceKind[]).map(key => ({ key, label: placeKinds[key] }));
const rowForm = form({ kind: choice('级别', kinds), name: text('名称', { most: 40 }), code: text('区划代码', { optional: true, most: 12, pattern: /^\d{2,12}$/, say: '区划代码只写数字。' }) });
interface Line { readonly kind: PlaceKind; readonly name: string; readonly code: string | undefined; readonly village: Place | undefined }
const reason = '导入区划名册';

export const places: Cargo = {
  name: 'places', title: '区划', power: 'place.keep', reads: 'place.read', atOnce: 20_000,
  says: '省、市、县、乡镇、村按区划代码；村民小组和网格写在所属的村下面。已经有的不动。',
  columns: [
    { key: 'kind', heading: '级别', needed: true, says: '省、市、县区、乡镇街道、村（社区）、村民小组、网格' },
    { key: 'code', heading: '区划代码', says: `位数：${Object.entries(codeDigits).map(([kind, digits]) => `${placeKinds[kind as PlaceKind]} ${digits}`).join('，')}；小组和网格没有` },
    { key: 'name', heading: '名称', needed: true, says: '全称' },
    ...villageColumns.map(column => ({ ...column, says: `小组和网格所属的${column.heading}` })).filter(column => column.key !== 'village_code'),
    { key: 'village_code', heading: '所属村代码', says: '小组和网格所属村的 12 位代码' },
  ],
  async open(asked) { return new PlaceLoader(asked, await allPlaces(asked.office.read)); },
  give,
};

class PlaceLoader implements Loader {
  readonly #asked: Asked;
  #places: Places;
  constructor(asked: Asked, known: Places) { this.#asked = asked; this.#places = known; }

  async check(groups: readonly (readonly FileRow[])[]): Promise<readonly Item[]> {
    const coming = new Map<string, PlaceKind>();
    const seen = new Set<string>();
    const parsed = groups.flat().map(row => ({ row, outcome: rowForm.parse(row.cells) }));
    for (const { outcome } of parsed) if (outcome.ok && outcome.values.code !== undefined) coming.set(outcome.values.code, outcome.values.kind);
    const taken = await this.#below(parsed.flatMap(({ row, outcome }) => outcome.ok && isSmall(outcome.values.kind) ? [row] : []));
    return parsed.map(({ row, outcome }): Item => {
      const rows = [row];
      if (!outcome.ok) return { rows, value: undefined, faults: formFaults(row, outcome.faults) };
      const { kind, name, code } = outcome.values;
      const village = isSmall(kind) ? this.#places.village(row.cells) : undefined;
      const faults: Told[] = [];
      if (village !== undefined && !isFound(village)) faults.push(toldOf(row, village.wrong.column, village.wrong.say, village.wrong.remedy));
      else if (village === undefined) faults.push(...this.#codeFaults(row, kind, code, coming));
      const line: Line = { kind, name, code: isSmall(kind) ? undefined : code, village: village !== undefined && isFound(village) ? village : undefined };
      const key = line.village === undefined ? `code ${code}` : `${kind} ${line.village.no} ${name}`;
      if (faults.length === 0 && seen.has(key)) faults.push(toldOf(row, isSmall(kind) ? 'name' : 'code', '这一项在文件里写了两次', '请删掉重复的一行'));
      seen.add(key);
      const same = line.village === undefined ? code !== undefined && this.#places.withCode(code) !== undefined : taken.has(key);
      return { rows, value: line, faults, same };
    });
  }

  #codeFaults(row: FileRow, kind: PlaceKind, code: string | undefined, coming: ReadonlyMap<string, PlaceKind>): Told[] {
    const digits = codeDigits[kind];
    if (code === undefined) return [toldOf(row, 'code', `${placeKinds[kind]}要写区划代码`, `填 ${digits ?? 12} 位数字`)];
    if (code.length !== digits) return [toldOf(row, 'code', `${placeKinds[kind]}的区划代码是 ${digits} 位，这里是 ${code.length} 位`, '表格软件可能吃掉了前面的 0 或者写成了科学计数，请把这一列设成文本')];
    const above = levels[levels.indexOf(kind) - 1];
    const parent = above === undefined ? undefined : code.slice(0, codeDigits[above] ?? 0);
    if (parent === undefined || this.#places.withCode(parent) !== undefined || coming.has(parent)) return [];
    return [toldOf(row, 'code', `没有找到它的上一级 ${parent}`, '请把上一级也放进文件，或者先在区划里新设')];
  }

  /** Groups and grids that stand already in the villages named. */
  async #below(rows: readonly FileRow[]): Promise<ReadonlySet<string>> {
    const villages = [...new Set(rows.map(row => this.#places.village(row.cells)).filter(isFound).map(place => place.no))];
    const found: { kind: string; parent_no: number; name: string }[] = villages.length === 0 ? [] : await this.#asked.office.read('places').whereIn('parent_no', villages).whereNull('until').select('kind', 'parent_no', 'name');
    return new Set(found.map(place => `${place.kind} ${place.parent_no} ${place.name}`));
  }

  async load(items: readonly Item[]): Promise<Done> {
    const { office, actor, day } = this.#asked;
    const lines = items.map(item => ({ item, line: item.value as Line }));
    const big = lines.filter(({ line }) => line.village === undefined);
    const done = await loadEach(big.map(({ item }) => item), some => establishRegister(office, actor, some.map(item => { const line = item.value as Line; return { code: line.code ?? '', name: line.name, level: line.kind }; }), { day, reason }));
    let { loaded } = done;
    const left = [...done.left];
    const small = lines.filter(({ line }) => line.village !== undefined).map(({ item }) => item);
    const coded = await loadEach(small.filter(item => (item.value as Line).village?.code !== null), some => establishParts(office, actor, some.map(item => {
      const line = item.value as Line;
      return { village: line.village?.code ?? '', kind: line.kind === 'grid' ? 'grid' as const : 'group' as const, name: line.name };
    }), { day, reason }));
    loaded += coded.loaded;
    left.push(...coded.left);
    for (const item of small) {
      const { village, kind, name } = item.value as Line;
      if (village === undefined || village.code !== null) continue;
      const part = await loadEach([item], async list => { await establish(office, actor, { parent: village.id, kind, places: [{ name }], day, reason }); return list.length; });
      loaded += part.loaded;
      left.push(...part.left);
    }
    this.#places = await allPlaces(office.read);
    return { loaded, left };
  }
}

const levels: readonly PlaceKind[] = ['province', 'city', 'county', 'township', 'village'];
const isSmall = (kind: PlaceKind): boolean => kind === 'group' || kind === 'grid';

async function* give({ office, paths }: Taken): AsyncGenerator<Values> {
  const known = await allPlaces(office.jobs);
  let after = 0;
  for (;;) {
    const rows = await someBelow(office.jobs, paths, after);
    for (const place of rows) {
      const village = isSmall(place.kind) ? known.above(place, 'village') : undefined;
      yield { kind: placeKinds[place.kind], code: place.code ?? undefined, name: place.name, township: village === undefined ? undefined : known.above(village, 'township')?.name, village: village?.name, village_code: village?.code ?? undefined };
    }
    const last = rows[rows.length - 1];
    if (last === undefined) return;
    after = last.no;
  }
}

const someBelow = (read: Knex, paths: readonly string[], after: number): Promise<Place[]> => read('places').whereNull('until').where('no', '>', after)
  .where(any => { for (const path of paths) void any.orWhere('path', 'like', `${path}%`); }).orderBy('no').limit(2_000).select<Place[]>(...placeColumns);
