import { officeTitle, placeNames } from '../places/queries.ts';
import { stateWords, type Indicator, type WrittenFact } from '../standards/standard.ts';
import { page, type Reply } from '../web/reply.ts';
import { qr } from '../web/qr.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { caseAt } from './case-at.ts';
import { factsIn } from './observation.ts';
import { heading } from './present.ts';
import { blocksOf, questionOf } from './sheet-form.ts';
import { factWords } from './words.ts';

/** 农户信息采集表 on paper: what is known stands beside each question, and only what changed is ticked or written. `?blank=1` leaves out what is known. */
async function showPaper(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const { world, loaded } = at;
  const isBlank = visit.query['blank'] === '1';
  const facts = factsIn(world.picture);
  const places = await placeNames(visit.office.read, [loaded.row.village_no, loaded.row.group_no ?? loaded.row.village_no]);
  const { number } = heading(at);
  return page('observations/paper', {
    title: `采集表 ${number}`, paper: 'a4', back: { label: '回到这一户', href: at.href }, office: await officeTitle(visit.office.read), round: world.round.name, number, head: loaded.row.head_name,
    village: places.get(loaded.row.village_no)?.full ?? '', group: loaded.row.group_no === null ? '' : places.get(loaded.row.group_no)?.name ?? '', address: loaded.row.address, people: loaded.row.people, day: visit.day,
    isBlank, other: isBlank ? { label: '印上已经知道的', href: `${at.href}/paper` } : { label: '要一张空白的', href: `${at.href}/paper?blank=1` },
    blocks: blocksOf(world.compiled.standard, { council: false }).map(block => ({ title: block.title, lines: block.questions.map(indicator => lineOf(indicator, isBlank ? {} : { now: facts[indicator.key], before: at.before[indicator.key] }, visit)) })),
    code: qr(`${visit.origin}${at.href}?from=paper`, '扫码录入这一户'),
  });
}

interface KnownFact { readonly now?: WrittenFact | undefined; readonly before?: WrittenFact | undefined }

/** A question as it is put on paper: boxes to tick, or a line to write on, 不清楚 always last. */
function lineOf(indicator: Indicator, { now, before }: KnownFact, { day }: Visit) {
  const question = questionOf(indicator, { now: undefined, before: undefined, photos: [], raw: undefined, faults: [], day });
  const known = now ?? before;
  return {
    label: question.label, unit: question.unit, hint: question.hint, boxes: question.options.map(option => option.label), write: question.options.length === 0,
    unclear: question.options.length === 0 && indicator.withoutDontKnow !== true ? stateWords.dontKnow : undefined,
    known: known === undefined ? undefined : factWords(indicator, known), lastYear: now === undefined && before !== undefined, photo: indicator.evidence === true,
  };
}

export const paperRoutes: readonly Route[] = [get('/observations/:round/:household/paper', { power: 'observation.read', handle: showPaper })];
