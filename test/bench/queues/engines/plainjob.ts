import { importPackage } from './import-package.ts';
import type { ForeignEngine, Payload, Place } from './engine-under-test.ts';

interface Sqlite {
  pragma(text: string): void;
}
interface Queue {
  add(type: string, data: unknown): { readonly id: number };
  addMany(type: string, data: readonly unknown[]): void;
  close(): void;
}
interface Worker {
  start(): Promise<void>;
}
interface Plainjob {
  better(db: Sqlite): unknown;
  defineQueue(options: object): Queue;
  defineWorker(type: string, run: (job: { readonly data: string }) => Promise<void>, options: object): Worker;
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };

async function open(place: Place, options: object = {}): Promise<{ plainjob: Plainjob; queue: Queue }> {
  const plainjob = await importPackage<Plainjob>('plainjob');
  const { default: Database } = await importPackage<{ default: new (file: string) => Sqlite }>('better-sqlite3');
  const db = new Database(place.file);
  const queue = plainjob.defineQueue({ connection: plainjob.better(db), logger: quiet, ...options });
  // It sets NORMAL itself; every commit is to be on disk here.
  db.pragma('synchronous = FULL');
  return { plainjob, queue };
}

export const plainjob: ForeignEngine = {
  name: 'plainjob',
  needs: 'file',
  settings: 'SQLite synchronous=FULL, polling every 1 ms, 500 ms time-out for the killed worker',
  jobs: { enqueue: 3_000, bulk: 50_000, one: 2_000, best: 2_000 },
  noRerun: null,
  async producer(place) {
    const { queue } = await open(place);
    return {
      add: payload => Promise.resolve(String(queue.add('bench', payload).id)),
      addMany(payloads) {
        queue.addMany('bench', payloads);
        return Promise.resolve();
      },
      close() {
        queue.close();
        return Promise.resolve();
      },
    };
  },
  async work(place, mode, hooks) {
    const { plainjob: lib, queue } = await open(place, mode === 'watchful' ? { timeout: 500, maintenanceInterval: 100 } : {});
    const worker = lib.defineWorker('bench', job => hooks.run(JSON.parse(job.data) as Payload, null), {
      queue,
      logger: quiet,
      pollIntervall: 1,
      onCompleted: () => hooks.onEnded(1),
    });
    void worker.start();
  },
};
