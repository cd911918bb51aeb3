import { handOver, ready } from './ready.mjs';

ready();
handOver('src/cli.ts', process.argv.slice(2));
