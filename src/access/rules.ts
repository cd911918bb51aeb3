import type { Actor, Role } from './actor.ts';

/**
 * Who may do what. `reach` says how far a post carries: `place` the post's own place and all below,
 * `village` the whole village of a grid or group post, `office` everywhere.
 */
export interface Rule {
  readonly says: string;
  readonly roles: readonly Role[];
  readonly reach: 'place' | 'village' | 'office';
  /** Actors without a post that may: the command line, the clock, a visitor. */
  readonly others?: readonly Actor['kind'][];
  /** Every signed-in officer may, whatever the post. */
  readonly anyOfficer?: true;
  /** It says something about a household that the grade rests on: whoever stands aside from that household may not. */
  readonly judges?: true;
}

const village: readonly Role[] = ['villageCommittee'];
const township: readonly Role[] = ['townshipMember', 'townshipChair'];
const county: readonly Role[] = ['standardsAdmin', 'leadingMember', 'leadingChair'];
const watch: readonly Role[] = ['villageSupervisor', 'auditor'];
const rule = (says: string, roles: readonly Role[], more: Partial<Rule> = {}): Rule => ({ says, roles, reach: 'place', others: ['console'], ...more });

const table = {
  'anyone': rule('公开内容', [], { anyOfficer: true, others: ['anyone', 'console', 'clock'] }),
  'officer': rule('登录后的本人事务', [], { anyOfficer: true }),

  'place.read': rule('查看区划', ['gridWorker', 'hallDesk', 'peerReviewer', 'coopOfficer', 'systemAdmin', 'securityAdmin', ...village, ...township, ...county, ...watch], { reach: 'village' }),
  'place.keep': rule('维护区划', ['systemAdmin', 'townshipChair']),
  'officer.read': rule('查看人员岗位', ['systemAdmin', 'securityAdmin', 'auditor', 'villageCommittee', 'townshipChair', 'leadingChair']),
  'officer.appoint': rule('任免岗位', ['systemAdmin']),
  'officer.secure': rule('解锁、重置口令、强制退出', ['securityAdmin']),
  'officer.leave': rule('请假与代班、交接', ['systemAdmin', 'townshipChair', 'villageCommittee']),
  'calendar.keep': rule('维护节假日', ['systemAdmin', 'standardsAdmin'], { reach: 'office' }),

  'household.read': rule('查看农户', ['gridWorker', 'hallDesk', ...village, ...township, ...watch]),
  'household.keep': rule('登记和更正农户', ['gridWorker', 'villageCommittee', 'hallDesk']),
  'household.reshape': rule('分户、并户、迁移、销户', ['villageCommittee', 'townshipMember', 'townshipChair']),
  'household.reveal': rule('查看证件号和电话', ['villageCommittee', 'hallDesk', 'townshipChair']),
  'household.forget': rule('删除个人信息', ['townshipChair']),
  'recusal.read': rule('查看谁对哪户回避', ['townshipChair', 'auditor']),
  'recusal.order': rule('决定别人回避、解除回避', ['townshipChair']),
  'consent.keep': rule('登记授权和撤回', ['gridWorker', 'villageCommittee', 'hallDesk']),

  'pledge.keep': rule('登记信用承诺', ['gridWorker', 'villageCommittee', 'hallDesk']),
  'pledge.judge': rule('核定承诺做到没有', ['villageCommittee', ...township], { judges: true }),

  'standard.read': rule('查看评定标准', ['gridWorker', 'peerReviewer', 'hallDesk', 'coopOfficer', ...village, ...township, ...county, ...watch, 'systemAdmin'], { reach: 'office' }),
  'standard.keep': rule('导入、采用、停用评定标准', ['standardsAdmin']),
  'law.keep': rule('登记法律依据', ['standardsAdmin'], { reach: 'office', others: ['console', 'clock'] }),
  'base.keep': rule('维护县基数', ['standardsAdmin']),

  'round.read': rule('查看评定批次', ['gridWorker', 'hallDesk', 'peerReviewer', ...village, ...township, ...county, ...watch], { reach: 'village' }),
  'round.open': rule('开启和结束评定批次', ['townshipChair', 'standardsAdmin']),
  'round.archive': rule('把结束的批次归档', ['townshipChair', 'standardsAdmin']),
  'case.admit': rule('把新登记的农户加进批次', ['townshipChair', 'standardsAdmin'], { others: ['console', 'clock'] }),
  'item.settle': rule('定本村自己的加减分事项', [...village]),
  'item.approve': rule('同意村里定的大分值事项', ['townshipChair']),
  'case.excuse': rule('登记未参评', ['gridWorker', 'villageCommittee', 'hallDesk']),
  'observation.read': rule('查看采集内容', ['gridWorker', 'hallDesk', ...village, ...township, ...watch]),
  'observation.record': rule('采集农户情况', ['gridWorker', 'villageCommittee'], { judges: true }),
  'observation.settle': rule('裁定两份不同的采集', ['villageCommittee'], { judges: true }),
  'statement.keep': rule('记下、撤回本人说明', ['gridWorker', 'hallDesk', 'villageCommittee', ...township]),
  'telling.confirm': rule('核实减分的事', ['villageCommittee', ...township], { judges: true }),
  'telling.give': rule('告知本人减分的事', ['gridWorker', 'hallDesk', 'villageCommittee', ...township]),
  'telling.recall': rule('撤回登记错的告知', ['gridWorker', 'hallDesk', 'villageCommittee', ...township], { judges: true }),
  'repair.apply': rule('登记信用修复申请', ['gridWorker', 'villageCommittee', 'hallDesk']),
  'repair.decide': rule('受理和决定信用修复', ['villageCommittee', ...township], { judges: true }),
  'repair.look-back': rule('写明理由查看不再显示的记录', ['villageCommittee', ...township, ...watch]),
  'peer.read': rule('查看背靠背评议', ['peerReviewer', 'villageCommittee', 'hallDesk'], { reach: 'village' }),
  'peer.convene': rule('召集和结束背靠背评议', [...village]),
  'peer.judge': rule('背靠背评议', ['peerReviewer'], { judges: true, others: [] }),
  'peer.key': rule('录入纸质评议表', ['villageCommittee', 'hallDesk']),
  'peer.watch': rule('查看评议员的统计', ['auditor']),
  'observation.load': rule('从文件导入采集内容', ['villageCommittee', 'townshipMember', 'townshipChair', 'systemAdmin']),
  'import.load': rule('导入文件', ['villageCommittee', 'hallDesk', 'townshipMember', 'townshipChair', 'systemAdmin']),
  'export.take': rule('导出文件', ['villageCommittee', 'townshipMember', 'townshipChair', 'auditor']),

  'rating.read': rule('查看评定结果和依据', ['gridWorker', 'hallDesk', ...village, ...township, ...county, ...watch]),
  'rating.run': rule('计算评定结果', ['villageCommittee', 'townshipMember', 'townshipChair', 'leadingMember', 'leadingChair'], { others: ['console', 'clock'] }),
  'rating.adjust': rule('人工调整', ['townshipMember', 'townshipChair'], { judges: true }),
  'simulation.read': rule('查看标准的模拟', [...township, ...county]),
  'simulation.run': rule('模拟评定标准', ['standardsAdmin', ...township], { others: ['console', 'clock'] }),
  'case.prelim': rule('村初评', ['villageCommittee'], { judges: true }),
  'case.review': rule('镇审核', ['townshipMember', 'townshipChair'], { judges: true }),
  'case.approve': rule('镇批准', ['townshipChair'], { judges: true }),
  'title.apply': rule('申报信用村、信用乡镇', ['villageCommittee', 'townshipMember', 'townshipChair']),
  'title.review': rule('审核信用村、信用乡镇', ['townshipMember', 'townshipChair', 'leadingMember', 'leadingChair']),
  'title.approve': rule('命名信用村、信用乡镇', ['leadingChair']),

  'sitting.read': rule('查看评定会和纪要', ['leadingMember', 'leadingChair', ...village, ...township, ...watch]),
  'sitting.hold': rule('召开评定会', ['leadingMember', 'leadingChair', ...village, ...township]),

  'notice.read': rule('查看公示', ['gridWorker', 'hallDesk', ...village, ...township, ...county, ...watch]),
  'notice.post': rule('张贴和结束公示', ['villageCommittee', 'townshipMember', 'townshipChair'], { others: ['console', 'clock'] }),
  'objection.lodge': rule('提出异议', [], { anyOfficer: true, others: ['anyone', 'console'] }),
  'objection.read': rule('查看异议', ['hallDesk', 'leadingMember', 'leadingChair', ...village, ...township, ...watch]),
  'objection.answer': rule('核查并答复异议', ['villageCommittee', 'townshipMember', 'townshipChair'], { judges: true }),
  'objection.verify': rule('核查并答复对本行数据的异议', ['coopOfficer'], { judges: true }),
  'objection.settle': rule('核查并答复到县里的异议', ['leadingMember', 'leadingChair'], { judges: true }),
  'roll.publish': rule('发布光荣榜', ['townshipChair', 'leadingChair']),
  'certificate.print': rule('打印证书', ['villageCommittee', 'townshipMember', 'townshipChair', 'hallDesk', 'leadingMember', 'leadingChair']),

  'award.read': rule('查看年审和变动', ['hallDesk', 'leadingMember', 'leadingChair', ...village, ...township, ...watch]),
  'award.check': rule('开年审', ['townshipChair']),
  'award.propose': rule('提出年审和变动的意见', [...village, ...township], { judges: true }),
  'award.hear': rule('听取本人意见', ['hallDesk', ...village, ...township]),
  'plaque.keep': rule('登记挂牌、摘牌', ['hallDesk', ...village, ...township]),

  'coop.lookup': rule('查询已授权农户', ['coopOfficer']),
  'ledger.read': rule('查看台账', ['auditor', 'townshipChair', 'leadingChair', 'villageSupervisor']),
  'ledger.verify': rule('校验台账', ['auditor'], { others: ['console', 'clock'] }),
  'right.read': rule('查看本人提的查询、更正、删除', ['hallDesk', ...village, ...township, ...watch]),
  'right.open': rule('替到场的本人打开报告、登记请求', ['hallDesk', ...village]),
  'right.answer': rule('答复本人的请求', [...village, ...township], { judges: true }),
  'fairness.read': rule('查看公平监测', ['auditor', 'townshipChair', 'villageSupervisor']),
  'fairness.check': rule('派人核查、抽签回访', ['auditor', 'townshipChair', 'villageSupervisor']),
  'check.read': rule('查看核查', ['auditor', 'villageSupervisor', ...township]),
  'check.answer': rule('核查并写结论', ['villageSupervisor', ...township]),
  'revisit.read': rule('查看抽中的户', [...watch, ...village, ...township]),
  'revisit.record': rule('登记回访', ['villageSupervisor', ...village, ...township], { judges: true }),
  'report.read': rule('查看报表', [...village, ...township, ...county, ...watch]),
  'deadline.remind': rule('提醒到期的事', [], { others: ['console', 'clock'] }),
  'settings.keep': rule('系统设置', ['systemAdmin'], { reach: 'office' }),
} satisfies Record<string, Rule>;

export type Power = keyof typeof table;
export const rules: Readonly<Record<Power, Rule>> = table;
export const powerNames = Object.keys(table) as readonly Power[];

/** Posts that one person may not hold together (等级保护: three separate administrators; supervisors are no committee, 村组法 on village oversight). */
export const incompatible: readonly (readonly [Role, Role])[] = [
  ['systemAdmin', 'securityAdmin'], ['systemAdmin', 'auditor'], ['securityAdmin', 'auditor'],
  ['villageSupervisor', 'villageCommittee'], ['villageSupervisor', 'gridWorker'],
  ['auditor', 'townshipChair'], ['auditor', 'townshipMember'], ['auditor', 'villageCommittee'],
  ['coopOfficer', 'villageCommittee'], ['coopOfficer', 'townshipMember'], ['coopOfficer', 'townshipChair'],
];
