import { actorId, atConsole, type Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { officePlace, placeSubject } from '../places/queries.ts';
import { newId } from '../kit/id.ts';
import { Refusal } from '../kit/refusal.ts';
import { dayOf } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Asked, Cargo, CargoColumn, Parcel } from './cargo.ts';
import { cargoNamed } from './cargoes.ts';
import { formatOfFile } from './formats.ts';
import { check, leftColumns, load } from './import.ts';
import { beginImport, endImport } from './keep-import.ts';
import { allHanded, dropFileOf, dropHanded, filePath, handedById, has, keepFile, keepHanded, Leftovers, leftPath, toldPath, type Handed } from './parcels.ts';
import { exchange } from './refusals.ts';
import type { Report } from './report.ts';

/** How a file is to be read, by its name. Text kinds read their own. */
export function parcelOf(cargo: Cargo, path: string, fileName: string): Parcel {
  if (cargo.text === undefined) return { format: formatOfFile(fileName), source: { path }, fileName };
  const extension = /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return cargo.text.extensions.includes(extension) ? { format: undefined, source: { path }, fileName } : exchange.refuse('file-kind-unknown', { name: extension === '' ? undefined : `.${extension}` });
}

const askedOf = (office: Office, actor: Actor, { id, settings }: { readonly id: string; readonly settings: Readonly<Record<string, string>> }): Asked =>
  ({ office, actor, day: dayOf(office.clock.now()), importId: id, settings });

export const columnsOf = async (cargo: Cargo, asked: Pick<Asked, 'office' | 'settings'>): Promise<readonly CargoColumn[]> => [...cargo.columns, ...await cargo.columnsFor?.(asked) ?? []];

/** Takes a file in and looks it through: it waits, checked, until somebody says load. */
export async function handIn(office: Office, actor: Actor, given: { readonly kind: string; readonly settings: Readonly<Record<string, string>>; readonly path: string; readonly fileName: string }): Promise<Handed> {
  const cargo = cargoNamed(given.kind);
  const id = newId();
  const asked = askedOf(office, actor, { id, settings: given.settings });
  parcelOf(cargo, given.path, given.fileName);
  await keepFile(office, id, given.path);
  try {
    const left = new Leftovers(leftPath(office, id), leftColumns(await columnsOf(cargo, asked)));
    const report = await check(asked, cargo, parcelOf(cargo, filePath(office, id), given.fileName), { left: row => { left.add(row); } });
    await left.end();
    const handed: Handed = { id, kind: cargo.name, fileName: given.fileName.slice(0, 200), settings: given.settings, by: actorId(actor), at: office.clock.now(), standing: 'checked', report };
    await keepHanded(office, handed);
    return handed;
  } catch (error) {
    await dropHanded(office, id);
    throw error;
  }
}

interface Running { rows: number; readonly ended: Promise<Handed> }
const running = new WeakMap<object, Map<string, Running>>();
const runningIn = (office: Office): Map<string, Running> => {
  const known = running.get(office);
  if (known !== undefined) return known;
  const made = new Map<string, Running>();
  running.set(office, made);
  return made;
};

/** Rows done by a load that is under way in this process; undefined when none is. */
export const rowsDone = (office: Office, id: string): number | undefined => runningIn(office).get(id)?.rows;

/** Loads a file that was handed in, in the background. Asked twice, both wait for the same; after an interruption it goes on where it stopped. */
export function startLoad(office: Office, actor: Actor, handed: Handed): Promise<Handed> {
  const under = runningIn(office).get(handed.id);
  if (under !== undefined) return under.ended;
  if (handed.standing === 'loaded') return exchange.refuse('import-over', {});
  if (!has(filePath(office, handed.id))) exchange.refuse('file-gone', {});
  const state: { rows: number; ended: Promise<Handed> } = { rows: 0, ended: Promise.resolve(handed) };
  runningIn(office).set(handed.id, state);
  state.ended = loadIt(office, actor, handed, rows => { state.rows = rows; }).finally(() => { runningIn(office).delete(handed.id); });
  return state.ended;
}

async function loadIt(office: Office, actor: Actor, handed: Handed, say: (rows: number) => void): Promise<Handed> {
  const cargo = cargoNamed(handed.kind);
  const { trouble: _trouble, ...calm } = handed;
  await keepHanded(office, { ...calm, standing: 'loading' });
  try {
    const report = await loadParcel(office, actor, { cargo, handed, parcel: parcelOf(cargo, filePath(office, handed.id), handed.fileName) }, say);
    const done: Handed = { ...calm, standing: 'loaded', report };
    await keepHanded(office, done);
    await dropFileOf(office, handed.id);
    return done;
  } catch (error) {
    const stopped: Handed = { ...calm, standing: 'stopped', trouble: error instanceof Refusal ? error.words : '中途出了故障，已经导入的还在；再按一次“接着导入”就从断的地方接着做' };
    await keepHanded(office, stopped);
    if (error instanceof Refusal) return stopped;
    throw error;
  }
}

/** One whole load with its two ledger entries, files of what was left out and what must be told once. The command line uses it too. */
export async function loadParcel(office: Office, actor: Actor, given: { readonly cargo: Cargo; readonly handed: Omit<Handed, 'standing' | 'report'>; readonly parcel: Parcel }, say: (rows: number) => void): Promise<Report> {
  const { cargo, handed, parcel } = given;
  const asked = askedOf(office, actor, handed);
  // The values of a round keep their own record of imports, because they can be taken back as one.
  if (cargo.name !== 'observations') await beginImport(office, actor, handed);
  const left = new Leftovers(leftPath(office, handed.id), leftColumns(await columnsOf(cargo, asked)));
  const told = new Leftovers(toldPath(office, handed.id), [{ key: 'login', heading: '登录名' }, { key: 'name', heading: '姓名' }, { key: 'password', heading: '第一次登录的口令' }]);
  try {
    const report = await load(asked, cargo, parcel, { say, left: row => { left.add(row); }, told: rows => { for (const row of rows) told.add(row); } });
    if (cargo.name !== 'observations') await endImport(office, actor, handed.id, report);
    return report;
  } finally { await left.end(); await told.end(); }
}

/** Whose files somebody sees: their own, and those of the command line if they could have loaded them over the whole office. */
async function openTo(office: Office, actor: Actor): Promise<(handed: Handed) => boolean> {
  const place = await officePlace(office.read);
  const subject = place === undefined ? { id: 'office', paths: ['/'] } : placeSubject(place);
  return ({ by, kind }) => by === actorId(actor) || (by === actorId(atConsole) && (['import.load', cargoNamed(kind).power] as const).every(power => may(actor, power, subject) === true));
}

/** Newest first. */
export const handedTo = async (office: Office, actor: Actor): Promise<readonly Handed[]> => (await allHanded(office)).filter(await openTo(office, actor)).toReversed();

export async function handedOne(office: Office, actor: Actor, id: string): Promise<Handed | undefined> {
  const handed = await handedById(office, id);
  return handed !== undefined && (await openTo(office, actor))(handed) ? handed : undefined;
}

/** Throws a file away; what was loaded from it stays. Not while it is being loaded. */
export async function dropFile(office: Office, handed: Pick<Handed, 'id'>): Promise<void> {
  if (rowsDone(office, handed.id) !== undefined) exchange.refuse('import-running', {});
  await dropHanded(office, handed.id);
}
