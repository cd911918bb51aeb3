import type { Article } from './help.ts';

/** What township, county and bank do, and the keepers of the system. */
export const officeHelp: readonly Article[] = [
  {
    anchor: 'objection', title: '怎么登记和答复异议', roles: ['villageCommittee', 'hallDesk', 'townshipMember', 'townshipChair'],
    intro: '谁都可以提意见：扫公示上的码、到窗口当面说、打电话，可以不留名。7 个工作日内书面答复。',
    steps: ['当面或电话来的，先找到这一户，在他家的页面上登记，照他说的写，给他受理号。', '这一户马上标上“异议核查中”，先不往下走。', '派没有经手这一户的人去核查，看原来的记录和凭据。', '答复写三件事：查了什么、结果怎样、还不同意可以找谁。', '意见成立的，这一户重新核实、重新算分；不成立的维持原来的结果。'],
    note: '提意见是权利，不影响评定。提的人凭受理号随时能查办到哪里。',
  },
  {
    anchor: 'titles', title: '怎么评信用村和信用乡镇', roles: ['villageCommittee', 'townshipMember', 'townshipChair', 'leadingMember', 'leadingChair'],
    intro: '村和镇不另外打分，看信用户占多少、按时还款占多少，系统从下面算上来。',
    steps: ['点“村和镇”，看每一条：上面的数、下面的数、占比、还差多少。', '够条件的，村里申报，镇里审核，县领导小组组长命名；镇里申报，县里审核和命名。', '核算表可以打印附在材料里。'],
    note: '户数太少的村写“样本不足”，不硬算。银行只给全村合计，不给哪一家的明细。',
  },
  {
    anchor: 'roll', title: '怎么发光荣榜、印海报和证书', roles: ['townshipChair', 'leadingChair', 'townshipMember', 'villageCommittee', 'hallDesk'],
    intro: '只有批准了、并且同意公布的户才上榜。',
    steps: ['镇评定委员会主任点“光荣榜”，看清上榜多少户、不写名字的多少户，点“发布”。', '公开的网页、村部大屏马上就有，网址不变。', '海报选 A3 或 A4，每村一份，名字多了自动分张，盖章后贴出。', '信用户证书在“证书”里一张一张或整村打印，上面的码能查真伪。', '本人撤回同意，名字当天从榜上拿下。'],
    note: '榜上没有的户，可能没参加、没同意公布或还在评，都不说明信用不好。',
  },
  {
    anchor: 'round', title: '怎么开一个评定批次', roles: ['townshipChair', 'standardsAdmin'],
    intro: '批次定下地方、年度、用哪份标准、采集到哪天、公示几天。开了以后标准就固定。',
    steps: ['点“批次”里的“开一个批次”，选地方和标准，定好日子。', '在册的户自动列进来；后来登记的夜里自动补进。', '看“各村走到哪了”，点村名能看到每一户在哪一步。', '都办完了，结束批次；当天还能恢复。'],
    note: '不参加、去世、搬走、全家在外的，登记为“未参评”，写明原因，哪里都不算坏。',
  },
  {
    anchor: 'standard', title: '评定标准怎么看、怎么采用', roles: ['standardsAdmin', 'townshipChair', 'villageCommittee', 'gridWorker'],
    intro: '标准是一份文件，写着每一项问什么、怎么给分、凭哪条规定、多少分是什么等级。',
    steps: ['点“评定标准”看现成的几份，每份都有算例。', '导入自己县的，系统先查有没有不许收的内容、分数有没有空档，再照算例算一遍。', '算例都对了，县标准管理员写上文号和从哪天起，点“采用”。', '用到县里平均数的，先在“基数”里登记今年的数。'],
    note: '采用过的标准不能改，只能出新的一版；以前评的还照原来的标准。',
  },
  {
    anchor: 'simulation', title: '怎么试一份标准会怎样', roles: ['standardsAdmin', 'townshipMember', 'townshipChair', 'leadingMember', 'leadingChair'],
    intro: '换一份标准，哪些户的等级会变、因为哪一条、哪些村还是不是信用村，采用以前就看得到。只是试算，不动评定结果。',
    steps: ['在“评定标准”里点“模拟”，选标准、哪一轮、哪个地方，点“算一次，存下来”。', '看等级分布、因为哪一条变、各村前后；管这些户的人还看得到是哪几户。', '想知道改多少合适，点“边拖边看”，选一个数拖动，结果马上重画。', '县标准管理员觉得合适，点“留下这一稿”，就是新的一版，还没有采用。', '采用时把模拟页上的那串字抄进“依据的模拟”。'],
    note: '不到 5 户的组不显示数，免得认出是哪一家。试过的可以放在一起比，也可以删掉。',
  },
  {
    anchor: 'exchange', title: '怎么导入和导出', roles: ['systemAdmin', 'villageCommittee', 'townshipMember', 'townshipChair', 'auditor'],
    intro: '农户、授权、采集内容、银行数据、往年结果都可以用表格进出。CSV、Excel 都行。',
    steps: ['点“导入”，选是哪一种，先下载空表照着填。', '交上文件，系统先逐行检查：哪一行、哪一格、什么不对、怎么改。', '看过检查结果再点“导入”。对不上的行，下载下来改好再交。', '采集内容导错了，可以整个文件撤回，原来的值恢复。', '导出先选地方和种类，每次导出都记在台账里。'],
    note: '导出的表用完就删，不要发到群里。',
  },
  {
    anchor: 'reports', title: '报表在哪里', roles: ['villageCommittee', 'townshipMember', 'townshipChair', 'standardsAdmin', 'leadingMember', 'leadingChair', 'villageSupervisor', 'auditor'],
    intro: '汇总表、走访进度表、缺项表，都能看、能打印（A4 横放）、能下载。',
    steps: ['在待我办下面点“报表”，选哪一张。', '上面选批次和范围，点“看这里的”。', '点“打印”“Excel 表格”或“CSV 表格”。'],
    note: '报表只有户数。村里已评不到 5 户的，给别处的人看时不显示等级。',
  },
  {
    anchor: 'leave', title: '怎么请假、代班和交接', roles: ['villageCommittee', 'townshipChair', 'systemAdmin', 'gridWorker'],
    intro: '有人请假，工作要有人接着做；有人调走，网格和没做完的事一起交出去。',
    steps: ['打开这个人的页面，点“请假”，写哪天到哪天、谁代班。', '这几天代班的人看得到他的网格，做的事记在代班人名下。', '调走的点“交接”，选接手的人，网格和没做完的采集一次交过去。', '最后把岗位免去，账号停用。'],
    note: '网格员自己请假，告诉村里就行。',
  },
  {
    anchor: 'officers', title: '怎么管人员、岗位和口令', roles: ['systemAdmin', 'securityAdmin'],
    intro: '一个人可以有几个岗位，岗位是“做什么”加“在哪里”。系统、安全、审计三个管理员不能是同一个人。',
    steps: ['系统管理员点“人员”登记，给岗位，系统给出第一次登录的口令。', '口令只显示一次，当面交给本人，第一次登录时自己换掉。', '输错五次锁一刻钟；要提前解锁，找安全管理员。', '丢了平板，安全管理员点“让所有设备退出”。'],
    note: '不要几个人用一个账号，谁做的事就记在谁名下。',
  },
  {
    anchor: 'places', title: '区划变了怎么办', roles: ['systemAdmin', 'townshipChair'],
    intro: '新设、改名、划走、合并、撤销都在“区划”里办，以前的名字和去向都留着。',
    steps: ['点“区划”，找到这个地方。', '选要办的事，写上从哪天起和文件依据。', '合并时看清哪些户、哪些人跟着过去，再确认。'],
    note: '重名的村总是和乡镇写在一起。',
  },
  {
    anchor: 'calendar', title: '节假日怎么登记', roles: ['systemAdmin', 'standardsAdmin'],
    intro: '公示期和答复期都按工作日算，节假日和调休要先登记。',
    steps: ['国务院办公厅发了明年的安排，点“节假日”，一天一天登记，或者导入表格。', '看日历上对不对：框起来的是放假，虚线的是调休上班。'],
    note: '没登记的年份，只当星期六、星期日休息，公示的日子可能算错。',
  },
  {
    anchor: 'ledger', title: '台账怎么看、怎么校验', roles: ['auditor', 'townshipChair', 'leadingChair', 'villageSupervisor'],
    intro: '每一件事都有一条台账：谁、什么时候、做了什么。只能增加，一条扣一条，改了就看得出来。',
    steps: ['点“台账”，按人、按日子、按哪一户查。', '审计员点“校验”，从头走一遍，把保存的结果重新算一遍对照。', '发现不对，会写明是哪一条、哪张表。'],
    note: '夜里会自动校验一次。',
  },
  {
    anchor: 'coop', title: '银行怎么查授权农户', roles: ['coopOfficer'],
    intro: '只看得到书面同意给本行的户，只看得到等级、日期和有效期。',
    steps: ['在“授权农户”里找到这一户。', '选用途，再看结果。', '“我的查看记录”里有自己查过的每一次。'],
    note: '每次查看都记下，本人看得到。额度和利率由银行自己定。',
  },
  {
    anchor: 'account', title: '口令、大字和退出', roles: [],
    intro: '点右上角自己的名字，里面有您的岗位和口令。',
    steps: ['换口令：先输旧的，再输两遍新的，至少 10 个字。', '字太小，点右上角“大字”，再点一次还原。', '用完点“退出”；丢了平板或不放心，点“所有设备都退出”。', '半小时不动会自动退出，再登录就能接着用。'],
    note: '忘了口令，找安全管理员重置。',
  },
];
