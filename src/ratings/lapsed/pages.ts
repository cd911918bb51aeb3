import { may, reach } from '../../access/may.ts';
import { wholeOffice } from '../../access/subject.ts';
import { householdFaces } from '../../households/queries.ts';
import { numberText } from '../../households/household.ts';
import { limits } from '../../kit/limits.ts';
import { common } from '../../kit/refusals.ts';
import { placeById, placeNames, placeSubject } from '../../places/queries.ts';
import { marksAllowed, standingWords, type Standing } from '../../rounds/case.ts';
import { roundAt } from '../../rounds/queries.ts';
import { current, lawRegister, type Register } from '../../standards/law/register.ts';
import { loadStandard } from '../../standards/load.ts';
import { page, seeOther, type Reply } from '../../web/reply.ts';
import type { Visit } from '../../web/visit.ts';
import { gradeTable } from '../queries.ts';
import { affectedBy } from './affected.ts';
import { endedItems } from './ended.ts';
import { draftRecomputations } from './draft.ts';
import { recomputationsBelow } from './recomputations.ts';

/** A basis in the words of its last version; what ended of its own in the words of the help. */
const basisWords = (register: Register, day: string) => (id: string): { readonly href: string; readonly words: string } => {
  if (id === endedItems) return { href: '/help#repair', words: '减分的事到期或者修复了' };
  const one = current(register.get(id) ?? [], day);
  return { href: `/law/${id}`, words: one === undefined ? id : `《${one.law}》${one.article}` };
};

/** Where bases ended and results still rest on them: counts by village, for those who may see the ratings there. */
export async function showRecomputations(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const asked = visit.query['basis'];
  const [all, register] = await Promise.all([recomputationsBelow(read, reach(visit.actor, 'rating.read')), lawRegister(read)]);
  const drafted = asked === undefined ? all : all.filter(one => one.bases.includes(asked));
  const names = await placeNames(read, drafted.map(one => one.village));
  const words = basisWords(register, visit.day);
  const about = asked === undefined || !register.has(asked) ? undefined : words(asked);
  return page('ratings/recomputations', {
    title: '要重算的户', about, basis: asked, can: { count: may(visit.actor, 'law.keep', wholeOffice) === true },
    households: drafted.reduce((sum, one) => sum + one.households, 0), villages: drafted.length,
    rows: drafted.slice(0, limits.rowsPerPage).map(one => ({ href: `/recomputations/${one.roundId}/${one.placeId}`, village: names.get(one.village)?.full ?? '', round: one.roundName, households: one.households, bases: one.bases.map(words), on: one.day })),
    more: Math.max(0, drafted.length - limits.rowsPerPage),
    empty: { words: '没有要重算的户。依据失效、减分的事到期或者修复以后，夜里会清点一遍，结果会变的列在这里。', act: undefined },
  });
}

export async function takeDraft(visit: Visit): Promise<Reply> {
  const households = await draftRecomputations(visit.office, visit.actor);
  return seeOther('/recomputations', households === 0 ? '清点过了，没有哪户的结果会变。' : `清点过了，${households} 户的结果会变，已经交给各镇重算。`);
}

/** One village, counted now: each household with the grade it has and the one it would get. */
export async function showRecomputation(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundAt(read, visit.params['round'] ?? '');
  const place = await placeById(read, visit.params['place'] ?? '');
  const subject = placeSubject(place);
  const leave = may(visit.actor, 'rating.read', subject);
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const affected = await affectedBy({ read, dialect: visit.office.store.dialect }, { round, day: visit.day, village: place.no });
  // Names are for those who look after households here; a county sees how many.
  const isNear = may(visit.actor, 'household.read', subject) === true;
  const shown = isNear ? affected.slice(0, limits.rowsPerPage) : [];
  const nos = shown.map(one => one.subject);
  const [faces, cases, names, register, { standard }] = await Promise.all([
    householdFaces(read, nos), read('cases').where({ round: round.no }).whereIn('subject', nos).select<{ subject: number; standing: Standing; held: number }[]>('subject', 'standing', 'held'),
    placeNames(read, [place.no]), lawRegister(read), loadStandard(read, round.household_standard),
  ]);
  const standings = new Map(cases.map(one => [Number(one.subject), one]));
  const { mark } = gradeTable(standard);
  const words = basisWords(register, visit.day);
  const name = names.get(place.no)?.full ?? place.name;
  const rows = shown.flatMap(one => {
    const face = faces.get(one.subject);
    const own = standings.get(one.subject);
    return face === undefined || own === undefined ? [] : [{
      href: `/ratings/${round.id}/${face.id}`, number: numberText(face.household_no), head: face.head_name, group: face.group ?? '', standing: standingWords[own.standing],
      was: { mark: mark(one.was.grade), got: one.was.points }, now: { mark: mark(one.now.grade), got: one.now.points }, isOpen: marksAllowed('household', own.standing, own.held > 0).includes('rated'),
    }];
  });
  return page('ratings/recomputation', {
    title: `${name}要重算的户`, heading: `${name}：${affected.length} 户的结果会变`, crumbs: [{ label: '要重算的户', href: '/recomputations' }, { label: round.name, href: `/rounds/${round.id}` }, { label: name }],
    bases: [...new Set(affected.flatMap(one => one.ended))].map(words), count: affected.length, isNear, rows, more: Math.max(0, isNear ? affected.length - rows.length : 0), decided: rows.filter(row => !row.isOpen).length,
    runs: round.closed_on === null && rows.some(row => row.isOpen) && may(visit.actor, 'rating.run', subject) === true ? `/ratings/${round.id}/places/${place.id}/runs` : undefined, isClosed: round.closed_on !== null,
  });
}
