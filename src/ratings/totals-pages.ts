import { may } from '../access/may.ts';
import { Faults } from '../kit/faults.ts';
import type { Fault, Raw } from '../kit/form.ts';
import { typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { factsIn, pictureOf } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { recordTotals, standardOf } from '../observations/totals.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeNames, placeSubject } from '../places/queries.ts';
import { roundAt } from '../rounds/queries.ts';
import type { Round } from '../rounds/round.ts';
import { loadStandard } from '../standards/load.ts';
import type { Indicator, WrittenFact } from '../standards/standard.ts';
import { readValue, writtenOf } from '../standards/values.ts';
import { subjectOfPlace } from '../subjects/subject.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';

interface Asked { readonly round: Round; readonly place: Place; readonly indicators: readonly Indicator[]; readonly here: string }

async function asked(visit: Visit): Promise<Asked> {
  const { read } = visit.office;
  const round = await roundAt(read, visit.params['round'] ?? '');
  const place = await placeById(read, visit.params['place'] ?? '');
  const leave = may(visit.actor, 'import.load', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  if (!place.path.startsWith(round.path) || (place.kind !== 'village' && place.kind !== 'township')) common.refuse('not-found');
  const { standard } = await loadStandard(read, standardOf(round, place));
  return { round, place, indicators: standard.indicators.filter(indicator => indicator.source !== 'computed' && indicator.type !== 'derived' && indicator.type !== 'events'), here: `/ratings/${round.id}/places/${place.id}` };
}

/** What the bank tells of a whole village or township, as it stands, to be filled in or put right. */
async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { round, place, indicators, here } = await asked(visit);
  const subject = await subjectOfPlace(visit.office.read, place.no);
  const known = factsIn(pictureOf((await sheetsOf(visit.office.read, round.no, [subject.no])).get(subject.no) ?? []));
  const name = (await placeNames(visit.office.read, [place.no])).get(place.no)?.full ?? place.name;
  return page('ratings/totals', {
    title: `${place.name}的汇总数`, heading: `${name}：银行按全村给的数`, here, crumbs: [{ label: round.name, href: `/rounds/${round.id}` }, { label: name, href: here }, { label: '汇总数' }],
    id: idIn(visit.raw),
    fields: indicators.map(indicator => ({
      name: indicator.key, label: indicator.title, kind: 'number', unit: indicator.unit ?? (indicator.type === 'money' ? '元' : undefined), hint: indicator.hint,
      value: trouble === undefined ? shownAs(known[indicator.key]) : typed(visit.raw, indicator.key), fault: trouble?.faults.find(fault => fault.field === `v-${indicator.key}` || fault.field === indicator.key)?.say,
    })),
  });
}

/** The id that the form was made with: pressed twice, it is one sheet. */
const idIn = (raw: Raw): string => isId(typed(raw, 'id')) ? typed(raw, 'id') : newId();

const shownAs = (fact: WrittenFact | undefined): string => fact === undefined || typeof fact === 'object' ? '' : String(fact);

function readTotals(indicators: readonly Indicator[], raw: Raw): Readonly<Record<string, WrittenFact>> {
  const faults: Fault[] = [];
  const values: Record<string, WrittenFact> = {};
  for (const indicator of indicators) {
    const read = readValue(indicator, typed(raw, indicator.key).replace(/[,，\s]/g, ''));
    if ('fault' in read) faults.push({ field: indicator.key, code: 'value', say: read.fault });
    else if ('value' in read) values[indicator.key] = writtenOf(indicator, read.value);
  }
  if (faults.length > 0) throw new Faults(faults);
  return values;
}

async function save(visit: Visit): Promise<Reply> {
  const { round, place, indicators, here } = await asked(visit);
  await recordTotals(visit.office, visit.actor, { id: idIn(visit.raw), round: round.no, place: place.no, values: readTotals(indicators, visit.raw) });
  return seeOther(here, `${place.name}的汇总数记下了。重新汇总以后，占比就按新的数算。`);
}

export const totalsRoutes: readonly Route[] = [
  get('/ratings/:round/places/:place/totals', { power: 'import.load', handle: visit => show(visit) }),
  post('/ratings/:round/places/:place/totals', { power: 'import.load', handle: save, again: show }),
];
