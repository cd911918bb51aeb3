import { Faults } from '../../kit/faults.ts';
import type { Raw } from '../../kit/form.ts';
import type { Body } from './edit/path.ts';
import { edited } from './pane.ts';
import { openPane } from './panes.ts';

/** The draft with what is being typed on a page; as it is kept while that cannot be read yet. */
export function typedBody(body: Body, address: string, raw: Raw): Body {
  const open = openPane(body, address);
  if (open === undefined) return body;
  try { return edited(body, open.pane.parts(body, open.path), raw); } catch (error) { if (error instanceof Faults) return body; throw error; }
}
