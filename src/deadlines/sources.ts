import type { DueSource } from '../web/due.ts';

/** Every kind of due day, handed in by the list of areas: this area comes after them all and names none. */
let all: readonly DueSource[] = [];
export const watchDues = (sources: readonly DueSource[]): void => { all = sources; };
export const dueSources = (): readonly DueSource[] => all;
