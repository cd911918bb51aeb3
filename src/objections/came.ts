import type { Knex } from 'knex';
import { dayOf, type Day } from '../kit/time.ts';
import { pictureOf, type Picture } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { factWords } from '../observations/words.ts';
import { gradesOf } from '../panels/grades.ts';
import { ratingInForce, revisionsOf } from '../ratings/queries.ts';
import { isRated } from '../rounds/case.ts';
import { caseOf, type Round } from '../rounds/round.ts';
import type { Indicator } from '../standards/standard.ts';
import { loadStandard } from '../standards/load.ts';
import type { GradeMark } from '../web/helpers.ts';
import type { ObjectionRow } from './queries.ts';

/** What became of a household's result by an objection: as it was when the answer was given, and as it is now. */
export interface Came {
  readonly before: GradeMark; /** Undefined while it is still looked at anew. */ readonly now: GradeMark | undefined;
  /** The one value that was objected to. */
  readonly value: { readonly title: string; readonly before: string; readonly now: string | undefined } | undefined;
  readonly village: string;
}

export async function cameOf(read: Knex, { id, round: no, subject, about }: Pick<ObjectionRow, 'id' | 'round' | 'subject' | 'about'>, round: Round): Promise<Came | undefined> {
  const answer: { revision_before: number | null } | undefined = await read('answers').where({ objection: id }).first('revision_before');
  if (answer?.revision_before === undefined || answer.revision_before === null) return undefined;
  const [revisions, current, one, grades, sheets] = await Promise.all([revisionsOf(read, no, subject), ratingInForce(read, no, subject), caseOf(read, no, subject), gradesOf(read, round.household_standard), sheetsOf(read, no, [subject])]);
  const before = revisions.find(rating => rating.revision === answer.revision_before);
  if (before === undefined || current === undefined) return undefined;
  const now = isRated(one.standing) ? current : undefined;
  const upTo = (seq: number): Picture => pictureOf((sheets.get(subject) ?? []).filter(sheet => sheet.seq <= seq));
  const { standard } = await loadStandard(read, before.standard);
  const indicator = standard.indicators.find(each => `value:${each.key}` === about);
  return {
    before: grades.mark(before.grade), now: now === undefined ? undefined : grades.mark(now.grade),
    value: indicator === undefined ? undefined : { title: indicator.title, before: wordsIn(upTo(before.sheet), indicator), now: now === undefined ? undefined : wordsIn(upTo(now.sheet), indicator) },
    village: now === undefined ? '重新算好以后才知道' : now.credit === before.credit ? '本村的信用户数不变' : now.credit === 1 ? '本村的信用户多 1 户' : '本村的信用户少 1 户',
  };
}

/** The one value that an objection is about, as it stands and since when; undefined where it is about something else. */
export async function valueNow(read: Knex, { subject, about }: Pick<ObjectionRow, 'subject' | 'about'>, round: Pick<Round, 'no' | 'household_standard'>): Promise<{ readonly title: string; readonly words: string; readonly on: Day | undefined } | undefined> {
  const indicator = (await loadStandard(read, round.household_standard)).standard.indicators.find(each => `value:${each.key}` === about);
  if (indicator === undefined) return undefined;
  const sheets = (await sheetsOf(read, round.no, [subject])).get(subject) ?? [];
  const picture = pictureOf(sheets);
  const field = picture.fields.get(indicator.key);
  const sheet = field?.kind === 'current' ? sheets.find(each => each.seq === field.stand.seq) : undefined;
  return { title: indicator.title, words: wordsIn(picture, indicator), on: sheet === undefined ? undefined : dayOf(sheet.at) };
}

const wordsIn = (picture: Picture, indicator: Indicator): string => {
  const field = picture.fields.get(indicator.key);
  return field?.kind === 'current' ? factWords(indicator, field.stand.fact) : field === undefined ? '没有记' : '两个人记的不一样，还没定';
};
