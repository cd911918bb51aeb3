import type { Article } from './help.ts';

/** What is done before something takes points, and how it comes off again. */
export const fairHelp: readonly Article[] = [
  {
    anchor: 'telling', title: '减分的事怎么核实、告知', roles: ['gridWorker', 'villageCommittee', 'hallDesk', 'townshipMember', 'townshipChair'],
    intro: '减分的事不是记下就算：另一个人核实、告知本人、留五个工作日说明，三步都办完才算分。',
    steps: ['记一件减分的事，要有照片。记下以后先不算分。', '另一位同志在“减分的事”里打开它，看过凭证，写清查了什么，点“核实好了”；不成立的撤掉。谁记的谁不能核实，要回避的也不能。', '打印告知书，一件一张，送到本人手里。本人不收的，写明见证人。', '登记哪一天告知、交给了谁。从那天起五个工作日，本人可以说明、可以提异议。', '本人说的话替他记下，跟着这件事，到哪里都看得到。'],
    note: '告知书上没有证件号，也没有别家的事。减分最长算到标准写的日子，到期自己停。改正了可以记为已改正，也可以申请修复。',
  },
  {
    anchor: 'pledge', title: '怎么登记承诺、核定做到没有', roles: ['gridWorker', 'villageCommittee', 'hallDesk', 'townshipMember', 'townshipChair'],
    intro: '承诺是自愿的：参评、移风易俗、庭院整洁各有一份现成的话，纸上签或在平板上签都行。',
    steps: ['打开这一户的页面，点“信用承诺”，选谁的、哪一种。', '本人愿意公开、也签过列名授权的，勾上“同意公开”；名字隐去中间的字，列在本村公开的网页上。', '到期或者看到情况了，报做到没有，附照片或材料。', '另一位同志看过凭证，核定；不同意的，承诺接着履行。', '本人不想公开了，当场点“撤下”。'],
    note: '没做到的只有管这一户的同志和本人看得到，哪里也不公布，也不因此减分。',
  },
];
