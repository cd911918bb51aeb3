import type { Knex } from 'knex';
import { within } from '../access/subject.ts';
import { tidy } from '../kit/text.ts';
import { ancestorNo, codeDigits, type Place, type PlaceKind } from '../places/place.ts';
import { officePlace, placeColumns } from '../places/queries.ts';
import type { CargoColumn } from './cargo.ts';
import type { Cells } from './format.ts';

/** How a file names a village: by code, or by township and name, because names repeat. */
export const villageColumns: readonly CargoColumn[] = [
  { key: 'township', heading: '乡镇', alias: ['镇', '乡镇街道'], says: '乡镇名称，如“马坝镇”。办公室只有一个乡镇时可以不写' },
  { key: 'village', heading: '村', alias: ['村名', '行政村', '村（社区）'], says: '村名称；写了村代码可以不写' },
  { key: 'village_code', heading: '村代码', alias: ['区划代码'], says: '12 位区划代码；村名有重复时最稳妥' },
];

type Wrong = { readonly column: string; readonly say: string; readonly remedy: string };
export type FoundPlace = Place | { readonly wrong: Wrong };
export const isFound = (found: FoundPlace): found is Place => !('wrong' in found);

const wrong = (column: string, say: string, remedy: string): { readonly wrong: Wrong } => ({ wrong: { column, say, remedy } });
const short = (name: string): string => tidy(name).replace(/(村民委员会|居民委员会|村委会|居委会)$/u, '').replace(/\s/g, '');

/** All living places of the office in memory: a file names them row by row. */
export class Places {
  readonly #byNo: ReadonlyMap<number, Place>;
  readonly #byCode: ReadonlyMap<string, Place>;
  readonly #named = new Map<string, Place[]>();
  readonly #parts: ReadonlyMap<number | null, readonly Place[]>;
  readonly #office: string;

  /** `office` is the path of the place this office is set up for; the register knows others, whose villages bear the same names. */
  constructor(places: readonly Place[], office: string) {
    this.#office = office;
    this.#byNo = new Map(places.map(place => [place.no, place]));
    this.#byCode = new Map(places.flatMap(place => place.code === null ? [] : [[place.code, place] as const]));
    this.#parts = Map.groupBy(places, place => place.parent_no);
    for (const place of places) {
      const key = `${place.kind} ${short(place.name)}`;
      const same = this.#named.get(key);
      if (same === undefined) this.#named.set(key, [place]); else same.push(place);
    }
  }

  no(no: number | null): Place | undefined { return no === null ? undefined : this.#byNo.get(no); }
  withCode(code: string): Place | undefined { return this.#byCode.get(code); }

  /** The township of a path, for exports. */
  above(place: Place, kind: PlaceKind): Place | undefined { return this.no(ancestorNo(place.path, kind) ?? null); }

  /** A village that touches the paths of whoever hands the file in: what a check says about others' households would be read by who may not. */
  ownVillage(cells: Cells, paths: readonly string[]): FoundPlace {
    const found = this.village(cells, paths);
    return !isFound(found) || paths.some(path => within(found.path, path) || within(path, found.path)) ? found : wrong('village', `${found.name}不在您的片区`, '请删掉这一行，或者交给那个村导入');
  }

  /** Of several with one name, the one that lies below `paths` is meant, then the one in this office. */
  village(cells: Cells, paths: readonly string[] = []): FoundPlace {
    const code = tidy(cells['village_code'] ?? '');
    if (code !== '') {
      const found = this.#byCode.get(code);
      return found?.kind === 'village' ? found : wrong('village_code', `没有代码是 ${code} 的村`, `村代码是 ${codeDigits.village ?? 12} 位，请对照区划页核对`);
    }
    const name = cells['village'] ?? '';
    if (tidy(name) === '') return wrong('village', '没有写是哪个村', '请填村名，或者填 12 位村代码');
    const township = short(cells['township'] ?? '');
    const named = (this.#named.get(`village ${short(name)}`) ?? this.#named.get(`village ${short(name)}村`) ?? []).filter(place => township === '' || short(this.above(place, 'township')?.name ?? '') === township);
    const found = nearest(nearest(named, [this.#office]), paths);
    const [first] = found;
    if (first === undefined) return wrong('village', `没有找到${township === '' ? '' : `${township} `}${name}`, '村名要和区划页上的一样；新的村请先在区划里新设');
    if (found.length > 1) return wrong('village', `有 ${found.length} 个叫“${name}”的村`, '请把乡镇一列填上，或者填 12 位村代码');
    return first;
  }

  /** A group or grid of a village; `第3组`, `3组` and `3` are one. */
  below(village: Place, kind: 'group' | 'grid', name: string): FoundPlace {
    const wanted = short(name);
    const all = (this.#parts.get(village.no) ?? []).filter(place => place.kind === kind);
    const bare = (text: string): string => text.replace(/^第/u, '').replace(/(村民小组|小组|组|网格)$/u, '').replace(/^0+/, '');
    const found = all.find(place => short(place.name) === wanted) ?? (() => { const like = all.filter(place => bare(short(place.name)) === bare(wanted)); return like.length === 1 ? like[0] : undefined; })();
    const column = kind;
    return found ?? wrong(column, `${village.name}没有${kind === 'group' ? '村民小组' : '网格'}“${name}”`, all.length === 0 ? '请先在区划里新设，或者把这一格空着' : `这个村有：${all.slice(0, 8).map(place => place.name).join('、')}`);
  }

  /** A place of any kind by its name, above a village only by code or a name that is the only one. */
  any(kind: PlaceKind, name: string): FoundPlace {
    const code = tidy(name);
    const found = /^\d+$/.test(code) ? [this.#byCode.get(code)].filter(place => place !== undefined) : nearest(this.#named.get(`${kind} ${short(name)}`) ?? [], [this.#office]);
    const [first] = found;
    if (first === undefined) return wrong('place', `没有找到“${name}”`, '名称要和区划页上的一样');
    return found.length > 1 ? wrong('place', `有 ${found.length} 个“${name}”`, '请改填区划代码') : first;
  }
}

/** Those below the paths, if there are any. */
function nearest(found: readonly Place[], paths: readonly string[]): readonly Place[] {
  const near = found.filter(place => paths.some(path => within(place.path, path) || within(path, place.path)));
  return near.length > 0 ? near : found;
}

export async function allPlaces(read: Knex): Promise<Places> {
  return new Places(await read('places').whereNull('until').select<Place[]>(...placeColumns), (await officePlace(read))?.path ?? '/');
}
