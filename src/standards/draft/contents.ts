import { rows, type Body } from './edit/path.ts';
import { titleAt } from './titles.ts';
import { toMend, type Trouble } from './troubles.ts';

const order = ['head', 'categories', 'indicators', 'grades', 'publication', 'examples', 'legalBases', 'vetoes', 'preconditions', 'types', 'localBases', 'checks', 'text'] as const;
const seldom: readonly string[] = ['vetoes', 'preconditions', 'types', 'localBases', 'checks'];
const what: Readonly<Record<(typeof order)[number], string>> = {
  head: '名称、年度、总分怎么算', categories: '分几块，每块最多几分', indicators: '问什么、怎么给分、凭什么问', grades: '多少分是哪一级', examples: '写几户来核对', legalBases: '引用的法律、法规', vetoes: '有这件事就不评', preconditions: '都达到才评',
  types: '分数线不同的户', localBases: '全县的平均数', checks: '填反了当场提醒', publication: '哪里列谁的名字，凭什么', text: '像写文件一样改全文',
};

/** The contents page of a draft: every part, how much there is of it, and how much of it must be mended; what the draft makes no use of is folded away. */
export function contentsOf(body: Body, troubles: readonly Trouble[], id: string) {
  const parts = order.map(address => partOf(address, body, troubles, id));
  return { contents: parts.filter(part => !part.isUnused), unused: parts.filter(part => part.isUnused) };
}

function partOf(address: (typeof order)[number], body: Body, troubles: readonly Trouble[], id: string) {
  const count = rows(body, [address]).length;
  const wrong = address === 'text' ? 0 : toMend(troubles).filter(trouble => trouble.address === address || trouble.address.startsWith(`${address}.`)).length;
  return { href: `/drafts/${id}/${address}`, title: titleAt(address), what: what[address], count: address === 'head' || address === 'text' ? '' : count === 0 ? '' : `${count} ${address === 'indicators' ? '项' : '条'}`, wrong, isUnused: seldom.includes(address) && count === 0 && wrong === 0 };
}
