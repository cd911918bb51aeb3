import { canonical } from '../kit/canonical.ts';
import type { Json } from '../kit/canonical.ts';
import type { Standard } from './standard.ts';

/** The one text of a standard: key order and layout of its file make no difference. This is what is kept, hashed and exported. */
export const standardText = (standard: Standard): string => canonical(standard as unknown as Json);

/** The standard's hash; the digest of bytes comes in, because browser and server have different ones. */
export const standardHash = (standard: Standard, sha256: (bytes: Uint8Array) => string): string => sha256(new TextEncoder().encode(standardText(standard)));
