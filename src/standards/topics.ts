/** A topic that must not be collected or scored, however it is worded. */
export interface Topic {
  readonly key: string;
  readonly title: string;
  /** Found in text from which spaces and punctuation were taken. */
  readonly words: RegExp;
  /** Wording that makes it another matter. */
  readonly unless?: RegExp;
  readonly why: string;
  readonly rule: string;
}

const noCredit = '中办国办《关于健全社会信用体系的意见》（2025 年）：与信用无关的、私人的信息不得用于信用评价';
const never = '《征信业管理条例》第十四条第一款：禁止采集宗教信仰、基因、指纹、血型、疾病和病史';
const lists = '国办发〔2020〕49 号：认定失信、惩戒必须有法律、法规或者中央文件依据，不得自行增加';
const incentive = '国家发展改革委 2019 年 7 月 18 日发布会：个人信用分可以用来激励，不得用来限制基本公共服务和法定权利';

/** Wide on purpose: a find is explained, and a county administrator with a written basis may still decide otherwise. */
export const topics: readonly Topic[] = [
  { key: 'health', title: '健康和疾病', words: /疾病|患病|病史|病情|重病|大病|慢性病|传染病|精神病|艾滋|乙肝|健康状况|身体状况|体检|血型|基因|吸毒史|孕/, why: '身体好坏和守不守信没有关系，采集还要冒泄露隐私的风险', rule: never },
  { key: 'disability', title: '残疾', words: /残疾|残障|智障|失能|聋哑|盲人/, why: '不能因为残疾加减分或者不给参评', rule: '《残疾人保障法》第三条：禁止基于残疾的歧视' },
  { key: 'religion', title: '宗教和迷信', words: /宗教|信教|教徒|信仰|教堂|寺庙|礼拜|迷信|烧纸|祭祀用品|算命/, why: '信仰是个人的事，不得采集', rule: never },
  { key: 'ethnicity', title: '民族', words: /民族成分|少数民族|汉族|回族|族别|种族/, why: '不能按民族区别对待', rule: '《宪法》第四条：各民族一律平等' },
  { key: 'petition', title: '信访和投诉', words: /信访|上访|缠访|闹访|越级反映|投诉|举报他人|12345|市长热线|告状|非访/, why: '反映问题、投诉是法定权利，不能因此减分', rule: '《信访工作条例》：不得打击报复信访人；国办发〔2020〕49 号' },
  { key: 'speech', title: '网上和平时说的话', words: /网络言论|网上言论|发帖|微信群|朋友圈|抖音|造谣|传谣|负面言论|不当言论|转发/, why: '言论由法律管，不由评定管', rule: noCredit },
  { key: 'familyPlanning', title: '生育', words: /计划生育|计生|超生|生育|二孩|三孩|二胎|三胎|避孕|流产/, why: '生育是家里的私事', rule: noCredit },
  { key: 'marriage', title: '婚姻', words: /婚姻|离婚|结婚|再婚|未婚|同居|婚外|彩礼|分居/, why: '婚姻是家里的私事', rule: noCredit },
  { key: 'politics', title: '政治面貌和看法', words: /政治面貌|政治立场|政治态度|政治表现|思想表现|拥护/, why: '和经济上守不守信无关', rule: noCredit },
  { key: 'party', title: '党员义务', words: /党员|党费|组织生活|三会一课|党龄|入党/, why: '党内的事由党内规矩管，不能混进信用里', rule: noCredit },
  { key: 'relatives', title: '亲属的行为', words: /亲属(有|被|受|违|犯)|家属(有|被|受|违|犯)|子女(违法|犯罪|失信|被)|父母(违法|犯罪|失信|被)|株连|直系亲属|三代以内|家人(违法|犯罪|失信|被)/, why: '各人的事各人负责，不能算到家里别人头上', rule: lists },
  { key: 'poverty', title: '困难身份', words: /低保户|低保对象|五保|特困|贫困户|建档立卡|脱贫户|监测户|困难户|吃救济/, why: '生活困难不是不守信', rule: noCredit },
  { key: 'age', title: '年龄限制', words: /年龄|超龄|(不超过|小于|大于|低于|高于|未满|超过)[0-9一二三四五六七八九十]+(周)?岁|岁以(上|下)(不|扣|减)/, why: '不能拿年龄大小加减分或者不给参评；没有满十八岁的本来就不评', rule: noCredit },
  { key: 'dispute', title: '没有判决的私人纠纷', words: /(邻里|家庭|民间|私人|债务|借贷|经济|宅基地|土地)(借贷)?(纠纷|矛盾|争议)|私人欠款|欠私人|吵架/, unless: /生效判决|生效裁判|调解(成功|达成)|帮(助)?调解|参与调解/, why: '谁对谁错还没有定，不能先记一笔', rule: lists },
  { key: 'utilities', title: '水电等欠费', words: /(水|电|燃气|煤气|物业|取暖|供暖|有线电视|电话|网络?|宽带|话)费|水电/, why: '公用事业欠费没有法律依据不得记作失信', rule: lists },
  { key: 'biometrics', title: '指纹、人脸等', words: /指纹|人脸|虹膜|掌纹|声纹|步态|面部识别|DNA/i, why: '生物识别信息不得为评定采集', rule: never },
  { key: 'landTaking', title: '征地和拆迁', words: /征地|拆迁|征收(补偿|拆)|腾退|不签(约|协议)|钉子户|拆违|拒签/, why: '同不同意补偿方案是法定权利', rule: lists },
  { key: 'obedience', title: '配不配合工作', words: /拒不配合|不配合|不服从|不听从|顶撞|不支持.{0,4}工作/, why: '“不配合”说不清是什么事，容易变成人情分', rule: lists },
  { key: 'publicService', title: '和基本公共服务挂钩', words: /低保|医保|医疗保险待遇|养老金|入学|上学|升学|就学|补贴|补助|救助|抚恤|户口迁移|办证|开证明/, why: '不能拿评定结果决定能不能享受基本公共服务', rule: incentive },
];

const services = '低保|五保|特困供养|医保|养老金|入学|上学|升学|就学|参军|补贴|补助|救助|抚恤|落户|公租房|保障房|公共服务|供水|供电';
const denials = '取消|停发|停止|停办|暂停|中止|限制|不予|不许|不让|不准|不得享受|不能享受|(不能|不得|不给|不可以|别想)(办|领|申请|评|拿|上|参加)|不给|没有?资格|扣发|扣减|少发|缓发|剥夺|挂钩';
const tie = new RegExp(`(${denials}).{0,8}(${services})|(${services}).{0,8}(${denials})`);
const disclaimed = /不(会|得|再)?(取消|停发|停止|限制|影响)|不(得)?(与|和|跟|同).{0,12}挂钩/;

/**
 * Words that tie a result to a basic public service or a right. Unlike a topic, no written basis lets them stand.
 * NDRC, 18 July 2019: a personal score may reward, it may not limit basic public services or legal rights.
 */
export function tiesService(text: string): boolean {
  const bare = bareText(text);
  return tie.test(bare) && !disclaimed.test(bare);
}
export const noTies = incentive;

/** The text as topics read it: one width, no spaces or marks, so that 「低 保」 is found too. */
export const bareText = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}\p{S}\u200b-\u200d\ufeff]/gu, '');

export const topicsIn = (text: string): readonly Topic[] => {
  const bare = bareText(text);
  return topics.filter(topic => topic.words.test(bare) && topic.unless?.test(bare) !== true);
};
