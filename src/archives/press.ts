import { join } from 'node:path';
import { loadViews } from '../web/render.ts';

export interface Document { readonly name: string; readonly text: string }
export interface Printed { readonly name: string; readonly title: string }
/** One paper by the view that prints it. */
export type Paper = (name: string, view: string, model: { readonly title: string; readonly [key: string]: unknown }) => Document;

const folder = join(import.meta.dirname, '../../views');

/** Papers for the shelf stand by themselves: their style lies beside them, nothing is fetched, any browser opens them in thirty years. `printed`: those made so far. */
export function openPress(round: string): { readonly paper: Paper; readonly printed: Printed[] } {
  const { render } = loadViews(folder, { url: name => name });
  const printed: Printed[] = [];
  return { printed, paper(name, view, model) {
    printed.push({ name, title: model.title });
    return { name, text: render(`archives/${view}`, { up: name.includes('/') ? '../' : '', round, ...model }) };
  } };
}
