import { common } from '../kit/refusals.ts';
import { gapsReport } from './gaps.ts';
import type { Report } from './report.ts';
import { summaryReport } from './summary.ts';
import { visitsReport } from './visits.ts';

/** Every report; a new one is a file beside these and a line here. */
export const reports: readonly Report[] = [summaryReport, visitsReport, gapsReport];

export const reportNamed = (name: string): Report => reports.find(report => report.name === name) ?? common.refuse('not-found');
