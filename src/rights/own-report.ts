import type { Knex } from 'knex';
import { consentKinds, consentWays } from '../consents/consent.ts';
import { banksKnown, consentsOf } from '../consents/queries.ts';
import { callOf, closingWords, idMissingReasons, relations, sexes } from '../households/household.ts';
import { historyLines } from '../households/history.ts';
import type { Loaded } from '../households/load.ts';
import { roundsOf } from '../households/looks.ts';
import { householdHistory } from '../households/queries.ts';
import type { Day } from '../kit/time.ts';
import { recordLines } from './own-records.ts';
import { roundReport, type RoundReport } from './own-round.ts';
import { rights } from './refusals.ts';
import { opensFile, type Right } from './right.ts';
import { whoLooked } from './who-looked.ts';

/** Everything held about a household, in words for its people: the printed report and the file to take away are made from it. Never a number of a card or phone. */
export interface OwnReport {
  readonly people: readonly { readonly name: string; readonly what: string; readonly id: string; readonly phone: string; readonly left: string | undefined }[];
  readonly address: string; readonly registered: Day; readonly closed: string | undefined;
  readonly rounds: readonly RoundReport[];
  readonly consents: readonly { readonly name: string; readonly what: string; readonly how: string; readonly on: Day; readonly withdrawn: Day | undefined }[];
  readonly records: readonly string[];
  readonly history: readonly string[];
  readonly looks: readonly string[];
}

/** The report is read on the day it was asked for, by whoever took that down. */
export function mustBeOpen({ kind, lodged_on, by }: Pick<Right, 'kind' | 'lodged_on' | 'by'>, now: { readonly day: Day; readonly by: string }): void {
  if (!opensFile(kind) || lodged_on !== now.day || by !== now.by) rights.refuse('right-over');
}

export async function ownReport(read: Knex, loaded: Loaded, day: Day): Promise<OwnReport> {
  const { row, members } = loaded;
  const nameOf = (id: string): string => { const member = members.find(one => one.id === id); return member === undefined ? '' : callOf(member); };
  const [rounds, consents, banks, history] = await Promise.all([roundsOf(read, row.no), consentsOf(read, [row.id]), banksKnown(read), householdHistory(read, row.id)]);
  const told: RoundReport[] = [];
  for (const round of rounds) told.push(await roundReport(read, row, round, day));
  return {
    people: members.map(member => ({
      name: callOf(member), what: `${relations[member.relation]}，${sexes[member.sex]}，${member.birth_year} 年生${member.away === 1 ? '，长期在外' : ''}`,
      id: member.id_match !== null ? '登记了，加密存着' : `没有登记${member.id_missing === null ? '' : `（${idMissingReasons[member.id_missing as keyof typeof idMissingReasons] ?? member.id_missing}）`}`,
      phone: member.phone_match !== null ? '登记了，加密存着' : '没有登记', left: member.left_on === null ? undefined : `${member.left_on} 起不在这一户`,
    })),
    address: row.address, registered: row.registered_on, closed: row.closed_on === null ? undefined : `${row.closed_on} 销户：${closingWords[row.closed_reason ?? ''] ?? row.closed_reason ?? ''}`,
    rounds: told,
    consents: consents.map(one => ({ name: nameOf(one.member), what: one.kind === 'share' ? `把结果给${banks.find(bank => bank.id === one.bank)?.name ?? '银行'}` : consentKinds[one.kind], how: consentWays[one.how], on: one.given_on, withdrawn: one.withdrawn_on ?? undefined })),
    records: await recordLines(read, loaded, day), history: historyLines(history).map(line => line.words), looks: await whoLooked(read, loaded),
  };
}
