import type { Article } from './help.ts';

/** What is done before something takes points, and how it comes off again. */
export const fairHelp: readonly Article[] = [
  {
    anchor: 'telling', title: '减分的事怎么核实、告知', roles: ['gridWorker', 'villageCommittee', 'hallDesk', 'townshipMember', 'townshipChair'],
    intro: '减分的事不是记下就算：另一个人核实、告知本人、留五个工作日说明，三步都办完才算分。',
    steps: ['记一件减分的事，要有照片。记下以后先不算分。', '另一位同志在“减分的事”里打开它，看过凭证，写清查了什么，点“核实好了”；不成立的撤掉。谁记的谁不能核实，要回避的也不能。', '打印告知书，一件一张，送到本人手里。本人不收的，写明见证人。', '登记哪一天告知、交给了谁。从那天起五个工作日，本人可以说明、可以提异议。', '本人说的话替他记下，跟着这件事，到哪里都看得到。'],
    note: '告知书上没有证件号，也没有别家的事。减分最长算到标准写的日子，到期自己停。改正了可以记为已改正，也可以申请修复。',
  },
];
