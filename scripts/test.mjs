import { handOver, ready } from './ready.mjs';

ready({ development: true, mayInstallSystemPackages: true });
handOver('scripts/suite.mjs', process.argv.slice(2));
