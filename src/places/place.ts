/** 区划: the tree from province to grid. Group and grid both stand under their village. */
export const placeKinds = { province: '省', city: '市', county: '县区', township: '乡镇街道', village: '村（社区）', group: '村民小组', grid: '网格' } as const;
export type PlaceKind = keyof typeof placeKinds;

const letters: Readonly<Record<PlaceKind, string>> = { province: 'p', city: 'c', county: 'x', township: 't', village: 'v', group: 'g', grid: 'n' };
const parents: Readonly<Record<PlaceKind, readonly PlaceKind[]>> = {
  province: [], city: ['province'], county: ['city'], township: ['county'], village: ['township'], group: ['village'], grid: ['village'],
};

export interface Place {
  readonly no: number;
  readonly id: string;
  readonly kind: PlaceKind;
  readonly code: string | null;
  readonly name: string;
  readonly parent_no: number | null;
  readonly path: string;
  readonly sort: number;
  readonly since: string;
  readonly until: string | null;
  readonly successor_no: number | null;
  readonly hidden: number;
}

export const pathOf = (parentPath: string, kind: PlaceKind, no: number): string => `${parentPath}${letters[kind]}${no}/`;
export const mayStandUnder = (kind: PlaceKind, parent: PlaceKind | undefined): boolean => parent === undefined ? parents[kind].length === 0 : parents[kind].includes(parent);

/** The number of the ancestor of a kind that a path names, if it does. */
export function ancestorNo(path: string, kind: PlaceKind): number | undefined {
  const found = new RegExp(`/${letters[kind]}(\\d+)/`).exec(path)?.[1];
  return found === undefined ? undefined : Number(found);
}
