import { excuses, type Excuse } from '../households/excuse.ts';

/** A mark with the free words that stand beside it, if they have not been erased. */
export interface Reasoned { readonly body: string; readonly words: string | null }

/** An excuse is one of a list; `cases.reason` keeps its key. */
export const excuseWords = (reason: string | null): string => reason === null ? '' : excuses[reason as Excuse] ?? reason;

/** Why a mark was made, as its history says it; `''` when it gives no reason. */
export function reasonOf({ body, words }: Reasoned): string {
  const { reason, worded } = JSON.parse(body) as { readonly reason?: unknown; readonly worded?: true };
  const listed = typeof reason === 'string' ? excuseWords(reason) : '';
  const written = worded === true ? words ?? '（理由已按规定删除）' : '';
  return [listed, written].filter(part => part !== '').join('：');
}
