import { atNight, atTheLast, hurried, mean, mostAlike, shift, wilson, type Save } from './measures.ts';

/** One household of a village in a round, as far as fairness asks about it. */
export interface Seen { readonly subject: number; readonly group: string; readonly grid: string; readonly recorder: string | undefined; /** Hundredths; undefined while it is not rated, or provisional. */ readonly points: number | undefined; readonly credit: boolean; /** What was answered at the door, in one string; undefined where too little was. */ readonly answers: string | undefined; /** Some officer stands aside from it as own or kin. */ readonly kin: boolean }
export interface Recorder { readonly id: string; readonly name: string; readonly saves: readonly Save[]; /** Drawn households seen again by somebody else. */ readonly again: { readonly same: number; readonly all: number } }
export interface Picture { readonly households: readonly Seen[]; readonly recorders: readonly Recorder[]; readonly collectUntil: string }

export const signalKinds = { shift: '打分偏高或偏低', agreement: '再去看和记的不一样', alike: '答案一模一样', last: '赶在截止前', hurried: '太快', night: '半夜保存', group: '各组差得多', kin: '回避户明显好' } as const;
export type SignalKind = keyof typeof signalKinds;
/** Something that somebody ought to look into. It says nothing yet about anybody, and changes nothing. */
export interface Signal { readonly key: string; readonly kind: SignalKind; /** The officer it is about; else undefined. */ readonly officer: string | undefined; readonly words: string }

export interface RecorderLine { readonly id: string; readonly name: string; readonly households: number; readonly mean: number | undefined; readonly by: number | undefined; readonly chance: number; readonly again: Recorder['again']; readonly alike: number; readonly answered: number; readonly saves: number; readonly last: number; readonly hurried: number; readonly night: number }

/** Fewer than this, and chance alone explains nearly anything (our choice). */
const least = 10;
const points = (hundredths: number): string => (Math.round(hundredths / 10) / 10).toString();

export function recorderLines({ households, recorders, collectUntil }: Picture): readonly RecorderLine[] {
  return recorders.map(({ id, name, saves, again }) => {
    const own = households.filter(one => one.recorder === id);
    const [ours, others] = [pointsOf(own), pointsOf(households.filter(one => one.recorder !== undefined && one.recorder !== id))];
    const moved = shift(ours, others);
    const answers = own.flatMap(one => one.answers ?? []);
    return {
      id, name, households: own.length, mean: ours.length === 0 ? undefined : mean(ours), by: ours.length === 0 || others.length === 0 ? undefined : moved.by, chance: moved.chance, again,
      alike: mostAlike(answers), answered: answers.length, saves: saves.length, last: atTheLast(saves, collectUntil), hurried: hurried(saves), night: atNight(saves),
    };
  });
}
const pointsOf = (list: readonly Seen[]): readonly number[] => list.flatMap(one => one.points ?? []);

export interface ShareLine { readonly label: string; readonly credit: number; readonly rated: number; readonly low: number; readonly high: number }
const shareOf = (label: string, list: readonly Seen[]): ShareLine => {
  const rated = list.filter(one => one.points !== undefined);
  const credit = rated.filter(one => one.credit).length;
  return { label, credit, rated: rated.length, ...wilson(credit, rated.length) };
};

/** Credit households among the rated ones, by villagers' group or by grid. */
export const sharesBy = ({ households }: Picture, by: 'group' | 'grid'): readonly ShareLine[] => [...Map.groupBy(households, one => one[by])].map(([label, list]) => shareOf(label, list)).sort((a, b) => a.label.localeCompare(b.label, 'zh', { numeric: true }));

/** Those from which somebody stands aside as own or kin, beside all others. */
export const kinShares = ({ households }: Picture): { readonly kin: ShareLine; readonly others: ShareLine } => ({ kin: shareOf('有同志回避的户', households.filter(one => one.kin)), others: shareOf('别的户', households.filter(one => !one.kin)) });

/** What stands out so far that chance hardly explains it. */
export function signalsIn(picture: Picture): readonly Signal[] {
  const told = (kind: SignalKind, about: string, words: string, officer?: string): Signal => ({ key: `${kind}:${about}`, kind, officer, words });
  return [...recorderLines(picture).flatMap(line => recorderSignals(line).map(([kind, words]) => told(kind, line.id, words, line.id))), ...groupSignals(picture).map(([label, words]) => told('group', label, words)), ...kinSignal(picture).map(words => told('kin', '', words))];
}

function recorderSignals(line: RecorderLine): readonly (readonly [SignalKind, string])[] {
  const { name, by, again } = line;
  const found: (readonly [SignalKind, string])[] = [];
  if (by !== undefined && line.households >= least && Math.abs(by) > line.chance && Math.abs(by) >= 300) found.push(['shift', `${name}采集的 ${line.households} 户，平均比别人采集的${by > 0 ? '高' : '低'} ${points(Math.abs(by))} 分，碰巧的出入到不了这么多`]);
  if (again.all >= 5 && wilson(again.same, again.all).high < 0.9) found.push(['agreement', `${name}采集的，抽到再去看了 ${again.all} 户，${again.all - again.same} 户和记的不一样`]);
  if (line.answered >= least && line.alike * 5 >= line.answered * 2) found.push(['alike', `${name}采集的 ${line.answered} 户里，${line.alike} 户每一项都答得一模一样`]);
  if (line.saves >= least && line.last * 5 >= line.saves * 3) found.push(['last', `${name}保存 ${line.saves} 次，${line.last} 次在采集截止的前一天、当天或者以后`]);
  if (line.hurried >= 5) found.push(['hurried', `${name}有 ${line.hurried} 次，存完一户不到一分钟又存了另一户`]);
  if (line.night >= 5) found.push(['night', `${name}有 ${line.night} 次在夜里十点到早上六点之间保存`]);
  return found;
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;
const shareWords = (line: ShareLine): string => `${line.rated} 户里 ${line.credit} 户够信用户（${percent(line.low)}—${percent(line.high)}）`;

function groupSignals(picture: Picture): readonly (readonly [string, string])[] {
  return sharesBy(picture, 'group').flatMap(line => {
    const others = shareOf('别的组', picture.households.filter(one => one.group !== line.label));
    return line.rated >= least && others.rated >= least && areApart(line, others) ? [[line.label, `${line.label} ${shareWords(line)}，别的组 ${shareWords(others)}`] as const] : [];
  });
}

function kinSignal(picture: Picture): readonly string[] {
  const { kin, others } = kinShares(picture);
  return kin.rated >= least && others.rated >= least && kin.low > others.high ? [`有同志回避的 ${shareWords(kin)}，别的 ${shareWords(others)}`] : [];
}

const areApart = (one: ShareLine, other: ShareLine): boolean => one.low > other.high || one.high < other.low;
