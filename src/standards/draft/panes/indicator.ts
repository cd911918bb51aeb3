import { powers, sensitivities, sources, valueTypes } from '../../standard.ts';
import { categoriesOf, choicesOf, lawOf, typeOf } from '../around.ts';
import { consequence, number, pick, text, ticks, yes } from '../cells.ts';
import { held, isObject, put, type Body, type Path } from '../edit/path.ts';
import type { Pane, Part } from '../pane.ts';
import { stateChoices } from '../around.ts';
import { kindsFor, ruleForms } from '../rule-forms.ts';
import { isRuleKind } from '../../kinds.ts';
import { optionsTable } from './options-table.ts';

/** The four pages of one indicator: what is asked, how it gives points, why it may be asked, how it is worked out. */

const own = (body: Body, path: Path): Body => { const there = held(body, path); return isObject(there) ? there : {}; };
const titled = (body: Body, path: Path, words: string): string => `${String(own(body, path)['title'] ?? '没有名称')}：${words}`;
const asked = ['whole', 'money', 'percent', 'year'];

export const ask: Pane = {
  address: 'indicators.#', depth: 2, title: (body, path) => titled(body, path, '问什么'),
  members: ['key', 'title', 'category', 'type', 'unit', 'least', 'most', 'block', 'source', 'hint', 'optional', 'evidence', 'withoutDontKnow', 'options'],
  parts: (body, path) => {
    const { type } = own(body, path);
    const isNumber = asked.includes(String(type));
    return [
      {
        kind: 'fields', title: '问什么', cells: [
          text([...path, 'title'], '叫什么', { most: 40 }), pick([...path, 'type'], '填什么', choicesOf(valueTypes)), pick([...path, 'category'], '算在哪一类里', categoriesOf(body), { optional: true, hint: '只问不打分的，不选' }),
          pick([...path, 'source'], '谁来填', choicesOf(sources)), text([...path, 'block'], '放在表上哪一块', { optional: true, most: 20 }), text([...path, 'hint'], '怎么问、怎么填', { optional: true, lines: true }),
          ...isNumber || type === 'derived' ? [text([...path, 'unit'], '单位', { optional: true, most: 10 })] : [], ...isNumber ? [number([...path, 'least'], '最小', { optional: true }), number([...path, 'most'], '最大', { optional: true })] : [],
        ],
      },
      ...type === 'choice' ? [optionsTable(path, path.join('.'))] : [],
      { kind: 'fields', title: '填的时候', isFolded: true, cells: [yes([...path, 'optional'], '可以不填'), yes([...path, 'evidence'], '要拍凭据'), yes([...path, 'withoutDontKnow'], '不给“不清楚”这个选项')] },
    ];
  },
};

export const points: Pane = {
  address: 'indicators.#.scoring', depth: 2, members: ['scoring', 'missing', 'neutral'], title: (body, path) => titled(body, path, '怎么给分'),
  turn: (body, path) => {
    const kind = held(body, [...path, 'scoring', 'kind']);
    return {
      label: '给分的办法', hint: '换一种办法，原来填的分就没有了；可以撤销。', options: kindsFor(typeOf(own(body, path))), now: typeof kind === 'string' ? kind : '',
      to: key => isRuleKind(key) ? put(body, [...path, 'scoring'], ruleForms[key].start(own(body, path))) : ['scoring', 'missing', 'neutral'].reduce((so, member) => put(so, [...path, member], undefined), body),
    };
  },
  parts: (body, path) => {
    const indicator = own(body, path);
    const { kind } = own(indicator, ['scoring']);
    if (!isRuleKind(kind)) return [];
    const unit = indicator['type'] === 'percent' ? '%' : typeof indicator['unit'] === 'string' ? indicator['unit'] : '';
    const rule = ruleForms[kind].parts({ body, path: [...path, 'scoring'], address: path.join('.'), indicator, type: typeOf(indicator), unit });
    return [...rule, ...kind === 'events' || kind === 'former' ? [] : [whenMissing(path)]];
  },
};

const whenMissing = (path: Path): Part => ({
  kind: 'fields', title: '没有答案的时候', hint: '每种情形各给几分，都要写明；写“补问”的，问到以前不定等级。', cells: [
    ...stateChoices.map(({ key, label }) => consequence([...path, 'missing', key], label)), number([...path, 'neutral'], '依据失效以后，一律给几分', { hint: '不能是负数' }),
  ],
});

export const why: Pane = {
  address: 'indicators.#.purpose', depth: 2, title: (body, path) => titled(body, path, '凭什么问'),
  members: ['purpose', 'legalBasis', 'sensitivity', 'validityMonths', 'retentionMonths', 'withinPower'],
  parts: (body, path) => [{
    kind: 'fields', title: '凭什么问', cells: [
      text([...path, 'purpose'], '为什么要问', { lines: true }), ticks([...path, 'legalBasis'], '依据', lawOf(body), { hint: '没有要的那一条，先到“依据的法律”里加' }),
      pick([...path, 'sensitivity'], '敏感不敏感', choicesOf(sensitivities)), number([...path, 'validityMonths'], '几个月内有效', { optional: true, places: 0, unit: '个月', hint: '过了就要重新问' }),
      number([...path, 'retentionMonths'], '保存几个月', { optional: true, places: 0, unit: '个月' }), pick([...path, 'withinPower'], '自己能不能改变', choicesOf(powers), { optional: true, hint: '说明书只提自己能改变的' }),
    ],
  }],
};

/** What else an answer may have: a basis and a life where it takes points away. */
export const option: Pane = {
  address: 'indicators.#.options.#', depth: 4, members: ['key', 'label', 'points', 'legalBasis', 'lifeMonths', 'withinPower'], title: (body, path) => `选项“${String(own(body, path)['label'] ?? '')}”`,
  parts: (body, path) => [{
    kind: 'fields', title: '这个选项', cells: [
      text([...path, 'label'], '选项', { most: 40 }), number([...path, 'points'], '几分', { optional: true }), ticks([...path, 'legalBasis'], '减分的依据', lawOf(body), { optional: true }),
      number([...path, 'lifeMonths'], '减分最多算几个月', { optional: true, places: 0, unit: '个月' }), pick([...path, 'withinPower'], '自己能不能改成这样', choicesOf(powers), { optional: true }),
    ],
  }],
};
