import { importPackage } from './import-package.ts';
import type { ForeignEngine, Payload, Place } from './engine-under-test.ts';

interface Job {
  readonly data: Payload;
  readonly signal: AbortSignal;
}
interface Boss {
  on(event: 'error', listener: (error: unknown) => void): void;
  start(): Promise<unknown>;
  createQueue(name: string, options?: object): Promise<void>;
  send(name: string, data: object): Promise<string | null>;
  insert(name: string, jobs: readonly { readonly data: unknown }[]): Promise<unknown>;
  work(name: string, options: object, run: (jobs: readonly Job[]) => Promise<void>): Promise<string>;
  cancel(name: string, id: string): Promise<unknown>;
  stop(options?: object): Promise<void>;
}

async function open(place: Place, options: object): Promise<Boss> {
  const { PgBoss } = await importPackage<{ PgBoss: new (options: object) => Boss }>('pg-boss');
  const boss = new PgBoss({ connectionString: place.postgresUrl, useListenNotify: true, ...options });
  boss.on('error', error => console.error(error));
  await boss.start();
  // The shortest heartbeat it takes.
  await boss.createQueue('bench', { notify: true, heartbeatSeconds: 10, retryLimit: 5 }).catch((error: unknown) => {
    if (!String(error).includes('exist')) throw error;
  });
  return boss;
}

/** Rows per fetch: what its own documentation calls a batch, and what makes it fastest. */
const batchSize = { one: 1, best: 1_000, idle: 1, watchful: 1 } as const;
const bulkPiece = 10_000;

export const pgBoss: ForeignEngine = {
  name: 'pg-boss',
  needs: 'postgres',
  settings:
    'PostgreSQL fsync=on, synchronous_commit=on; LISTEN/NOTIFY, batches of 1,000 at best; heartbeat of 10 s (its shortest), refreshed every 0.5 s',
  jobs: { enqueue: 600, bulk: 20_000, one: 500, best: 15_000 },
  noRerun: null,
  async producer(place) {
    const boss = await open(place, { supervise: false, schedule: false });
    return {
      add: async payload => String(await boss.send('bench', payload)),
      async addMany(payloads) {
        for (let at = 0; at < payloads.length; at += bulkPiece)
          await boss.insert(
            'bench',
            payloads.slice(at, at + bulkPiece).map(data => ({ data })),
          );
      },
      cancel: async id => void (await boss.cancel('bench', id)),
      close: () => boss.stop({ graceful: false }),
    };
  },
  async work(place, mode, hooks) {
    const boss = await open(place, {
      schedule: false,
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 1,
      maintenanceIntervalSeconds: 1,
    });
    let finishing = 0;
    await boss.work(
      'bench',
      {
        batchSize: batchSize[mode],
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 0.5,
        burstWhenFetchFull: true,
        burstWhenReadyExceeds: 1,
        heartbeatRefreshSeconds: 0.5,
      },
      async jobs => {
        // It fetches the next batch once the last one is committed as completed.
        if (finishing > 0) hooks.onEnded(finishing);
        finishing = 0;
        await Promise.all(jobs.map(job => hooks.run(job.data, job.signal)));
        finishing = jobs.length;
      },
    );
    // The last batch has no successor; its commit follows within a round trip or two.
    setInterval(() => {
      if (finishing === 0) return;
      hooks.onEnded(finishing);
      finishing = 0;
    }, 20);
  },
};
