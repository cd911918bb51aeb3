import type { RuleForm } from './rule-form.ts';
import { optionsTable } from '../panes/options-table.ts';

/** The points stand with the options: the same table is on the page of what is asked. */
export const choiceForm: RuleForm = { start: () => ({ kind: 'choice' }), parts: ({ path, address }) => [optionsTable(path.slice(0, -1), address)] };
