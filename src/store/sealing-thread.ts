import { parentPort, workerData } from 'node:worker_threads';
import { keptOf, type Answered, type Asked } from './sealing.ts';
import { secretsOf, type SecretsFile } from './secrets.ts';

// The other side of `Sealer`: it holds the office's keys and nothing else.
const secrets = secretsOf(workerData as SecretsFile);
parentPort?.on('message', ({ no, bare }: Asked) => { parentPort?.postMessage({ no, kept: keptOf(secrets, bare) } satisfies Answered); });
