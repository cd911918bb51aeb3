import { actorId } from '../access/actor.ts';
import { numberText } from '../households/household.ts';
import type { Loaded } from '../households/load.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { file, page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { complaintPath } from './complaint-path.ts';
import { mustBeOpen, ownReport } from './own-report.ts';
import { roundReport } from './own-round.ts';
import { rightAt } from './pages.ts';
import { rights } from './refusals.ts';
import { identities, isAboutRound, opensFile, outcomes, paperTitles, standingWords, type Outcome } from './right.ts';
import { roundsOf } from '../households/looks.ts';

const addressOf = async (visit: Visit, { row }: Loaded) => {
  const names = await placeNames(visit.office.read, [row.village_no, row.group_no ?? 0]);
  return { village: names.get(row.village_no)?.full ?? '', group: names.get(row.group_no ?? -1)?.name ?? '', number: numberText(row.household_no), head: row.head_name, office: await officeTitle(visit.office.read) };
};

/** Before the answer a receipt with its due day; afterwards the reply. The way to complain stands on both. */
async function printLetter(visit: Visit): Promise<Reply> {
  const { right, loaded, round, name } = await rightAt(visit);
  if (opensFile(right.kind)) return rights.refuse('right-over');
  const answer = right.steps.find(one => (outcomes as readonly string[]).includes(one.step));
  const line = round === undefined ? undefined : (await roundsOf(visit.office.read, loaded.row.no)).find(one => one.id === round.id);
  return page('rights/letter', {
    title: answer === undefined ? '受理回执' : '答复', paper: 'a4-large', back: { label: '回到这一件', href: `/rights/${right.id}` }, ...await addressOf(visit, loaded), name, what: paperTitles[right.kind], lodged: right.lodged_on, due: right.due_on, words: right.words,
    identified: identities[right.identified], round: round?.name, answer: answer === undefined ? undefined : { on: answer.day, outcome: standingWords({ kind: right.kind, steps: [{ ...answer, step: answer.step as Outcome }] }), words: answer.words }, path: complaintPath,
    decided: line === undefined || !isAboutRound(right.kind) ? [] : (await roundReport(visit.office.read, loaded.row, line, visit.day)).decided,
  });
}

/** The own report is opened for the person present: on the day it was asked for, by who took it down. */
async function reportAt(visit: Visit) {
  const at = await rightAt(visit);
  mustBeOpen(at.right, { day: visit.day, by: actorId(visit.actor) });
  return { ...at, report: await ownReport(visit.office.read, at.loaded, visit.day) };
}

async function printReport(visit: Visit): Promise<Reply> {
  const { right, loaded, name, report } = await reportAt(visit);
  return page('rights/report', { title: '本户信用档案报告', paper: 'a4-large', back: { label: '回到权益窗口', href: `/households/${right.household}/rights` }, ...await addressOf(visit, loaded), name, on: visit.day, report, path: complaintPath, copy: right.kind === 'copy' ? `/rights/${right.id}/report.json` : undefined });
}

/** The same to take away, for programs. */
async function takeCopy(visit: Visit): Promise<Reply> {
  const { loaded, report } = await reportAt(visit);
  return file(JSON.stringify({ ...await addressOf(visit, loaded), day: visit.day, ...report }, undefined, 2), { mime: 'application/json; charset=utf-8', name: `报告-${numberText(loaded.row.household_no)}-${visit.day}.json` });
}

export const paperRoutes: readonly Route[] = [
  get('/rights/:id/letter', { power: 'right.read', handle: printLetter }),
  get('/rights/:id/report.json', { power: 'right.open', handle: takeCopy }),
  get('/rights/:id/report', { power: 'right.open', handle: printReport }),
];
