import { EventEmitter } from 'node:events';
import { importPackage } from './import-package.ts';
import type { ForeignEngine, Payload } from './engine-under-test.ts';

interface Utils {
  migrate(): Promise<void>;
  addJob(task: string, payload: object): Promise<{ readonly id: string }>;
  addJobs(jobs: readonly { readonly identifier: string; readonly payload: unknown }[]): Promise<unknown>;
  release(): Promise<void>;
}
interface Graphile {
  makeWorkerUtils(options: object): Promise<Utils>;
  run(options: object): Promise<unknown>;
  Logger: new (factory: () => (level: string, message: string) => void) => object;
}

const quiet = (lib: Graphile): object =>
  new lib.Logger(() => (level, message) => {
    if (level === 'error') console.error(message);
  });
const bulkPiece = 5_000;

/** What its page on performance recommends: a local queue and batched completions. */
const fastest = { concurrentJobs: 24, maxPoolSize: 26, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };

export const graphileWorker: ForeignEngine = {
  name: 'graphile-worker',
  needs: 'postgres',
  settings: 'PostgreSQL fsync=on, synchronous_commit=on; at best 24 at once with a local queue of 500 and batched completions',
  jobs: { enqueue: 600, bulk: 20_000, one: 1_000, best: 20_000 },
  noRerun: 'A worker that dies keeps its jobs for 4 hours by design.',
  async producer(place) {
    const lib = await importPackage<Graphile>('graphile-worker');
    const utils = await lib.makeWorkerUtils({ connectionString: place.postgresUrl, logger: quiet(lib) });
    await utils.migrate();
    return {
      add: async payload => (await utils.addJob('bench', payload)).id,
      async addMany(payloads) {
        for (let at = 0; at < payloads.length; at += bulkPiece)
          await utils.addJobs(payloads.slice(at, at + bulkPiece).map(payload => ({ identifier: 'bench', payload })));
      },
      close: () => utils.release(),
    };
  },
  async work(place, mode, hooks) {
    const lib = await importPackage<Graphile>('graphile-worker');
    const events = new EventEmitter();
    events.on('job:complete', () => hooks.onEnded(1));
    const worker = mode === 'best' ? fastest : { concurrentJobs: 1, maxPoolSize: 4 };
    await lib.run({
      preset: { worker: { ...worker, connectionString: place.postgresUrl, pollInterval: 1_000 } },
      logger: quiet(lib),
      events,
      noHandleSignals: true,
      taskList: {
        bench: (payload: Payload, helpers: { readonly abortSignal?: AbortSignal }) => hooks.run(payload, helpers.abortSignal ?? null),
      },
    });
  },
};
