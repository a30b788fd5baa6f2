/**
 * The worker process of a foreign engine: `node foreign-worker.ts '<WorkerOrder as JSON>'`. It says when its first job
 * starts, when `count` jobs have ended, and each start where that is asked for.
 */
import { machineMs } from './clock.ts';
import { foreignEngines } from './engines/foreign-engines.ts';
import type { ForeignName, Payload, Place, WorkerMode } from './engines/engine-under-test.ts';

export interface WorkerOrder {
  readonly engine: ForeignName;
  readonly place: Place;
  readonly mode: WorkerMode;
  readonly count: number;
}

export type WorkerNews =
  | { readonly type: 'ready' }
  | { readonly type: 'first'; readonly atMs: number }
  | { readonly type: 'started' | 'aborted'; readonly atMs: number; readonly n: number }
  | { readonly type: 'ended'; readonly atMs: number; readonly pickups: readonly number[] };

const order = JSON.parse(process.argv[2] ?? '{}') as WorkerOrder;
const say = (news: WorkerNews): void => {
  process.send?.(news);
};
const pickups: number[] = [];
let ended = 0;
let started = 0;

process.on('disconnect', () => process.exit(0));

async function run(payload: Payload, signal: AbortSignal | null): Promise<void> {
  const atMs = machineMs();
  if (order.mode === 'idle') pickups.push(atMs - payload.sentAtMs);
  if (started === 0) say({ type: 'first', atMs });
  started += 1;
  if (payload.work === 'nothing') return;
  say({ type: 'started', atMs, n: payload.n });
  await new Promise<void>((_, reject) => {
    signal?.addEventListener('abort', () => {
      say({ type: 'aborted', atMs: machineMs(), n: payload.n });
      reject(new Error('The work was cancelled.'));
    });
  });
}

await foreignEngines[order.engine].work(order.place, order.mode, {
  run,
  onEnded(count) {
    ended += count;
    if (ended >= order.count && ended - count < order.count) say({ type: 'ended', atMs: machineMs(), pickups });
  },
});
say({ type: 'ready' });
