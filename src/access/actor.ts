/** Posts of the office (domain glossary §7, workflow §2.1). Words are what screens print. */
export const roles = {
  gridWorker: '网格员',
  villageCommittee: '村评议小组',
  villageSupervisor: '村务监督委员',
  peerReviewer: '评议员',
  hallDesk: '便民窗口',
  townshipMember: '镇评定委员会委员',
  townshipChair: '镇评定委员会主任',
  coopOfficer: '农商行信贷员',
  standardsAdmin: '县标准管理员',
  leadingMember: '县领导小组成员',
  leadingChair: '县领导小组组长',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditor: '审计员',
} as const;
export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as readonly Role[];

/** A role at a place. `path` reaches everything below it; `onBehalfOf` marks the post of a colleague on leave. */
export interface Post {
  readonly id: string;
  readonly role: Role;
  readonly placeNo: number;
  readonly placeName: string;
  readonly path: string;
  readonly onBehalfOf?: string;
}

export interface Officer {
  readonly kind: 'officer';
  readonly id: string;
  readonly name: string;
  readonly posts: readonly Post[];
  /** Ids of the households that this officer stands aside from (回避): kin, the own one, or an interest declared. They go with the person, not with the post. */
  readonly aside?: readonly string[];
}

/**
 * Who acts. `console` is the person at the machine using the command line, `clock` a scheduled job,
 * `anyone` a visitor without an account.
 */
export type Actor = Officer | { readonly kind: 'console' } | { readonly kind: 'clock' } | { readonly kind: 'anyone' };

export const anyone: Actor = { kind: 'anyone' };
export const clockwork: Actor = { kind: 'clock' };
export const atConsole: Actor = { kind: 'console' };

/** How the ledger names an actor: never a person's name. */
export const actorId = (actor: Actor): string => actor.kind === 'officer' ? actor.id : actor.kind;
