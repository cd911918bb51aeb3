import { bareText } from './bare-text.ts';

/** NDRC, 18 July 2019: a personal score may reward, it may not limit basic public services or legal rights. */
export const noTies = '国家发展改革委 2019 年 7 月 18 日发布会：个人信用分可以用来激励，不得用来限制基本公共服务和法定权利';

const services = '低保|五保|特困供养|医保|合作医疗|新农合|看病报销|养老金|农保|社保待遇|入学|入园|上学|升学|就学|公办学校|学位|参军|入伍|公务员|军校|候选人|选举权|补贴|补助|直补|救助|抚恤|惠农|落户|办理?户口|户口迁移|公租房|保障房|危房改造|宅基地(审批|申请)|(审批|申请|办理)宅基地|分红|集体收益|公共服务|供水|供电|供气|法律援助|开具?证明';
/** Where one may go is nobody's to limit for a score. */
const travel = '(限制|不准|不许|不让|禁止).{0,4}(出行|乘?坐(高铁|动车|飞机|火车)|乘(高铁|动车|飞机|火车)|出境|出国)';
/** What is not given may be points or a grade, which is no tie. */
const grading = '(本次|当年)?(加分|记分|计分|得分|评分|减分|分|评定|参评|评级|评星|评选|信用|称号|等级|授牌|认定|登记)';
const denials = `(取消|不予|不给|限制)(?!${grading})|停发|停止|停办|停(?=低保|五保|医保|补贴|补助|养老|救助)|暂停|中止|终止|不许|不让|不准|(不得|不能|不再|不)(享受|纳入|列入|发放|分配|受理)|(不能|不得|不给|不可以|不准|不许|别想)(办|领|申请|申领|评|拿|上|参加|报考|当|进)|(不得|不能|不可以)(?=参军|入伍|落户|入学|就学|升学)|不发|不办|暂不|暂缓|缓办|缓发|延后|推迟|往后排|靠后|拒绝(办|受理|发|给|提供)|没有?资格|扣发|扣减|少发|少给|减半|减发|减少|降低|削减|剥夺|排除|挂钩`;
const tie = new RegExp(`(${denials}).{0,8}(${services})|(${services}).{0,8}(${denials})|(对其|对他|予以|给予|一律|进行)停(水|电|气)|停(水|电|气).{0,1}停(水|电|气)|${travel}`);

/** What says the contrary is taken out before the rest is looked at: a sentence that forbids one tie does not cover another beside it. */
const disclaimers = /(不|不会|不得|不能|不准|不许|不再|不因此)((以|因|凭|拿|用)[^不]{0,8})?(取消|停发|停止|暂停|限制|影响|剥夺|减少|降低)|不(得|能|会)?(与|和|跟|同|把)[^不]{0,12}挂钩/g;

/** Words that tie a result to a basic public service or a right. Unlike a topic, no written basis lets them stand. Sentences are looked at one by one. */
export const tiesService = (text: string): boolean =>
  text.split(/[。；;！!？?\n]/).some(sentence => tie.test(bareText(sentence).replace(disclaimers, '')));
