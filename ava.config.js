// TypeScript is read as it is (Node 24 strips the types). Workers are processes: a native module that falls over takes one file down, not the run.
export default {
  files: ['test/{pure,store,acts,doors,laws,browser}/**/*.test.ts'],
  extensions: ['ts'],
  workerThreads: false,
  concurrency: Number(process.env.TEST_WORKERS ?? 2),
  timeout: process.env.TRIAL === '1' ? '20m' : '60s',
};
