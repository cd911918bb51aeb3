import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Config } from './config.ts';
import type { Clock } from './kit/time.ts';
import { systemClock } from './kit/time.ts';
import { openStore, type Store } from './store/open.ts';
import { Numbers } from './store/numbers.ts';
import { Queue } from './store/queue.ts';
import { openSecrets, type Secrets } from './store/secrets.ts';
import type { Desk } from './store/unit.ts';
import { Writer } from './store/writer.ts';

/** Everything a running system needs, made once. Acts take it as a `Desk`; a test opens its own. */
export interface Office extends Desk {
  readonly config: Config;
  readonly store: Store;
  /** For long readers: rating, export, verify. */
  readonly jobs: Knex;
  readonly secrets: Secrets;
  /** Where evidence files live. */
  readonly evidenceDir: string;
  close(): Promise<void>;
}

export function openOffice(config: Config, clock: Clock = systemClock): Office {
  const store = openStore(config);
  const secrets = openSecrets(config.dataDir);
  return {
    config, clock, store,
    read: store.read, jobs: store.jobs,
    writer: new Writer(store),
    queue: new Queue(),
    numbers: new Numbers(store.write),
    secrets,
    evidenceDir: join(config.dataDir, 'evidence'),
    async close() { await Promise.all([secrets.close(), store.close()]); },
  };
}
