import { handOver, ready } from './ready.mjs';

ready();
handOver('src/main.ts', process.argv.slice(2));
