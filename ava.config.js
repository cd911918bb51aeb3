// TypeScript is read as it is (Node 24 strips the types). Workers are processes: a native module that falls over takes one file down, not the run.
/** The longest files begin first: begun last, one of them would keep a whole core waiting at the end. */
const long = ['powers', 'walk-', 'fuzz', 'story', 'twice', 'journeys'];
const weight = file => { const at = long.findIndex(name => file.includes(`/${name}`)); return at < 0 ? long.length : at; };

export default {
  files: ['test/{pure,store,acts,doors,laws,browser}/**/*.test.ts'],
  extensions: ['ts'],
  workerThreads: false,
  sortTestFiles: (one, other) => weight(one) - weight(other) || (one < other ? -1 : 1),
  concurrency: Number(process.env.TEST_WORKERS ?? 2),
  timeout: process.env.TRIAL === '1' ? '20m' : '60s',
};
