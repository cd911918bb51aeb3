import { bareText } from './bare-text.ts';
import { isSpelled } from './spelled.ts';
import { noTies } from './ties.ts';

/** A topic that must not be collected or scored, however it is worded. */
export interface Topic {
  readonly key: string;
  readonly title: string;
  /** Found in the bare text, in today's characters or older ones, and in letters too. */
  readonly words: readonly string[];
  /** What a plain word would find too much or too little of; in characters alone. */
  readonly pattern?: RegExp;
  /** Wording that makes it another matter: taken out of the text before it is searched. */
  readonly unless?: RegExp;
  readonly why: string;
  readonly rule: string;
}

const noCredit = '中办国办《关于健全社会信用体系的意见》（2025 年）：与信用无关的、私人的信息不得用于信用评价';
const never = '《征信业管理条例》第十四条第一款：禁止采集宗教信仰、基因、指纹、血型、疾病和病史';
const lists = '国办发〔2020〕49 号：认定失信、惩戒必须有法律、法规或者中央文件依据，不得自行增加';
const shown = '《个人信息保护法》第二十五条、《民法典》第一千零二十四条：公开个人信息要本人单独同意，名誉不受侵害';
const words = (list: string): readonly string[] => list.split(' ');
/** A good deed for somebody else tells nothing about the household itself. */
const forOthers = /(?<!需要|接受|得到|要人|受)(看望|慰问|照顾|照料|帮助|帮扶|关爱|护理|接济|陪护|敬重)[^家自本]{0,6}(邻居|邻里|乡亲|群众|别人|他人|老人|困难户|困难家庭)/g;

/** Wide on purpose: a find is explained, and a county administrator with a written basis may still decide otherwise. */
export const topics: readonly Topic[] = [
  { key: 'health', title: '健康和疾病', words: words('疾病 疾患 患病 生病 有病 病人 病史 病历 就诊 病情 病残 重病 大病 慢性病 传染病 精神病 心脏病 糖尿病 高血压 尿毒症 抑郁 肝炎 肿瘤 艾滋 乙肝 健康状况 身体状况 身体健康 身体好坏 身子骨 体弱 多病 住院 卧床 吃药 服药 体检 血型 基因 吸毒史 戒毒 怀孕'), pattern: /癌|孕|hiv|精神(异常|状况)/, unless: forOthers, why: '身体好坏和守不守信没有关系，采集还要冒泄露隐私的风险', rule: never },
  { key: 'disability', title: '残疾', words: words('残疾 残障 伤残 智障 聋哑 聋人 盲人 瘫痪 轮椅 肢体不便 行动不便 视力障碍 听力障碍 智力障碍 精神障碍'), pattern: /(?<!丧)失能(?!力)/, unless: forOthers, why: '不能因为残疾加减分或者不给参评', rule: '《残疾人保障法》第三条：禁止基于残疾的歧视' },
  { key: 'religion', title: '宗教和迷信', words: words('宗教 教徒 信仰 教堂 寺庙 礼拜 迷信 烧纸 烧香 祭祀用品 算命 信佛 佛教 基督 天主教 伊斯兰 耶稣 拜神 拜佛'), pattern: /信教(?!育|学|师|材)|(?<!街)道教(?!育|学|师|室)|清真(?!实|相|正)|(?<![诚守失])信主(?![体题要动])/, why: '信仰是个人的事，不得采集', rule: never },
  { key: 'ethnicity', title: '民族', words: words('民族成分 民族类别 少数民族 什么民族 族别 族裔 种族 维吾尔'), pattern: /^民族$|(汉|回|满|蒙古|藏|壮|苗|彝|土家|朝鲜|侗|瑶|白|傣|畲)族/, why: '不能按民族区别对待', rule: '《宪法》第四条：各民族一律平等' },
  { key: 'petition', title: '信访和投诉', words: words('信访 越级反映 进京反映 赴省反映 向上级反映 反映问题 投诉 举报他人 举报干部 举报村干部 市长热线 政府热线 诉求 告状 缠闹'), pattern: /12345|一二三四五热线|(上|缠|闹|非|越级|集体|进京|赴省|赴京|个)访(?![问谈客])/, why: '反映问题、投诉是法定权利，不能因此减分', rule: '《信访工作条例》：不得打击报复信访人；国办发〔2020〕49 号' },
  { key: 'speech', title: '网上和平时说的话', words: words('言论 网上评论 网上乱说 发帖 发视频 微信群 朋友圈 抖音 快手 微博 自媒体 造谣 传谣 谣言 发牢骚 转发'), why: '言论由法律管，不由评定管', rule: noCredit },
  { key: 'familyPlanning', title: '生育', words: words('计划生育 超生 生育 生孩子 几个孩子 孩子数量 头胎 二孩 三孩 二胎 三胎 避孕 流产 结扎'), pattern: /(?<![设会累合统])计生(?![产成活长态效意物])/, why: '生育是家里的私事', rule: noCredit },
  { key: 'marriage', title: '婚姻', words: words('婚姻 离婚 结婚 再婚 未婚 已婚 丧偶 单身 光棍 同居 婚外 婚史 彩礼 分居'), why: '婚姻是家里的私事', rule: noCredit },
  { key: 'politics', title: '政治面貌和看法', words: words('政治 思想表现 思想觉悟 思想落后 拥护 听党话 跟党走 政府的态度'), why: '和经济上守不守信无关', rule: noCredit },
  { key: 'party', title: '党员义务', words: words('党员 党费 党籍 组织生活 三会一课 党龄 入党 共青团员'), why: '党内的事由党内规矩管，不能混进信用里', rule: noCredit },
  { key: 'relatives', title: '亲属的行为', words: words('株连 直系亲属 三代以内'), pattern: /(亲属|家属)(有|被|受|违|犯)|(亲属|亲戚|家属|子女|儿子|女儿|父母|父亲|母亲|丈夫|妻子|老婆|配偶|兄弟|姐妹|家人|家里人|家里有人|家中有人|家庭成员|同户)[^本]{0,6}(违法|犯罪|犯法|失信|老赖|坐牢|坐过牢|判刑|服刑|拘留|被处罚|赌博|吸毒)/, why: '各人的事各人负责，不能算到家里别人头上', rule: lists },
  { key: 'poverty', title: '困难身份', words: words('低保户 低保对象 低保家庭 吃低保 五保 特困 贫困户 贫困家庭 建档立卡 脱贫 监测户 困难户 困难家庭 边缘户 易致贫 低收入 吃救济'), unless: forOthers, why: '生活困难不是不守信', rule: noCredit },
  { key: 'age', title: '年龄限制', words: words('年龄 超龄 岁数 年纪'), pattern: /(不超过|小于|大于|低于|高于|未满|超过)[0-9一二三四五六七八九十]+(周)?岁|岁(及)?以(上|下)(不|扣|减)|(?<!十八|18|十四|14|十六|16|周)周?岁(及)?以(上|下)/, unless: forOthers, why: '不能拿年龄大小加减分或者不给参评；没有满十八岁的本来就不评', rule: noCredit },
  { key: 'dispute', title: '没有判决的私人纠纷', words: words('私人欠款 欠私人 吵架 吵嘴 家庭不和 婆媳'), pattern: /(邻里|邻居|家庭|民间|私人|债务|借贷|经济|宅基地|土地)(借贷)?的?(纠纷|矛盾|争议)|(欠|拖欠)(邻居|别人|个人|人家)的?钱/, unless: /[^没无未]{0,12}(?<![没无未])有?(生效判决|生效裁判|调解成功|调解达成)[^没无未]{0,12}|(帮助?|参与|主动|义务)?调解(邻里|邻居|家庭|民间)?(之间)?的?(纠纷|矛盾|争议)/g, why: '谁对谁错还没有定，不能先记一笔', rule: lists },
  { key: 'utilities', title: '水电等欠费', words: words('水电费 欠费 水费 电费 燃气费 煤气费 物业费 取暖费 供暖费 有线电视费 电话费 手机费 话费 网费 网络费 宽带费 垃圾费 垃圾处理费'), pattern: /水电(?!工|站|安装|维修)|停机(?!坪)|卫生费(?!用)/, why: '公用事业欠费没有法律依据不得记作失信', rule: lists },
  { key: 'biometrics', title: '指纹、人脸等', words: words('指纹 人脸 刷脸 脸部 面部识别 虹膜 掌纹 声纹 声音样本 步态'), pattern: /dna/, why: '生物识别信息不得为评定采集', rule: never },
  { key: 'landTaking', title: '征地和拆迁', words: words('征地 拆迁 强拆 腾退 钉子户 拆违 拒签 土地征收 不签协议 不签约'), pattern: /征收(补偿|拆|不签)|搬迁不|不签(约|协议)/, why: '同不同意补偿方案是法定权利', rule: lists },
  { key: 'obedience', title: '配不配合工作', words: words('不配合 不服从 不听从 不听话 顶撞 抵触 刁难 态度差'), pattern: /不支持.{0,4}工作/, why: '“不配合”说不清是什么事，容易变成人情分', rule: lists },
  { key: 'shaming', title: '黑榜和曝光', words: words('黑榜 黑名单 失信榜 反面典型 曝光 示众 点名批评 公开批评 通报批评'), unless: /不(设|搞|贴|发|列|上|进)[^不]{0,4}(黑榜|黑名单)/g, why: '评定只褒扬，不把谁贴出来羞辱；公布处罚另有法律规定的机关去做', rule: shown },
  { key: 'publicService', title: '和基本公共服务挂钩', words: words('低保 医保 医疗保险待遇 养老保险待遇 合作医疗 新农合 养老金 入学 上学 升学 就学 补贴 补助 直补 救助 抚恤 户口迁移 办户口 办理户口 办证 开证明 公租房 危房改造 宅基地审批'), why: '不能拿评定结果决定能不能享受基本公共服务', rule: noTies },
];

/** Texts of standards are few and come again with every page of a draft and every household. */
const known = new Map<string, readonly Topic[]>();
const mostKnown = 20_000;

export function topicsIn(text: string): readonly Topic[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const found = topicsOf(bareText(text));
  known.set(text, found);
  return found;
}

const topicsOf = (bare: string): readonly Topic[] => topics.filter(({ words: all, pattern, unless }) => {
  const rest = unless === undefined ? bare : bare.replace(unless, '');
  return all.some(word => rest.includes(word)) || pattern?.test(rest) === true || isSpelled(rest, all);
});
