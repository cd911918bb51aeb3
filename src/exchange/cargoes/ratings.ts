import { reach } from '../../access/may.ts';
import { day as dayField, text, wholeNumber } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import { limits } from '../../kit/limits.ts';
import { Refusal } from '../../kit/refusal.ts';
import { tidyName } from '../../kit/text.ts';
import { ancestorNo } from '../../places/place.ts';
import { within } from '../../households/queries.ts';
import { gradesOf } from '../../panels/grades.ts';
import { formFaults, loadEach, toldOf, type Asked, type Cargo, type Done, type Item, type Loader, type Taken, type Told } from '../cargo.ts';
import { allPlaces, isFound, villageColumns, type Places } from '../find-place.ts';
import { formerYear, keepFormer, type FormerRating, type FormerYear } from '../keep-former.ts';
import type { FileRow, Values } from '../format.ts';
import { roundNamed } from './observations.ts';

const rowForm = form({
  year: wholeNumber('年度', { least: 1990, most: 2200 }), household_no: wholeNumber('户号', { least: 1, most: 99_999 }), head: text('户主', { optional: true, most: 60 }),
  grade: text('等级', { most: 20 }), points: text('总分', { optional: true, most: 12, pattern: /^-?\d{1,5}(\.\d{1,2})?$/, say: '总分要填数字，最多两位小数。' }),
  certificate: text('证书编号', { optional: true, most: 60 }), issued_on: dayField('发证日期'), valid_until: dayField('有效期至'),
});

export const ratings: Cargo = {
  name: 'ratings', title: '往年评定结果', power: 'round.open', reads: 'rating.read',
  says: '用这个系统以前评出的结果和证书，按证书抄录，不重新计算。导出的是任一批次的结果。',
  settings: [],
  columns: [
    { key: 'year', heading: '年度', alias: ['年份'], needed: true, says: '四位年份，要在今年以前' },
    ...villageColumns,
    { key: 'household_no', heading: '户号', needed: true, says: '村里的户号' },
    { key: 'head', heading: '户主', alias: ['姓名', '户主姓名'], says: '用来核对' },
    { key: 'grade', heading: '等级', needed: true, says: '评定标准里的等级代号或名称，如 AAA' },
    { key: 'points', heading: '总分', says: '可以不写' },
    { key: 'certificate', heading: '证书编号', says: '没有发证的空着' },
    { key: 'issued_on', heading: '发证日期', alias: ['评定日期'], needed: true, says: '如 2024-12-20' },
    { key: 'valid_until', heading: '有效期至', alias: ['有效期'], needed: true, says: '如 2026-12-31' },
  ],
  async open(asked) { return new FormerLoader(asked, await allPlaces(asked.office.read)); },
  give,
};

interface Former extends FormerRating { readonly township: number; readonly year: number }
interface Household { readonly no: number; readonly village_no: number; readonly household_no: number; readonly head_name: string }

class FormerLoader implements Loader {
  readonly #asked: Asked;
  readonly #places: Places;
  readonly #years = new Map<string, FormerYear | Refusal>();
  readonly #seen = new Set<string>();
  constructor(asked: Asked, places: Places) { this.#asked = asked; this.#places = places; }

  async check(groups: readonly (readonly FileRow[])[]): Promise<readonly Item[]> {
    const { read } = this.#asked.office;
    const lines = groups.flat().map(row => ({ row, parsed: rowForm.parse(row.cells), village: this.#places.ownVillage(row.cells, reach(this.#asked.actor, 'round.open')) }));
    const wanted = lines.flatMap(({ parsed, village }) => parsed.ok && isFound(village) ? [{ village: village.no, number: parsed.values.household_no, certificate: parsed.values.certificate }] : []);
    const found: Household[] = wanted.length === 0 ? [] : await read('households').whereIn('village_no', [...new Set(wanted.map(one => one.village))]).whereIn('household_no', [...new Set(wanted.map(one => one.number))]).select('no', 'village_no', 'household_no', 'head_name');
    const households = new Map(found.map(row => [`${row.village_no} ${row.household_no}`, row]));
    const issued: { no: string; subject: number; year: number }[] = await read('certificates').join('rounds', 'rounds.no', 'certificates.round').whereIn('certificates.no', wanted.flatMap(one => one.certificate ?? [])).select('certificates.no', 'certificates.subject', 'rounds.year');
    const rated: { subject: number; year: number }[] = await read('current_ratings').join('rounds', 'rounds.no', 'current_ratings.round').whereIn('current_ratings.subject', found.map(row => row.no)).select('current_ratings.subject', 'rounds.year');
    const have = new Set(rated.map(row => `${row.subject} ${row.year}`));
    const items: Item[] = [];
    for (const { row, parsed, village } of lines) {
      const faults: Told[] = parsed.ok ? [] : [...formFaults(row, parsed.faults)];
      if (!isFound(village)) faults.push(toldOf(row, village.wrong.column, village.wrong.say, village.wrong.remedy));
      if (!parsed.ok || !isFound(village)) { items.push({ rows: [row], faults, value: undefined }); continue; }
      const { values } = parsed;
      const household = households.get(`${village.no} ${values.household_no}`);
      const township = this.#places.above(village, 'township');
      const year = township === undefined ? undefined : await this.#year(township.no, ancestorNo(village.path, 'county') ?? township.no, values.year);
      const grade = year === undefined || year instanceof Refusal ? -1 : year.grades.findIndex(one => one.code === values.grade.toUpperCase() || one.code === values.grade || one.label === values.grade);
      const granted = year === undefined || year instanceof Refusal ? undefined : year.grades[grade];
      const other = issued.find(one => one.no === values.certificate);
      if (household === undefined) faults.push(toldOf(row, 'household_no', `这个村没有 ${values.household_no} 号户`, '请先登记农户，或者核对户号'));
      else if (values.head !== undefined && household.head_name !== '' && tidyName(values.head) !== household.head_name) faults.push(toldOf(row, 'head', '户主和登记的不一样', '户主变过的可以把这一格空着，或者核对户号'));
      if (year instanceof Refusal) faults.push(toldOf(row, 'year', year.words.replace(/。$/, ''), '往年的结果只能补到用这个系统以前的年度'));
      else if (values.year >= Number(this.#asked.day.slice(0, 4))) faults.push(toldOf(row, 'year', '这一年还没有过完', '只补录往年的'));
      else if (granted === undefined) faults.push(toldOf(row, 'grade', `标准里没有“${values.grade}”这个等级`, `可以写：${year?.grades.map(one => one.code).join('、') ?? ''}`));
      if (values.valid_until <= values.issued_on) faults.push(toldOf(row, 'valid_until', '有效期在发证日期以前', '请核对两个日期'));
      if (values.issued_on > this.#asked.day) faults.push(toldOf(row, 'issued_on', '发证的日期还没到', '请核对年份'));
      if (other !== undefined && (other.subject !== household?.no || other.year !== values.year)) faults.push(toldOf(row, 'certificate', '这个证书编号已经是别的证书', '请核对编号'));
      for (const key of [`${household?.no} ${values.year}`, ...values.certificate === undefined ? [] : [`certificate ${values.certificate}`]]) {
        if (household !== undefined && this.#seen.has(key)) faults.push(toldOf(row, key.startsWith('certificate') ? 'certificate' : 'household_no', '前面已经写过', '请删掉重复的一行'));
        this.#seen.add(key);
      }
      const value: Former | undefined = household === undefined || granted === undefined || township === undefined ? undefined : {
        township: township.no, year: values.year, subject: household.no, grade, gradeCode: granted.code, credit: granted.credit, points: Math.round(Number(values.points ?? 0) * 100), certificate: values.certificate, issuedOn: values.issued_on, validUntil: values.valid_until,
      };
      items.push({ rows: [row], faults, value, same: household !== undefined && have.has(`${household.no} ${values.year}`) });
    }
    return items;
  }

  async #year(township: number, county: number, year: number): Promise<FormerYear | Refusal> {
    const key = `${township} ${year}`;
    const known = this.#years.get(key);
    if (known !== undefined) return known;
    const found = await formerYear(this.#asked.office.read, { township, county, year, day: this.#asked.day }).catch((error: unknown) => { if (error instanceof Refusal) return error; throw error; });
    this.#years.set(key, found);
    return found;
  }

  async load(items: readonly Item[]): Promise<Done> {
    const { office, actor } = this.#asked;
    const parts = Map.groupBy(items, item => { const { township, year } = item.value as Former; return `${township} ${year}`; });
    let loaded = 0;
    const left: Done['left'][number][] = [];
    for (const some of parts.values()) {
      const done = await loadEach(some, async list => {
        const own = list.map(item => item.value as Former);
        const [first] = own;
        return first === undefined ? 0 : keepFormer(office, actor, { township: first.township, year: first.year, ratings: own });
      });
      loaded += done.loaded;
      left.push(...done.left);
    }
    return { loaded, left };
  }
}

async function* give({ office, paths, settings }: Taken): AsyncGenerator<Values> {
  const read = office.jobs;
  const places = await allPlaces(read);
  const rounds: { no: number; year: number; household_standard: string }[] = (settings['round'] ?? '') === '' ? await read('rounds').orderBy('year').select('no', 'year', 'household_standard') : [await roundNamed(read, settings['round'] ?? '')];
  for (const round of rounds) {
    const grades = (await gradesOf(read, round.household_standard)).rows;
    for (let after = 0; ;) {
      const rows: { no: number; village_no: number; household_no: number; head_name: string; grade: number; points: number; certificate: string | null; issued_on: string | null; valid_until: string | null }[] = await read('current_ratings')
        .join('households', 'households.no', 'current_ratings.subject').leftJoin('certificates', join => { join.on('certificates.subject', 'households.no').andOn('certificates.round', 'current_ratings.round').andOnNull('certificates.replaced_by'); })
        .where('current_ratings.round', round.no).where(within(read, paths)).where('households.no', '>', after).orderBy('households.no').limit(limits.householdsPerUnit * 4)
        .select('households.no', 'households.village_no', 'households.household_no', 'households.head_name', 'current_ratings.grade', 'current_ratings.points', 'certificates.no as certificate', 'certificates.issued_on', 'certificates.valid_until');
      const last = rows[rows.length - 1];
      if (last === undefined) break;
      after = last.no;
      for (const row of rows) {
        const village = places.no(row.village_no);
        yield { year: round.year, township: village === undefined ? undefined : places.above(village, 'township')?.name, village: village?.name, village_code: village?.code ?? undefined, household_no: row.household_no, head: row.head_name, grade: grades[row.grade]?.code, points: (row.points / 100).toFixed(2), certificate: row.certificate ?? undefined, issued_on: row.issued_on ?? undefined, valid_until: row.valid_until ?? undefined };
      }
    }
  }
}
