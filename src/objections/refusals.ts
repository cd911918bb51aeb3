import { catalogue } from '../kit/refusal.ts';

export const objections = catalogue({
  'objection-not-now': { status: 409, say: () => '这里现在没有公布的结果，正在评或者正在重新核实。等新结果公示以后再提，或者到村部窗口说。' },
  'objection-no-appeal': { status: 409, say: () => '这条答复不能再往上提：还没有答复，或者已经往上提过了，或者您说的已经按您的意思办了。' },
  'objection-highest': { status: 409, say: () => '县里已经答复，这套系统里没有再往上的一级。您可以向市里的主管部门反映。' },
  'objection-repeated': { status: 409, say: () => '这份意见刚才已经收到了，不用再提交一次。' },
  'objection-answered': { status: 409, say: () => '这条异议已经答复过了，请刷新后再看。' },
  'objection-unchecked': { status: 422, say: () => '先核查，再答复：写上提出以后哪一天核查的、看了哪里、查到什么。' },
  'objection-busy': { status: 429, say: () => '这个网络一小时里提得太多了。请过一会儿再提，也可以到村部窗口当面说、打电话说。' },
  'objection-unseen': { status: 422, say: () => '提交得太快，没有看清。您填的都还在，请看一遍再按一次“提交意见”。' },
  'objection-filled': { status: 422, say: () => '有一格是空着给机器看的，却填了字。请把它清空再提交；您填的意见还在。' },
  'round-ended': { status: 409, say: () => '这个批次已经结束，现在不能重新评。请先把批次重新打开，再来答复“异议成立”；您写的还在。' },
  'receipt-unknown': { status: 404, say: () => '没有这个受理号，请对着受理单再看一遍：十位字母和数字，没有 0、1、I、L、O、U。' },
});
