import { declare } from '../../src/recusals/declare.ts';
import { anyone, type Actor } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import { Refusal } from '../../src/kit/refusal.ts';
import { addDays, dayOf, startOf } from '../../src/kit/time.ts';
import { endRunOut } from '../../src/notices/end.ts';
import { postNotice } from '../../src/notices/post.ts';
import { unpostNotice } from '../../src/notices/unpost.ts';
import { answerObjection } from './answering.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { signSheet } from '../../src/observations/sign.ts';
import { passCases } from '../../src/panels/pass.ts';
import { returnCases } from '../../src/panels/return.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { reopenCase } from '../../src/ratings/reopen.ts';
import { publish } from '../../src/rolls/publish.ts';
import { excuse, readmit } from '../../src/rounds/excuse.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import type { Collecting } from './collecting.ts';
import { able, heldBack, judges, moves as told, villageOf, whos, type State, type Step, type Who } from './model.ts';
import { cast, households, placeNos, type Person } from './village.ts';

interface Hung { readonly id: string; readonly stage: 'village' | 'township'; readonly village: number; readonly until: string; readonly posted: string; readonly names: readonly Who[]; down: boolean; ended: boolean }
interface Open { readonly id: string; readonly who: Who; readonly on: string }
interface Case { readonly standing: string; readonly held: number; readonly mark_seq: number; readonly credit: number | null; readonly sheet: number }

const people = Object.keys(cast) as readonly Person[];
const hangs = { village: 'village-notice', township: 'township-notice' } as const;

/** Numbers from a seed, the same on any machine (mulberry32). */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return sides => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** Random officers do random acts on three households; after each the product stands where the model says, or the walk throws with its whole trail. */
export class Walk {
  readonly trail: string[] = [];
  /** How many results came to the roll. */
  published = 0;
  readonly #village: Collecting;
  readonly #roll: (sides: number) => number;
  readonly #moves: typeof told;
  readonly #states: Record<Who, State>;
  readonly #kin = new Set<string>();
  readonly #wrote: Record<Who, Set<Person>> = { zhou: new Set(['mei']), wu: new Set(['mei']), wang: new Set(['tan']) };
  readonly #hung: Hung[] = [];
  #open: Open[] = [];
  readonly #lodged: Open[] = [];
  readonly #labour: Record<Who, number> = { zhou: 2, wu: 2, wang: 2 };

  constructor(village: Collecting, { seed, moves = told }: { readonly seed: number; readonly moves?: typeof told }) {
    this.#village = village;
    this.#roll = dice(seed);
    this.#moves = moves;
    const begun = (): State => ({ at: 'collected', held: 0, from: 'collected', notice: undefined });
    this.#states = { zhou: begun(), wu: begun(), wang: begun() };
  }

  async step(): Promise<void> {
    const kind = this.#roll(20);
    if (kind < 12) await this.#move(); else if (kind < 15) await this.#post(); else if (kind < 16) await this.#nights(); else if (kind < 18) await this.#answer(); else if (kind === 18) await (this.#roll(3) === 0 ? this.#aside() : this.#publish()); else await this.#twoAtOnce();
    await this.#compare();
  }

  #pick<T>(list: readonly T[]): T { const one = list[this.#roll(list.length)]; if (one === undefined) throw new Error('an empty list'); return one; }
  /** Whoever may, three times of four; else anybody. */
  #officer(may: readonly (Person | undefined)[]): Person { const known = may.filter(one => one !== undefined); return known.length > 0 && this.#roll(4) > 0 ? this.#pick(known) : this.#pick(people); }
  #day(): string { return dayOf(this.#village.clock.now()); }

  /** Runs one act and holds its outcome against what was expected: a refusal is a refusal, and leaves no trace. */
  async #try(words: string, expected: boolean, act: () => Promise<unknown>): Promise<boolean> {
    this.trail.push(`${words}${expected ? '' : ' (to be refused)'}`);
    const before = await this.#village.traces();
    try { await act(); } catch (error) {
      if (!(error instanceof Refusal)) throw new Error(`${words}: no refusal but ${String(error)}`, { cause: error });
      if (expected) throw new Error(`${words}: refused, ${error.code}`, { cause: error });
      if (await this.#village.traces() !== before) throw new Error(`${words}: refused and left a trace`, { cause: error });
      return false;
    }
    if (!expected) throw new Error(`${words}: was let through`);
    return true;
  }

  #mayDo(officer: Person, step: Parameters<typeof able>[0], who: Who): boolean {
    const { at, from } = this.#states[who];
    const stood = at === 'excused' ? from : at;
    return able(step, who, stood).includes(officer) && !(judges(step, stood) && this.#kin.has(`${officer} ${who}`));
  }

  async #move(): Promise<void> {
    const who = this.#pick(whos);
    const state = this.#states[who];
    const next = this.#roll(4) > 0 ? { 'preliminary': () => this.#post(who, 'village'), 'reviewed': () => this.#post(who, 'township'), 'village-notice': () => this.#nights(), 'township-notice': () => this.#nights(), 'approved': () => this.#publish() }[state.at] : undefined;
    if (next !== undefined) { await next(); return; }
    // What leads on is tried oftener than what takes back, or nobody would ever come to the roll.
    const onward = (['visit', 'rate', 'village', 'township', 'approval'] as const).filter(step => this.#moves[step][state.at] !== undefined && (step !== 'visit' || state.at === 'open'));
    const step: Step = onward.length > 0 && this.#roll(4) > 0 ? this.#pick(onward) : this.#pick(['visit', 'rate', 'village', 'township', 'approval', 'return', 'reopen', 'excuse', 'readmit', 'object'] as const);
    const stood = state.at === 'excused' ? state.from : state.at;
    const officer = this.#officer(able(step, who, stood));
    const to = this.#moves[step][state.at];
    const expected = to !== undefined && !(heldBack.has(step) && state.held > 0) && (step === 'object' || this.#mayDo(officer, step, who));
    const id = newId();
    const done = await this.#try(`${officer}: ${step} ${who} at ${state.at}${state.held > 0 ? ` held by ${state.held}` : ''}`, expected, await this.#act(step, { who, officer, id }));
    if (!done || to === undefined) return;
    if (step === 'excuse' && state.at !== 'excused') state.from = state.at;
    if (step === 'object') { state.held++; const one = { id, who, on: this.#day() }; this.#open.push(one); this.#lodged.push(one); }
    state.at = to;
  }

  async #act(step: Step, { who, officer, id }: { readonly who: Who; readonly officer: Person; readonly id: string }): Promise<() => Promise<unknown>> {
    const { office, round } = this.#village;
    const [actor, household, subject] = [await this.#village.actor(officer), households[who].id, households[who].no];
    const now = await this.#caseOf(who);
    const seen = async () => ({ round: await roundByNo(office.read, round.no), village: await placeByNo(office.read, villageOf(who)), cases: [{ subject, id: household, mark_seq: now.mark_seq }] });
    switch (step) {
      case 'visit': return async () => {
        // Sometimes nothing has changed since, and the visit says so.
        const labour = now.standing === 'open' && this.#roll(2) === 0 ? this.#labour[who] : 3 - this.#labour[who];
        const { seq } = await recordSheet(office, actor, { id, round: round.no, household, base_seq: now.sheet, source: 'grid', values: { labourCount: labour } });
        this.#labour[who] = labour;
        if (seq === now.sheet) return;
        this.#wrote[who].add(officer);
        await signSheet(office, actor, { round: round.no, household, how: 'paper', reason: '' });
      };
      case 'rate': return () => rateOne(office, actor, { round: round.no, household });
      case 'village': case 'township': case 'approval': return async () => passCases(office, actor, { ...await seen(), stage: step });
      case 'return': return async () => returnCases(office, actor, { ...await seen(), reason: '请再核一遍' });
      case 'reopen': return () => reopenCase(office, actor, { round: round.no, household, reason: '重新核实' });
      case 'excuse': return () => excuse(office, actor, { round: round.no, households: [household], reason: 'declined', words: '本人来说今年不参加' });
      case 'readmit': return () => readmit(office, actor, { round: round.no, households: [household] });
      case 'object': return () => lodgeObjection(office, anyone, { id, round: round.no, subject, notice: null, about: 'rating', words: '想请再看看', name: undefined, contact: undefined, how: 'web' });
    }
  }

  async #post(who = this.#pick(whos), stage = this.#pick(['village', 'township'] as const)): Promise<void> {
    const { office, round } = this.#village;
    const standing = this.#hung.filter(one => one.village === villageOf(who) && one.stage === stage && !one.down);
    if (standing.length > 0 && this.#roll(5) === 0) { await this.#unpost(this.#pick(standing)); return; }
    const from = stage === 'village' ? 'preliminary' : 'reviewed';
    const names = whos.filter(one => villageOf(one) === villageOf(who) && this.#states[one].at === from);
    const officer = this.#officer(able(`post-${stage}`, who, ''));
    const id = newId();
    let until = '';
    const actor = await this.#village.actor(officer);
    const done = await this.#try(`${officer}: posts ${stage} of ${villageOf(who)}`, names.length > 0 && able(`post-${stage}`, who, '').includes(officer), async () => {
      ({ until } = await postNotice(office, actor, { id, round: await roundByNo(office.read, round.no), village: await placeByNo(office.read, villageOf(who)), stage, where: '公示栏', phone: '0517-88000000' }));
    });
    if (!done) return;
    this.#hung.push({ id, stage, village: villageOf(who), until, posted: this.#day(), names, down: false, ended: false });
    for (const one of names) { this.#states[one].at = hangs[stage]; this.#states[one].notice = id; }
  }

  async #unpost(notice: Hung): Promise<void> {
    const who = whos.find(one => villageOf(one) === notice.village) ?? 'zhou';
    const officer = this.#officer(able(`post-${notice.stage}`, who, ''));
    const objected = this.#lodged.some(one => notice.names.includes(one.who) && one.on >= notice.posted);
    const actor: Actor = await this.#village.actor(officer);
    if (!await this.#try(`${officer}: takes down ${notice.stage} of ${notice.village}`, !notice.ended && !objected && able(`post-${notice.stage}`, who, '').includes(officer), () => unpostNotice(this.#village.office, actor, { id: notice.id, reason: '写错了日子' }))) return;
    notice.down = true;
    for (const one of notice.names) if (this.#states[one].at === hangs[notice.stage] && this.#states[one].notice === notice.id) this.#states[one].at = notice.stage === 'village' ? 'preliminary' : 'reviewed';
  }

  /** Nine days pass, and the clock ends what is over for whoever nothing holds. */
  async #nights(): Promise<void> {
    this.#village.clock.set(startOf(addDays(this.#day(), 9)));
    this.trail.push(`it is ${this.#day()}`);
    await endRunOut(this.#village.office);
    for (const notice of this.#hung) {
      if (notice.down || notice.until >= this.#day()) continue;
      notice.ended = true;
      for (const one of notice.names) if (this.#states[one].at === hangs[notice.stage] && this.#states[one].notice === notice.id && this.#states[one].held === 0) this.#states[one].at = `${hangs[notice.stage]}d`;
    }
  }

  async #answer(): Promise<void> {
    if (this.#open.length === 0) return;
    const objection = this.#pick(this.#open);
    const { who } = objection;
    const state = this.#states[who];
    const outcome = this.#pick(['kept', 'upheld'] as const);
    const officer = this.#officer(able('answer', who, state.at));
    const actor = await this.#village.actor(officer);
    if (!await this.#try(`${officer}: answers ${who} at ${state.at}, ${outcome}`, this.#mayDo(officer, 'answer', who) && !this.#wrote[who].has(officer), () => answerObjection(this.#village.office, actor, { id: objection.id, outcome, words: '核过了' }))) return;
    this.#open = this.#open.filter(one => one !== objection);
    state.held--;
    const anew = this.#moves.reopen[state.at];
    if (outcome === 'upheld' && anew !== undefined) { state.at = anew; return; }
    const notice = this.#hung.find(one => one.id === state.notice);
    if (state.held === 0 && notice !== undefined && state.at === hangs[notice.stage] && notice.until < this.#day()) state.at = `${hangs[notice.stage]}d`;
  }

  async #aside(): Promise<void> {
    const [who, officer] = [this.#pick(whos), this.#pick(['lin', 'mei', 'ling'] as const)];
    if (this.#kin.has(`${officer} ${who}`)) return;
    this.trail.push(`${officer} stands aside from ${who}`);
    await declare(this.#village.office, await this.#village.actor(officer), { household: households[who].id, ground: 'kin', words: '堂兄' });
    this.#kin.add(`${officer} ${who}`);
  }

  async #publish(): Promise<void> {
    const officer = this.#officer(['gao', 'zhang']);
    const { office, round } = this.#village;
    const ready: Who[] = [];
    for (const who of whos) if (this.#states[who].at === 'approved' && this.#states[who].held === 0 && (await this.#caseOf(who)).credit === 1) ready.push(who);
    const actor = await this.#village.actor(officer);
    const done = await this.#try(`${officer}: publishes ${ready.join()}`, ready.length > 0 && able('publish', 'zhou', '').includes(officer), async () => publish(office, actor, { round: await roundByNo(office.read, round.no), place: await placeByNo(office.read, placeNos.anhe) }));
    if (!done) return;
    for (const who of ready) this.#states[who].at = 'published';
    this.published += ready.length;
  }

  /** The same step by two at the same moment: one of them does it, once. */
  async #twoAtOnce(): Promise<void> {
    const who = this.#pick(whos);
    const state = this.#states[who];
    const step = (['township', 'approval', 'village'] as const).find(one => this.#moves[one][state.at] !== undefined);
    const to = step === undefined ? undefined : this.#moves[step][state.at];
    if (step === undefined || to === undefined || state.held > 0) return;
    const free = able(step, who, state.at).filter(one => one !== undefined && this.#mayDo(one, step, who));
    const [first, second = first] = free;
    if (first === undefined || second === undefined) return;
    this.trail.push(`${first} and ${second} at once: ${step} ${who}`);
    const acts = await Promise.all([first, second].map(officer => this.#act(step, { who, officer, id: newId() })));
    const outcomes = await Promise.allSettled(acts.map(act => act()));
    const done = outcomes.filter(one => one.status === 'fulfilled').length;
    if (done !== 1) throw new Error(`${done} of two did it`);
    state.at = to;
  }

  async #caseOf(who: Who): Promise<Case> {
    const row: Case | undefined = await this.#village.office.read('cases').where({ round: this.#village.round.no, subject: households[who].no }).first('standing', 'held', 'mark_seq', 'credit', 'sheet');
    if (row === undefined) throw new Error(`${who} has no case`);
    return row;
  }

  /** Standing and holds as the model has them; marks without a gap, the last of them the case's own. */
  async #compare(): Promise<void> {
    for (const who of whos) {
      const [{ standing, held, mark_seq }, state] = [await this.#caseOf(who), this.#states[who]];
      if (standing !== state.at || held !== state.held) throw new Error(`${who} is ${standing} held by ${held}, and ought to be ${state.at} held by ${state.held}`);
      const marks: { seq: number }[] = await this.#village.office.read('marks').where({ round: this.#village.round.no, subject: households[who].no }).orderBy('seq').select('seq');
      if (marks.some((mark, at) => mark.seq !== at + 1) || marks.length !== mark_seq) throw new Error(`${who}: a mark was lost, ${marks.map(mark => mark.seq).join()} of ${mark_seq}`);
    }
  }
}
