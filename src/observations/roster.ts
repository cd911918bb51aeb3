import type { Actor } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import { within } from '../access/subject.ts';
import { readIdCard } from '../kit/id-card.ts';
import { tidy } from '../kit/text.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { idMatch } from '../households/member.ts';
import type { Round } from '../rounds/round.ts';

/** How a row of a file names its household: any one of the three ways. */
export interface Named { readonly household?: string; readonly village?: string; readonly number?: string; readonly idNumber?: string; readonly name?: string }
export type Matched = { readonly subject: number } | { readonly column: string; readonly say: string; readonly remedy: string };

/** Who is in the round, by every name a file may use. Read once for a whole file. */
export interface Roster {
  readonly byId: (id: string) => number | undefined;
  readonly byNumber: (village: string, number: string) => Matched;
  readonly match: (named: Named) => Promise<Matched>;
  readonly size: number;
}

const joined = '"cases"."subject"';

/** Households of the round that the actor's post reaches. What lies outside is not found: a file tells nobody who lives elsewhere. */
export async function rosterOf(office: Office, actor: Actor, round: Round, day: Day): Promise<Roster> {
  const { jobs, store: { dialect } } = office;
  const villages: { no: number; name: string; code: string | null; path: string; township: string | null }[] = await jobs('places as v').leftJoin('places as t', 't.no', 'v.parent_no')
    .where('v.kind', 'village').where('v.path', 'like', `${round.path}%`).select('v.no', 'v.name', 'v.code', 'v.path', 't.name as township');
  const paths = reach(actor, 'observation.load');
  const mine = villages.filter(village => paths.some(path => within(village.path, path) || within(path, village.path)));
  const found: { list: string } | undefined = await jobs('cases').join('households', 'households.no', 'cases.subject').where('cases.round', round.no).whereIn('cases.village', mine.map(village => village.no))
    .first(jobs.raw(`${dialect.asJsonArray([joined, '"households"."id"', '"households"."village_no"', '"households"."household_no"'])} as list`));
  const rows = JSON.parse(found?.list ?? '[]') as [number, string, number, number][];
  const ids = new Map<string, number>();
  const numbers = new Map<number, Map<number, number>>();
  for (const [subject, id, village, number] of rows) {
    ids.set(id, subject);
    const own = numbers.get(village);
    if (own === undefined) numbers.set(village, new Map([[number, subject]])); else own.set(number, subject);
  }
  const byName = namesOf(mine);
  let people: Promise<ReadonlyMap<string, { readonly subject: number; readonly name: string }>> | undefined;

  const byNumber = (village: string, number: string): Matched => {
    const no = mine.length === 1 && village === '' ? mine[0]?.no : byName.get(tidy(village));
    if (no === undefined) return { column: 'village', say: village === '' ? '没写是哪个村' : `没有找到“${village}”`, remedy: '写村名（重名的写上乡镇，如“马坝镇 东风村”）或 12 位区划代码' };
    if (no === 'several') return { column: 'village', say: `“${village}”不止一个`, remedy: '写上乡镇，如“马坝镇 东风村”，或者写 12 位区划代码' };
    const digits = /^0*(\d{1,7})$/.exec(tidy(number));
    const subject = digits === null ? undefined : numbers.get(no)?.get(Number(digits[1]));
    return subject === undefined ? { column: 'number', say: `这个村的这一轮里没有 ${number || '（空）'} 号`, remedy: '核对户号；新登记的户要先进这一轮' } : { subject };
  };
  return {
    size: rows.length,
    byId: id => ids.get(id),
    byNumber,
    async match(named) {
      const id = tidy(named.household ?? '');
      if (id !== '') {
        const subject = ids.get(id);
        return subject === undefined ? { column: 'household', say: '这一轮里没有这个户标识', remedy: '用系统导出的表填写，不要改户标识' } : { subject };
      }
      if (tidy(named.number ?? '') !== '') return byNumber(named.village ?? '', named.number ?? '');
      const number = tidy(named.idNumber ?? '');
      if (number === '') return { column: 'number', say: '没写是哪一户', remedy: '填村和户号，或者填证件号和姓名' };
      const card = readIdCard(number, day);
      if ('fault' in card) return { column: 'idNumber', say: card.say, remedy: '照证件核对' };
      people ??= peopleOf(office, rows);
      const person = (await people).get(idMatch(office.secrets, card.card.number));
      if (person === undefined) return { column: 'idNumber', say: '这一轮里没有人用这个证件号', remedy: '核对证件号，或者改填村和户号' };
      if (tidy(named.name ?? '') !== '' && tidy(named.name ?? '') !== person.name) return { column: 'name', say: '姓名和证件号对不上', remedy: '核对姓名，或者改填村和户号' };
      return { subject: person.subject };
    },
  };
}

function namesOf(villages: readonly { readonly no: number; readonly name: string; readonly code: string | null; readonly township: string | null }[]): ReadonlyMap<string, number | 'several'> {
  const names = new Map<string, number | 'several'>();
  const add = (name: string, no: number): void => { const before = names.get(name); names.set(name, before === undefined || before === no ? no : 'several'); };
  for (const village of villages) {
    add(village.name, village.no);
    if (village.code !== null) add(village.code, village.no);
    if (village.township !== null) { add(`${village.township} ${village.name}`, village.no); add(`${village.township}${village.name}`, village.no); }
  }
  return names;
}

async function peopleOf(office: Office, rows: readonly (readonly [number, string, number, number])[]): Promise<ReadonlyMap<string, { readonly subject: number; readonly name: string }>> {
  const people = new Map<string, { subject: number; name: string }>();
  for (let at = 0; at < rows.length; at += 5_000) {
    const part = new Map(rows.slice(at, at + 5_000).map(([subject, id]) => [id, subject]));
    const members: { household: string; name: string; id_match: string }[] = await office.jobs('members').whereIn('household', [...part.keys()]).whereNotNull('id_match').whereNull('left_on').select('household', 'name', 'id_match');
    for (const member of members) people.set(member.id_match, { subject: part.get(member.household) ?? -1, name: member.name });
  }
  return people;
}
