import { articleWords, chaptersOf, chapterWords, citationsIn, itemWords, type ArticleId } from './clauses.ts';
import type { Standard } from './standard.ts';
import { standardWords, subjectWords } from './words.ts';

/** An article as it stands on paper. `key` is what the rule is called in the system: paper and rule find each other by it. */
export interface PaperArticle {
  readonly no: string;
  readonly anchor: string;
  readonly key: string;
  readonly title: string;
  readonly says: readonly string[];
  readonly items: readonly { readonly no: string; readonly anchor: string; readonly text: string }[];
  readonly after: readonly string[];
}
export interface PaperChapter { readonly no: string; readonly title: string; readonly limits: string; readonly articles: readonly PaperArticle[] }

/** Where and since when a standard holds; nothing where no county has adopted it. */
export interface InForce { readonly county: string; readonly day: string; readonly filingNo: string; readonly until: string }

/** The standard as an official document: chapters and articles in the order and with the numbers of `chaptersOf`. */
export function paperOf(standard: Standard, inForce: InForce | undefined): readonly PaperChapter[] {
  const words = standardWords(standard);
  const { anchor } = citationsIn(standard);
  const limits = new Map(standard.categories.map((category, at) => [category.key, words.scored[at]?.limits ?? '']));
  const about = contents(standard, inForce);
  return chaptersOf(standard).map(chapter => ({
    no: chapterWords(chapter.no), title: chapter.title, limits: limits.get(chapter.category ?? '') ?? '',
    articles: chapter.articles.map(({ id, no }) => ({ no: articleWords(no), anchor: anchor(id), ...about(id) })),
  }));
}

type Content = Omit<PaperArticle, 'no' | 'anchor'>;
const plain = (title: string, ...says: readonly string[]): Content => ({ key: '', title, says: says.filter(each => each !== ''), items: [], after: [] });
const sentence = (...parts: readonly string[]): string => { const told = parts.filter(part => part !== ''); return told.length === 0 ? '' : `${told.join('，').replace(/。$/, '')}。`; };

function contents(standard: Standard, inForce: InForce | undefined): (id: ArticleId) => Content {
  const words = standardWords(standard);
  const { anchor } = citationsIn(standard);
  const indicators = new Map([...words.scored.flatMap(block => block.items), ...words.rest].map(each => [each.key, each]));
  const listed = (id: ArticleId, texts: readonly string[]): Content['items'] => texts.map((text, at) => ({ no: itemWords(at + 1), anchor: anchor(id, at + 1), text: `${text}${at === texts.length - 1 ? '。' : '；'}` }));
  return id => {
    const [part, key] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
    switch (part) {
      case 'indicator': {
        const one = indicators.get(key);
        if (one === undefined) return plain('');
        const ways = one.rules.filter(rule => rule.no !== '');
        return {
          key, title: one.title,
          says: [sentence(`看什么：${one.purpose}`, one.most), sentence(`${one.source}填`, ...one.notes, one.keeps), ...one.rules.filter(rule => rule.no === '').map(rule => sentence(rule.text))].filter(each => each !== ''),
          items: ways.map(({ no, anchor: place, text }, at) => ({ no, anchor: place, text: `${text}${at === ways.length - 1 ? '。' : '；'}` })),
          after: [one.missing === '' ? '' : sentence(`没有答案的，${one.missing}`), sentence(`依据${one.basis}`)].filter(each => each !== ''),
        };
      }
      case 'veto': {
        const one = words.vetoes[standard.vetoes.findIndex(each => each.key === key)];
        return one === undefined ? plain('') : { ...plain(one.title, sentence(one.when), sentence(one.words), sentence(`依据${one.basis}`, one.life)), key };
      }
      case 'precondition': {
        const one = words.preconditions[standard.preconditions.findIndex(each => each.key === key)];
        return one === undefined ? plain('') : { ...plain(one.title, sentence(one.words), sentence(one.when), one.basis === '' ? '' : sentence(`依据${one.basis}`)), key };
      }
      case 'type': {
        const one = words.types[(standard.types ?? []).findIndex(each => each.key === key)];
        return one === undefined ? plain('') : { ...plain(one.title, sentence(one.when, one.weight), sentence(one.bounds)), key };
      }
      default: return ofTheWhole(standard, key, { words, inForce, listed });
    }
  };
}

function ofTheWhole(standard: Standard, key: string, { words, inForce, listed }: { readonly words: ReturnType<typeof standardWords>; readonly inForce: InForce | undefined; readonly listed: (id: ArticleId, texts: readonly string[]) => Content['items'] }): Content {
  switch (key) {
    case 'scope': return plain('用在哪里', sentence(`本标准用于${standard.place.name}（区划代码 ${standard.place.code}）${subjectWords[standard.subject]}的信用评定`, `为 ${standard.year} 年第 ${standard.version} 版`), ...words.checks.map(each => `填的内容要对得上：${sentence(each)}`));
    case 'total': return plain('总分', sentence(`总分${words.total}`), sentence(`分数算到小数点后两位，除不尽的${standard.rounding === 'half-up' ? '四舍五入' : '舍去'}`));
    case 'localBases': return { ...plain('县基数', '本标准用到的县平均数：'), items: listed('whole:localBases', words.localBases.map(base => `${base.title} ${base.value}`)) };
    case 'grades': return {
      ...plain('等级', words.isScored ? '按总分定等级：' : '按条件定等级：'), after: [`哪一等都到不了的，写“${words.ungraded}”。`],
      items: listed('whole:grades', words.grades.map(grade => [`${grade.name}：${grade.bounds}`, ...grade.requires, ...grade.credit === '' ? [] : [`为${grade.credit}`], ...grade.coefficient === '' ? [] : [grade.coefficient]].join('，'))),
    };
    case 'publication': return { ...plain('公布谁', '没有单独同意公布的，哪里都不列名，结果另行书面告知：'), items: listed('whole:publication', words.publication.map(each => `${each.title}：${each.words}，${each.until}，依据${each.basis}`)) };
    case 'adjustment': return plain('人工调整', sentence(words.adjustment));
    default: return inForce === undefined ? plain('施行', '本标准还没有采用，不作评定的依据。')
      : plain('施行', sentence(`本标准由${inForce.county}采用`, `自 ${inForce.day} 起施行`, inForce.filingNo === '' ? '' : `备案文号 ${inForce.filingNo}`), inForce.until === '' ? '' : sentence(`自 ${inForce.until} 起停用`), '采用以后内容不再改动；修订的另编版次。');
  }
}
