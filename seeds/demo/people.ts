import { syntheticIdNumber } from '../../src/kit/id-card.ts';
import { syntheticPhone } from '../../src/kit/phone.ts';
import type { Day } from '../../src/kit/time.ts';
import type { Sex } from './names.ts';
import { givenName, surnameFor } from './names.ts';
import type { Random } from './random.ts';

export type Relation = 'head' | 'spouse' | 'son' | 'daughter' | 'daughter-in-law' | 'son-in-law' | 'father' | 'mother' | 'grandson' | 'granddaughter';

export const relationWords: Readonly<Record<Relation, string>> = {
  'head': '户主', 'spouse': '配偶', 'son': '子', 'daughter': '女', 'daughter-in-law': '儿媳', 'son-in-law': '女婿', 'father': '父亲', 'mother': '母亲', 'grandson': '孙子', 'granddaughter': '孙女',
};

/** Why a person has no number on file. Of children under fourteen only relation and birth year are kept (PIPL art. 31). */
export type NoIdReason = 'under-14' | 'late-registration' | 'to-be-checked' | 'not-given';

export const noIdReasonWords: Readonly<Record<NoIdReason, string>> = {
  'under-14': '未满十四岁，不采集', 'late-registration': '户口登记晚，还没有号码', 'to-be-checked': '号码对不上，待核', 'not-given': '本人暂不提供',
};

export interface DemoMember {
  readonly name: string;
  readonly relation: Relation;
  readonly sex: Sex;
  readonly birthYear: number;
  /** Invented, with an area code that exists nowhere; absent with a reason. */
  readonly idNumber?: string;
  readonly noIdReason?: NoIdReason;
  readonly phone?: string;
  /** Works elsewhere most of the year. */
  readonly away: boolean;
}

/** What must be unique in the whole township while it is made. */
export interface Numbers { readonly ids: Set<string>; nextPhone: number }

interface Person { readonly relation: Relation; readonly sex: Sex; readonly age: number; readonly line: 'head' | 'spouse' | 'own' }

/** One family: the head first, then as on a household register. */
export function makeFamily(random: Random, numbers: Numbers, village: { readonly clans: readonly string[]; readonly thisYear: number }): readonly DemoMember[] {
  const people = shapeOf(random);
  const head = people[0];
  const surnames = { head: surnameFor(random, village.clans), spouse: surnameFor(random, []) };
  return people.map(person => {
    // Children carry the father's surname, whoever is the head.
    const line = person.line === 'head' && person.relation !== 'head' && head?.sex === 'female' && people.some(other => other.relation === 'spouse') ? 'spouse' : person.line;
    const surname = line === 'own' ? surnameFor(random, []) : surnames[line];
    return memberOf(random, numbers, person, { surname, birthYear: village.thisYear - person.age, thisYear: village.thisYear });
  });
}

type Shape = 'old-pair' | 'old-single' | 'with-minor' | 'with-grown' | 'three-generations' | 'with-parents' | 'single';

const shapes: readonly (readonly [Shape, number])[] = [
  ['old-pair', 20], ['old-single', 9], ['with-minor', 18], ['with-grown', 17], ['three-generations', 24], ['with-parents', 8], ['single', 4],
];

function shapeOf(random: Random): readonly Person[] {
  const shape = random.weighted(shapes);
  const headSex: Sex = random.chance(shape === 'old-single' ? 0.45 : 0.86) ? 'male' : 'female';
  const head = (age: number): Person => ({ relation: 'head', sex: headSex, age, line: 'head' });
  const spouse = (age: number): Person => ({ relation: 'spouse', sex: headSex === 'male' ? 'female' : 'male', age: Math.max(20, age + random.whole(-4, 3)), line: 'spouse' });
  const child = (age: number): Person => { const son = random.chance(0.53); return { relation: son ? 'son' : 'daughter', sex: son ? 'male' : 'female', age, line: 'head' }; };
  const children = (count: number, parentAge: number, least: number, most: number): Person[] => {
    const eldest = random.whole(least, Math.max(least, Math.min(most, parentAge - 21)));
    return Array.from({ length: count }, (_, at) => child(Math.max(0, eldest - at * random.whole(2, 5))));
  };
  const some = random.weighted([[1, 60], [2, 34], [3, 6]] as const);
  switch (shape) {
    case 'old-pair': { const age = random.whole(60, 82); return [head(age), spouse(age)]; }
    case 'old-single': return [head(random.whole(64, 90))];
    case 'single': return [head(random.whole(28, 60))];
    case 'with-minor': { const age = random.whole(28, 46); return [head(age), spouse(age), ...children(some, age, 0, 17)]; }
    case 'with-grown': { const age = random.whole(45, 60); return [head(age), spouse(age), ...children(Math.min(some, 2), age, 18, 30)]; }
    case 'with-parents': {
      const age = random.whole(32, 55);
      const parents: Person[] = [{ relation: 'mother', sex: 'female', age: age + random.whole(20, 32), line: 'own' }];
      if (random.chance(0.6)) parents.unshift({ relation: 'father', sex: 'male', age: age + random.whole(21, 34), line: 'head' });
      return [head(age), spouse(age), ...children(some, age, 0, 25), ...parents];
    }
    case 'three-generations': {
      const age = random.whole(52, 72);
      const childAge = random.whole(26, Math.max(26, age - 22));
      const son = random.chance(0.88);
      const pair: Person[] = son
        ? [{ relation: 'son', sex: 'male', age: childAge, line: 'head' }, { relation: 'daughter-in-law', sex: 'female', age: Math.max(21, childAge + random.whole(-4, 2)), line: 'own' }]
        : [{ relation: 'daughter', sex: 'female', age: childAge, line: 'head' }, { relation: 'son-in-law', sex: 'male', age: childAge + random.whole(-2, 5), line: 'own' }];
      const young = Array.from({ length: Math.min(some, 2) }, (): Person => {
        const boy = random.chance(0.52);
        return { relation: boy ? 'grandson' : 'granddaughter', sex: boy ? 'male' : 'female', age: random.whole(0, Math.max(0, childAge - 23)), line: son ? 'head' : 'own' };
      });
      return [head(age), ...(random.chance(0.85) ? [spouse(age)] : []), ...pair, ...young];
    }
  }
}

function memberOf(random: Random, numbers: Numbers, person: Person, made: { readonly surname: string; readonly birthYear: number; readonly thisYear: number }): DemoMember {
  const { relation, sex, age } = person;
  const name = made.surname + givenName(random, { sex, birthYear: made.birthYear });
  const away = age >= 19 && age <= 52 && random.chance(relation === 'head' ? 0.15 : 0.34);
  const common = { name, relation, sex, birthYear: made.birthYear, away };
  if (age < 14) return { ...common, noIdReason: 'under-14' };
  const phone = random.chance(age < 18 ? 0.2 : age <= 65 ? 0.88 : 0.5) ? { phone: syntheticPhone(numbers.nextPhone++) } : {};
  const lacks: NoIdReason | undefined = random.chance(0.05) ? random.weighted([['to-be-checked', 5], ['not-given', 3], ['late-registration', 1]] as const) : undefined;
  if (lacks !== undefined) return { ...common, ...phone, noIdReason: lacks };
  return { ...common, ...phone, idNumber: idNumberOf(random, numbers, { sex, birthYear: made.birthYear }) };
}

function idNumberOf(random: Random, numbers: Numbers, person: { readonly sex: Sex; readonly birthYear: number }): string {
  for (;;) {
    const birth: Day = `${person.birthYear}-${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`;
    const number = syntheticIdNumber({ birth, sex: person.sex, sequence: random.whole(0, 499) });
    if (numbers.ids.has(number)) continue;
    numbers.ids.add(number);
    return number;
  }
}
