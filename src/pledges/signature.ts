import { drawnBytes, type EvidenceSource } from '../households/evidence.ts';
import { typed } from '../kit/form.ts';
import type { Visit } from '../web/visit.ts';

/** The photo of the signed paper, or the signature drawn on the tablet. */
export function signatureIn(visit: Visit): EvidenceSource | undefined {
  const [file] = visit.files;
  if (file !== undefined) return { path: file.path };
  const bytes = drawnBytes(typed(visit.raw, 'signature'));
  return bytes === undefined ? undefined : { bytes };
}
