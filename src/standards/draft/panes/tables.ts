import { legalLevels } from '../../standard.ts';
import { choicesOf, indicatorsOf } from '../around.ts';
import { bounds } from '../cells-bounds.ts';
import { conditionPart, missingCells } from '../cells-condition.ts';
import { day, either, number, pick, text } from '../cells.ts';
import { held, rows, type Body, type Path } from '../edit/path.ts';
import type { Pane } from '../pane.ts';

/** Pages that are one table each. */

export const categories: Pane = {
  address: 'categories', depth: 0, members: ['categories'], title: () => '类别',
  parts: () => [{
    kind: 'table', title: '类别', path: ['categories'], hint: '每一类里各项加起来，超过封顶的不算，不到保底的补足。只算其中一项的，选算哪一项。', columns: ['类别', '最多几分', '最少几分', '只算一项'], key: { member: 'key', from: 'title' },
    row: at => [text([...at, 'title'], '类别', { most: 40 }), number([...at, 'cap'], '最多几分', { optional: true }), number([...at, 'floor'], '最少几分', { optional: true }), pick([...at, 'pick'], '只算一项', [{ key: 'best', label: '得分最高的' }, { key: 'heaviest', label: '减得最重的' }], { optional: true })],
  }],
};

export const grades: Pane = {
  address: 'grades', depth: 0, members: ['grades'], title: () => '等级',
  parts: body => [{
    kind: 'table', title: '分几级', path: ['grades'], isJoined: true, hint: '从好到差写。后一级的终点接上前一级的起点，一边含，一边不含；改一头，相接的那头跟着改。', columns: ['代号', '叫什么', '总分从几到几', `是信用${held(body, ['subject']) === 'village' ? '村' : held(body, ['subject']) === 'township' ? '乡镇' : '户'}吗`, '授信系数'],
    row: at => [text([...at, 'code'], '代号', { most: 20 }), text([...at, 'label'], '叫什么', { most: 20 }), bounds(at), either([...at, 'credit'], '是不是信用户', ['是', '不是']), number([...at, 'coefficient'], '授信系数', { optional: true, places: 4 })],
    more: at => `grades.${at}`,
  }],
};

const requirementAnswers = [{ key: 'holds', label: '算达到' }, { key: 'fails', label: '算没达到' }, { key: 'ask', label: '要补问' }] as const;

/** What a grade asks for besides its points. */
export const grade: Pane = {
  address: 'grades.#', depth: 2, members: ['requires'], title: (body, path) => `等级 ${String(held(body, [...path, 'label']) ?? '')}还要满足`,
  parts: (body, path) => {
    return rowsAndOne(body, [...path, 'requires']).flatMap((at, n) => [
      conditionPart(body, [...at, 'holds'], `第 ${n + 1} 个条件`),
      { kind: 'fields' as const, list: [...path, 'requires'], title: `第 ${n + 1} 个条件怎么说`, cells: [text([...at, 'words'], '写给人看的话', { optional: true }), ...missingCells([...at, 'missing'], requirementAnswers)] },
    ]);
  },
};

/** Every row of a list, and one to write a further row into. */
const rowsAndOne = (body: Body, path: Path): readonly Path[] => Array.from({ length: rows(body, path).length + 1 }, (_, n) => [...path, n]);

export const legalBasis: Pane = {
  address: 'legalBases.#', depth: 2, members: ['id', 'law', 'article', 'level', 'validFrom', 'validTo', 'note'], title: (body, path) => `依据《${String(held(body, [...path, 'law']) ?? '')}》`,
  parts: (_body, path) => [{
    kind: 'fields', title: '这一条', hint: '登记里有的，照登记写；编号相同、说的不是一条，不能采用。', cells: [
      text([...path, 'law'], '法律、法规或文件', { most: 120, hint: '写全名，不加书名号' }), text([...path, 'article'], '哪一条', { most: 120 }), pick([...path, 'level'], '级别', choicesOf(legalLevels)), text([...path, 'id'], '编号', { most: 40, hint: '英文字母开头，各项引用的就是它' }),
      day([...path, 'validFrom'], '从哪天起'), day([...path, 'validTo'], '到哪天止', { optional: true }), text([...path, 'note'], '说的是什么', { optional: true, most: 120 }),
    ],
  }],
};

const baseTypes = [{ key: 'money', label: '金额' }, { key: 'whole', label: '整数' }, { key: 'percent', label: '百分数' }] as const;

export const localBases: Pane = {
  address: 'localBases', depth: 0, members: ['localBases'], title: () => '县基数',
  parts: () => [{
    kind: 'table', title: '县基数', path: ['localBases'], hint: '全县的平均数，拿来和一户比。没有就空着。', columns: ['叫什么', '多少', '单位', '是什么数'], key: { member: 'key', from: 'title' },
    row: at => [text([...at, 'title'], '叫什么', { most: 40 }), number([...at, 'value'], '多少'), text([...at, 'unit'], '单位', { most: 10 }), pick([...at, 'type'], '是什么数', baseTypes)],
  }],
};

export const checks: Pane = {
  address: 'checks', depth: 0, members: ['checks'], title: () => '核对',
  parts: body => {
    const numbers = indicatorsOf(body, ['whole', 'money', 'year']);
    return [{
      kind: 'table', title: '不可能的事', path: ['checks'], hint: '前一项不会比后一项大，比如劳力不会多于人口。填反了，采集时当场提醒。', columns: ['这一项', '不超过这一项', '填反了怎么提醒'], key: { member: 'key', from: 'say' },
      row: at => [pick([...at, 'left'], '这一项', numbers), pick([...at, 'atMost'], '不超过这一项', numbers), text([...at, 'say'], '填反了怎么提醒')],
    }];
  },
};
