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
/** What may be set up under a place. */
export const childKinds = (kind: PlaceKind): readonly PlaceKind[] => (Object.keys(placeKinds) as readonly PlaceKind[]).filter(child => parents[child].includes(kind));

/** Digits of a division code (GB/T 2260 and the statistical code, domain 4.4); groups and grids have none. */
export const codeDigits: Readonly<Partial<Record<PlaceKind, number>>> = { province: 2, city: 4, county: 6, township: 9, village: 12 };

/** What a code gets wrong for a kind under a parent, in words; undefined when it will do. */
export function codeFault(code: string, kind: PlaceKind, parentCode: string | null): string | undefined {
  const digits = codeDigits[kind];
  if (digits === undefined) return `${placeKinds[kind]}没有区划代码。`;
  if (!/^\d+$/.test(code) || code.length !== digits) return `${placeKinds[kind]}的区划代码是 ${digits} 位数字。`;
  return parentCode !== null && !code.startsWith(parentCode) ? `区划代码要以上一级的 ${parentCode} 开头。` : undefined;
}

/** The register's units without people to rate (虚拟 or 生活区 in the name) stay out of rating screens (domain 4.5). */
export const isVirtual = (name: string): boolean => /虚拟|生活区/.test(name);

/** The number of the ancestor of a kind that a path names, if it does. */
export function ancestorNo(path: string, kind: PlaceKind): number | undefined {
  const found = new RegExp(`/${letters[kind]}(\\d+)/`).exec(path)?.[1];
  return found === undefined ? undefined : Number(found);
}
