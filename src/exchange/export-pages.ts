import { holds } from '../access/may.ts';
import { fault, taken } from '../kit/faults.ts';
import { placeSubject } from '../places/queries.ts';
import { formModel } from '../web/form-model.ts';
import { file, page, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { cargoes, cargoNamed } from './cargoes.ts';
import { exportForm } from './form.ts';
import { formatNamed } from './formats.ts';
import { placesWithin, roundOptions } from './queries.ts';
import { exportName, takeExport } from './take-export.ts';

async function formOf(visit: Visit) {
  const kinds = cargoes.filter(cargo => holds(visit.actor, cargo.reads));
  const places = await placesWithin(visit.office.read, visit.actor, 'export.take');
  return { places, form: exportForm(kinds.map(cargo => ({ key: cargo.name, label: cargo.title })), places.map(({ place, label }) => ({ key: place.id, label })), await roundOptions(visit.office.read, visit.actor, 'export.take')) };
}

async function showExports(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { form, places } = await formOf(visit);
  return page('exchange/exports', { title: '导出', mayImport: holds(visit.actor, 'import.load'), form: formModel(form, { raw: { format: 'xlsx', place: places[0]?.place.id ?? '', kind: visit.query['kind'] ?? 'households', ...visit.raw }, faults: trouble?.faults ?? [] }) });
}

async function take(visit: Visit): Promise<Reply> {
  const { form, places } = await formOf(visit);
  const given = taken(form, visit.raw);
  const cargo = cargoNamed(given.kind);
  const found = places.find(({ place }) => place.id === given.place);
  if (found === undefined) return fault('place', 'option', '请选一个地方。');
  if (cargo.name === 'observations' && given.round === undefined) return fault('round', 'missing', '请选是哪一个评定批次。');
  const format = cargo.text?.format ?? formatNamed(given.format);
  const body = await takeExport(visit.office, visit.actor, { cargo, format, place: placeSubject(found.place), settings: given.round === undefined ? {} : { round: given.round } });
  return file(body, { mime: format.mime, name: exportName(cargo, format, visit.day) });
}

export const exportRoutes: readonly Route[] = [
  get('/exports', { power: 'export.take', handle: showExports }),
  post('/exports', { power: 'export.take', handle: take, again: showExports }),
];
