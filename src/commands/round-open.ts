import { atConsole } from '../access/actor.ts';
import { taken } from '../kit/faults.ts';
import { day, text, wholeNumber } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { dayOf } from '../kit/time.ts';
import { ancestorNo } from '../places/place.ts';
import { allPlaces } from '../exchange/find-place.ts';
import { open } from '../rounds/open.ts';
import { adoptedStandards } from '../standards/queries.ts';
import type { Command } from './command.ts';
import { command as refusals } from './refusals.ts';

const opening = form({
  'place': text('地方（区划代码）', { pattern: /^\d{6,9}$/, say: '--place 写县或乡镇的区划代码。' }), 'year': wholeNumber('年度', { least: 1990, most: 2200 }), 'name': text('名称', { optional: true, most: 40 }),
  'collect-until': day('采集截止日'), 'valid-until': day('有效期至'),
  'village-days': wholeNumber('村公示工作日', { optional: true, least: 1, most: 60 }), 'township-days': wholeNumber('镇公示工作日', { optional: true, least: 1, most: 60 }),
  'household': text('农户标准', { optional: true, most: 64 }), 'village': text('村标准', { optional: true, most: 64 }), 'township': text('乡镇标准', { optional: true, most: 64 }),
});

export const roundOpen: Command = {
  kind: 'writes', usage: 'round open --place CODE --year Y --collect-until DAY --valid-until DAY [--name N] [--village-days N] [--township-days N] [--household HASH] [--village HASH] [--township HASH]',
  options: Object.keys(opening.fields), words: [0, 0],
  zh: '开启一个评定批次；不写标准就用县里正在用的', en: 'open a round; without hashes the standards adopted by the county are used',
  async run({ office, typed, out }) {
    const given = taken(opening, typed.values);
    const place = (await allPlaces(office.read)).withCode(given.place) ?? refusals.refuse('place-missing', { code: given.place });
    const today = dayOf(office.clock.now());
    const standard = async (kind: 'household' | 'village' | 'township'): Promise<string> => {
      const named = given[kind];
      if (named !== undefined) return named;
      const adopted = await adoptedStandards(office.read, { county: ancestorNo(place.path, 'county') ?? place.no, day: today, kind });
      return adopted.length === 1 ? adopted[0]?.hash ?? '' : refusals.refuse('standard-unclear', { kind, count: adopted.length });
    };
    const opened = await open(office, atConsole, {
      place: place.no, year: given.year, name: given.name ?? `${given.year} 年度`, household_standard: await standard('household'), village_standard: await standard('village'), township_standard: await standard('township'),
      collect_until: given['collect-until'], valid_until: given['valid-until'], village_days: given['village-days'] ?? 7, township_days: given['township-days'] ?? 7,
    });
    out(`✓ ${place.name} ${given.name ?? `${given.year} 年度`}: ${opened.id}`);
    return 0;
  },
};
