import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { later } from '../kit/later.ts';

const zip = later<typeof import('yazl')>('yazl');

export interface Sealed { readonly seal: string; readonly files: number; readonly bytes: number }
export const listName = '校验/SHA256SUMS.txt';

/** A zip file written piece by piece. The last piece lists the SHA-256 of all before it, as `sha256sum -c` reads it; the digest of that list is the seal. */
export class Bundle {
  readonly #zip = new (zip().ZipFile)();
  readonly #out;
  readonly #done: Promise<void>;
  readonly #listed: string[] = [];

  constructor(path: string) {
    this.#out = createWriteStream(path, { mode: 0o600 });
    this.#zip.outputStream.pipe(this.#out);
    this.#done = finished(this.#out);
    this.#done.catch(() => undefined);   // Told by `seal`, to whoever waits there.
  }

  add(name: string, text: string): void {
    const bytes = Buffer.from(text);
    this.#listed.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}`);
    this.#zip.addBuffer(bytes, name);
  }

  async seal(): Promise<Sealed> {
    const list = Buffer.from(`${this.#listed.join('\n')}\n`);
    this.#zip.addBuffer(list, listName);
    this.#zip.end();
    await this.#done;
    return { seal: createHash('sha256').update(list).digest('hex'), files: this.#listed.length, bytes: this.#out.bytesWritten };
  }

  destroy(): void { this.#out.destroy(); }
}
