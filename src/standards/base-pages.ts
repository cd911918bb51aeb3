import { taken } from '../kit/faults.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { basesOf, keepBase } from './base.ts';
import { baseForm } from './form.ts';
import { withCounty } from './pages.ts';
import { countiesOf } from './queries.ts';

const yearOfDay = (day: string): number => Number(day.slice(0, 4));

export async function showBases(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const all: { no: number; name: string }[] = await read('places').where({ kind: 'county' }).select('no', 'name');
  const counties = await countiesOf(read, visit.actor, 'base.keep');
  const bases = await basesOf(read, all.map(county => county.no));
  const year = yearOfDay(visit.day);
  return page('standards/bases', {
    title: '县基数', can: { keep: counties.length > 0 },
    rows: bases.map(base => ({ ...base, county: all.find(county => county.no === base.county_no)?.name ?? '', figure: base.value / 100 })),
    empty: { words: '还没有县基数。标准里要拿全县平均数来比的时候，先在这里记下。', act: undefined },
    form: withCounty(formModel(baseForm(counties, year), { raw: trouble === undefined ? { year: String(year - 1), unit: '元' } : visit.raw, faults: trouble?.faults ?? [] }), counties),
  });
}

export async function saveBase(visit: Visit): Promise<Reply> {
  const counties = await countiesOf(visit.office.read, visit.actor, 'base.keep');
  const { county, value, ...given } = taken(baseForm(counties, yearOfDay(visit.day)), visit.raw);
  await keepBase(visit.office, visit.actor, { county: Number(county), value: value ?? 0, ...given });
  return seeOther('/bases', `记下了：${given.year} 年${given.name} ${(value ?? 0) / 100} ${given.unit}。`);
}
