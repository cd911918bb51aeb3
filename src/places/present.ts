import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { childKinds, placeKinds, type Place, type PlaceKind } from './place.ts';
import { countsUnder, lineage, placeByNo, placeEvents, placeSubject, type PlaceEvent } from './queries.ts';

const unitWords: Readonly<Record<PlaceKind, string>> = { province: '个省', city: '个市', county: '个县区', township: '个乡镇街道', village: '个村（社区）', group: '个组', grid: '个网格' };

export interface PlaceRow { readonly name: string; readonly href: string; readonly code: string; readonly below: string; readonly note: string; readonly from: string }

/** Rows of a list of places, each with what stands below it. */
export async function placeRows(read: Knex, list: readonly Place[], above: ReadonlyMap<number, string> = new Map()): Promise<readonly PlaceRow[]> {
  const counts = await countsUnder(read, list.map(place => place.no));
  return list.map(place => {
    const under = counts.get(place.no) ?? {};
    return {
      name: place.name, href: `/places/${place.id}`, code: place.code ?? '', from: above.get(place.no) ?? '',
      below: childKinds(place.kind).flatMap(kind => under[kind] === undefined ? [] : [`${under[kind]} ${unitWords[kind]}`]).join('，'),
      note: place.until !== null ? '已撤销' : place.hidden === 1 ? '虚拟单位' : '',
    };
  });
}

/** A place's page: who is above, what is below by kind, what happened to it. */
export async function presentPlace(read: Knex, actor: Actor, place: Place, all: boolean): Promise<Record<string, unknown>> {
  const line = await lineage(read, place);
  const children: Place[] = await read('places').where({ parent_no: place.no }).modify(query => { if (!all) void query.whereNull('until').where({ hidden: 0 }); }).select('*').orderBy('sort').orderBy('no');
  const unseen: { n?: number | string } | undefined = await read('places').where({ parent_no: place.no }).where(any => { void any.where({ hidden: 1 }).orWhereNotNull('until'); }).count({ n: '*' }).first();
  const lists = await Promise.all(childKinds(place.kind).map(async kind => {
    const rows = await placeRows(read, children.filter(child => child.kind === kind));
    return { heading: `${rows.length} ${unitWords[kind]}`, rows, hasCode: kind !== 'group' && kind !== 'grid', hasBelow: childKinds(kind).length > 0 };
  }));
  const canKeep = may(actor, 'place.keep', placeSubject(place)) === true && place.until === null;
  const events = await placeEvents(read, place.no);
  const successor = place.successor_no === null ? undefined : await placeByNo(read, place.successor_no);
  return {
    crumbs: line.slice(0, -1).map(above => may(actor, 'place.read', placeSubject(above)) === true ? { label: above.name, href: `/places/${above.id}` } : { label: above.name }),
    heading: place.kind === 'village' ? `${line.find(above => above.kind === 'township')?.name ?? ''} ${place.name}` : place.name,
    facts: [
      { term: '级别', value: placeKinds[place.kind] },
      ...place.code === null ? [] : [{ term: '区划代码', value: place.code }],
      { term: '设立', value: place.since },
      ...place.until === null ? [] : [{ term: successor === undefined ? '撤销' : '并入', value: successor === undefined ? place.until : `${successor.name}（${place.until}）` }],
      ...place.hidden === 1 ? [{ term: '说明', value: '虚拟单位，不参加评定' }] : [],
    ],
    lists: lists.filter(list => list.rows.length > 0), hasParts: childKinds(place.kind).length > 0, isEmpty: lists.every(list => list.rows.length === 0),
    trail: events.map(event => ({ icon: event.kind === 'closed' || event.kind === 'merged' ? 'box' : 'tick', kind: '', words: wordsOf(event), now: false })),
    more: all ? { label: '只看在用的', href: `/places/${place.id}` } : Number(unseen?.n ?? 0) > 0 ? { label: `显示虚拟单位和已撤销的（${Number(unseen?.n ?? 0)} 个）`, href: `/places/${place.id}?all=yes` } : undefined,
    can: { keep: canKeep, add: canKeep && childKinds(place.kind).length > 0, move: canKeep && (place.kind === 'township' || place.kind === 'village'), merge: canKeep && place.kind !== 'province' && place.kind !== 'city' },
    officersHref: may(actor, 'officer.read', placeSubject(place)) === true ? `/officers?place=${place.id}` : undefined,
    here: `/places/${place.id}`, addWords: `新设${childKinds(place.kind).map(kind => placeKinds[kind]).join('或')}`,
  };
}

function wordsOf(event: PlaceEvent): string {
  const was = JSON.parse(event.was) as Record<string, string | null>;
  const now = JSON.parse(event.now) as Record<string, string | null>;
  const what = {
    established: '设立',
    renamed: was['name'] === now['name'] ? `区划代码由 ${was['code'] ?? '无'} 改为 ${now['code'] ?? '无'}` : `由“${was['name']}”更名为“${now['name']}”`,
    moved: was['under'] === undefined ? '改由另一个上级管辖' : `由${was['under']}转到${now['under']}`,
    merged: `${was['from']}并入${now['into']}`,
    closed: '撤销',
  }[event.kind];
  return `${event.day} ${what}。${event.reason}`;
}
