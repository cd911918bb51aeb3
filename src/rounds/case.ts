/**
 * The whole workflow in one table (domain §2.1, §2.4). A case moves by marks only; what a mark leads to depends on
 * the standing alone, and on whether an objection holds the case.
 */
export const standings = [
  'open', 'collected', 'excused', 'rated', 'preliminary', 'village-notice', 'village-noticed', 'returned',
  'reviewed', 'township-notice', 'township-noticed', 'approved', 'published', 'applied', 'refused',
] as const;
export type Standing = (typeof standings)[number];

export const standingWords: Readonly<Record<Standing, string>> = {
  'open': '还没采集', 'collected': '采集好了', 'excused': '未参评', 'rated': '已算分', 'preliminary': '村已初评', 'village-notice': '村公示中',
  'village-noticed': '村公示期满', 'returned': '镇里退回', 'reviewed': '镇已审核', 'township-notice': '镇公示中', 'township-noticed': '镇公示期满',
  'approved': '已批准', 'published': '已上榜', 'applied': '已申报', 'refused': '暂未达标',
};

export const marks = [
  'collected', 'changed', 'excused', 'readmitted', 'rated', 'preliminary', 'posted', 'noticed', 'unposted', 'reviewed', 'returned', 'adjusted',
  'approved', 'unapproved', 'published', 'unpublished', 'objected', 'answered', 'reopened', 'applied', 'refused', 'undone', 'checked', 'cancelled',
] as const;
export type Mark = (typeof marks)[number];

/** What a mark says on a timeline. */
export const markWords: Readonly<Record<Mark, string>> = {
  collected: '采集好了', changed: '改了采集内容', excused: '登记为未参评', readmitted: '重新参评', rated: '算了分', preliminary: '村里初评', posted: '贴出公示',
  noticed: '公示期满', unposted: '撤下公示', reviewed: '上级审核通过', returned: '退回重看', adjusted: '人工调整', approved: '批准', unapproved: '撤回批准',
  published: '上榜', unpublished: '从榜上撤下', objected: '有人提出异议', answered: '异议办完', reopened: '重新评定', applied: '申报', refused: '没有达到条件', undone: '撤回上一步', checked: '年审或变动', cancelled: '取消称号',
};

/** Households walk the long way with two notices; villages and townships are applied for and decided one level up. */
export type Track = 'household' | 'title';

type Table = Readonly<Partial<Record<Standing, Readonly<Partial<Record<Mark, Standing>>>>>>;

const household: Table = {
  // An objection outlives the standing it met: its answer is taken wherever the case has come to.
  'open': { collected: 'collected', excused: 'excused', answered: 'open' },
  'excused': { readmitted: 'open', answered: 'excused' },
  'collected': { changed: 'collected', collected: 'collected', rated: 'rated', excused: 'excused', reopened: 'open', answered: 'collected' },
  'rated': { changed: 'collected', collected: 'collected', rated: 'rated', adjusted: 'rated', preliminary: 'preliminary', excused: 'excused', answered: 'rated' },
  'preliminary': { answered: 'preliminary', undone: 'rated', posted: 'village-notice', returned: 'returned', excused: 'excused', reopened: 'collected' },
  'village-notice': { unposted: 'preliminary', noticed: 'village-noticed', objected: 'village-notice', answered: 'village-notice', reopened: 'collected', excused: 'excused' },
  'village-noticed': { reviewed: 'reviewed', returned: 'returned', adjusted: 'village-noticed', objected: 'village-noticed', answered: 'village-noticed', reopened: 'collected', excused: 'excused' },
  'returned': { collected: 'collected', changed: 'collected', rated: 'rated', preliminary: 'preliminary', excused: 'excused', objected: 'returned', answered: 'returned' },
  'reviewed': { undone: 'village-noticed', posted: 'township-notice', returned: 'returned', adjusted: 'reviewed', objected: 'reviewed', answered: 'reviewed', reopened: 'collected', excused: 'excused' },
  'township-notice': { unposted: 'reviewed', noticed: 'township-noticed', objected: 'township-notice', answered: 'township-notice', reopened: 'collected', excused: 'excused' },
  'township-noticed': { approved: 'approved', returned: 'returned', adjusted: 'township-noticed', objected: 'township-noticed', answered: 'township-noticed', reopened: 'collected', excused: 'excused' },
  'approved': { published: 'published', unapproved: 'township-noticed', objected: 'approved', answered: 'approved', reopened: 'collected', excused: 'excused' },
  'published': { unpublished: 'approved', objected: 'published', answered: 'published', reopened: 'collected', checked: 'published', cancelled: 'approved' },
};

const title: Table = {
  // From the application on a title rests on the figures it was made on: nothing rates it again unless it comes back.
  // Reviewed, it is public and may be objected to; as with a household, the answer is taken wherever the title has come to.
  'open': { rated: 'rated', excused: 'excused', answered: 'open' },
  'excused': { readmitted: 'open', answered: 'excused' },
  'rated': { rated: 'rated', applied: 'applied', refused: 'refused', answered: 'rated' },
  'applied': { reviewed: 'reviewed', returned: 'rated', undone: 'rated', answered: 'applied', reopened: 'rated' },
  'reviewed': { approved: 'approved', returned: 'rated', refused: 'refused', undone: 'applied', objected: 'reviewed', answered: 'reviewed', reopened: 'rated' },
  'approved': { published: 'published', unapproved: 'reviewed', objected: 'approved', answered: 'approved', reopened: 'rated' },
  'published': { unpublished: 'approved', objected: 'published', answered: 'published', reopened: 'rated', checked: 'published', cancelled: 'refused' },
  'refused': { rated: 'rated', objected: 'refused', reopened: 'rated', answered: 'refused' },
};

const tables: Readonly<Record<Track, Table>> = { household, title };

/** Steps that make a result final: an open objection holds exactly these back, the others go on (issue: 三榜公示). */
const heldBack: readonly Mark[] = ['reviewed', 'approved', 'published', 'noticed', 'checked', 'cancelled'];

/** Where a mark leads from here; `undefined` when it is not allowed. */
export function standingAfter(track: Track, standing: Standing, mark: Mark, held: boolean): Standing | undefined {
  if (held && heldBack.includes(mark)) return undefined;
  return tables[track][standing]?.[mark];
}

/** The marks allowed now: what buttons a page may offer. */
export const marksAllowed = (track: Track, standing: Standing, held: boolean): readonly Mark[] =>
  marks.filter(mark => standingAfter(track, standing, mark, held) !== undefined);

/** Standings in which facts may still be taken down; later ones lock what they rest on. */
export const acceptsFacts = (standing: Standing): boolean => ['open', 'collected', 'rated', 'returned'].includes(standing);
/** The chair has approved it: it counts for its village, and only reopening changes it. */
export const decidedStandings = ['approved', 'published'] as const satisfies readonly Standing[];
export const isDecided = (standing: Standing): boolean => (decidedStandings as readonly Standing[]).includes(standing);
/** Rated or further, and still in the round. */
export const isRated = (standing: Standing): boolean => !['open', 'collected', 'excused'].includes(standing);
