import { handOver, ready } from './ready.mjs';

ready();
handOver('bench/main.ts', process.argv.slice(2));
