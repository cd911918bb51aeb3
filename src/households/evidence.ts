import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { actorId } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import type { Office } from '../office.ts';
import type { Unit } from '../store/unit.ts';
import { withoutPlaceAndTime } from './jpeg.ts';
import { households } from './refusals.ts';

export const evidenceKinds = { photo: '照片', signature: '签名', consent: '授权书照片', notice: '公示照片', import: '文件' } as const;
export type EvidenceKind = keyof typeof evidenceKinds;

/** An uploaded file on disk, or bytes at hand (a drawn signature). */
export type EvidenceSource = { readonly path: string } | { readonly bytes: Uint8Array };

/** Where a file lies: two characters of its id spread the folder. */
export const evidencePath = (office: Pick<Office, 'evidenceDir'>, id: string): string => join(office.evidenceDir, id.slice(-2), id);

/**
 * Unit-level: keeps a photo, scan or signature and stages its row; answers its id. What a file is, its bytes say, never its name.
 * The file is written before the commit: should that fail, a file nobody points to is left, and nothing else.
 */
export async function keepEvidence(office: Office, unit: Unit, given: { readonly subject: string; readonly kind: EvidenceKind; readonly source: EvidenceSource; readonly id?: string }): Promise<string> {
  const whole = 'path' in given.source ? await readFile(given.source.path) : Buffer.from(given.source.bytes);
  if (whole.length > limits.photoBytes) households.refuse('evidence-large', { field: given.kind });
  const mime = mimeOf(whole);
  if (mime === undefined) return households.refuse('evidence-type', { field: given.kind, pdf: 1 });
  const bytes = mime === 'image/jpeg' ? withoutPlaceAndTime(whole) : whole;
  const id = given.id ?? newId();
  const path = evidencePath(office, id);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, bytes, { mode: 0o600 });
  unit.insert('evidence', {
    id, subject: given.subject, kind: given.kind, mime, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), salt: newId(), at: unit.at, by: actorId(unit.actor),
  });
  return id;
}

/** JPEG, PNG, WebP and PDF by their first bytes; anything else is not taken. */
export function mimeOf(bytes: Uint8Array): 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf' | undefined {
  const starts = (at: number, ...wanted: readonly number[]): boolean => wanted.every((byte, index) => bytes[at + index] === byte);
  if (starts(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
  if (starts(0, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  return undefined;
}

/** The bytes of a signature drawn on the tablet, sent as a data address; nothing else is taken. */
export function drawnBytes(text: string): Uint8Array | undefined {
  const found = /^data:image\/png;base64,([A-Za-z0-9+/]+=*)$/.exec(text);
  return found?.[1] === undefined ? undefined : Buffer.from(found[1], 'base64');
}
