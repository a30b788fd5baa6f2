import { importPackage } from './import-package.ts';
import type { ForeignEngine, Payload, Place } from './engine-under-test.ts';

interface Queue {
  enqueue(payload: unknown): Promise<{ readonly id: number } | undefined>;
}
interface Liteque {
  buildDBClient(file: string, options: object): { readonly session: { readonly client: { pragma(text: string): void; close(): void } } };
  SqliteQueue: new (name: string, db: object, options: object) => Queue;
  Runner: new (queue: Queue, functions: object, options: object) => { run(): Promise<void> };
}

async function open(place: Place) {
  const lib = await importPackage<Liteque>('liteque');
  const db = lib.buildDBClient(place.file, { runMigrations: true });
  // It sets NORMAL itself; every commit is to be on disk here.
  db.session.client.pragma('synchronous = FULL');
  db.session.client.pragma('busy_timeout = 5000');
  return { lib, db, queue: new lib.SqliteQueue('bench', db, { defaultJobArgs: { numRetries: 3 }, keepFailedJobs: false }) };
}

const concurrency = { one: 1, best: 8, idle: 1, watchful: 1 } as const;

export const liteque: ForeignEngine = {
  name: 'liteque',
  needs: 'file',
  settings: 'SQLite synchronous=FULL, polling every 1 ms, 1 s time-out for the killed worker; no bulk call',
  jobs: { enqueue: 1_000, bulk: 0, one: 400, best: 400 },
  noRerun: null,
  async producer(place) {
    const { db, queue } = await open(place);
    return {
      add: async payload => String((await queue.enqueue(payload))?.id),
      async addMany(payloads) {
        for (const payload of payloads) await queue.enqueue(payload);
      },
      close() {
        db.session.client.close();
        return Promise.resolve();
      },
    };
  },
  async work(place, mode, hooks) {
    const { lib, queue } = await open(place);
    const runner = new lib.Runner(
      queue,
      {
        run: (job: { readonly data: Payload; readonly abortSignal: AbortSignal }) => hooks.run(job.data, job.abortSignal),
        onComplete: () => {
          // Called just before the row is removed: the end is at most one commit early.
          hooks.onEnded(1);
          return Promise.resolve();
        },
      },
      { concurrency: concurrency[mode], pollIntervalMs: 1, timeoutSecs: mode === 'watchful' ? 1 : 60 },
    );
    void runner.run();
  },
};
