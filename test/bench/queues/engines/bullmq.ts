import { importPackage } from './import-package.ts';
import type { ForeignEngine, Payload, Place } from './engine-under-test.ts';

interface Queue {
  add(name: string, data: unknown): Promise<{ readonly id?: string }>;
  addBulk(jobs: readonly { readonly name: string; readonly data: unknown }[]): Promise<unknown>;
  close(): Promise<void>;
}
interface BullMq {
  Queue: new (name: string, options: object) => Queue;
  Worker: new (
    name: string,
    run: (job: { readonly data: Payload }) => Promise<void>,
    options: object,
  ) => {
    on(event: 'completed' | 'error', listener: (what: unknown) => void): void;
  };
}

const connection = (place: Place) => ({ host: '127.0.0.1', port: place.redisPort, maxRetriesPerRequest: null });
/** Beyond some fifty its throughput no longer grows on two cores. */
const concurrency = { one: 1, best: 100, idle: 1, watchful: 1 } as const;
/** Jobs of one `addBulk`: one Redis transaction. */
const bulkPiece = 1_000;

export const bullmq: ForeignEngine = {
  name: 'bullmq',
  needs: 'redis',
  settings: 'Redis appendonly, appendfsync always; concurrency 100 at best; lock of 1 s checked every 0.5 s for the killed worker',
  jobs: { enqueue: 1_500, bulk: 20_000, one: 1_500, best: 8_000 },
  noRerun: null,
  async producer(place) {
    const lib = await importPackage<BullMq>('bullmq');
    const queue = new lib.Queue('bench', { connection: connection(place) });
    return {
      add: async payload => String((await queue.add('bench', payload)).id),
      async addMany(payloads) {
        for (let at = 0; at < payloads.length; at += bulkPiece) {
          await queue.addBulk(payloads.slice(at, at + bulkPiece).map(data => ({ name: 'bench', data })));
        }
      },
      close: () => queue.close(),
    };
  },
  async work(place, mode, hooks) {
    const lib = await importPackage<BullMq>('bullmq');
    const worker = new lib.Worker('bench', job => hooks.run(job.data, null), {
      connection: connection(place),
      concurrency: concurrency[mode],
      ...(mode === 'watchful' ? { lockDuration: 1_000, stalledInterval: 500, maxStalledCount: 5 } : {}),
    });
    worker.on('completed', () => hooks.onEnded(1));
    worker.on('error', error => console.error(error));
  },
};
