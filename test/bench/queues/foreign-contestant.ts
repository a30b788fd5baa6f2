import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { machineMs } from './clock.ts';
import type { Contestant, NotMeasured, Session } from './contestant.ts';
import { foreignEngines } from './engines/foreign-engines.ts';
import type { ForeignName, Payload, Place, WorkerMode } from './engines/engine-under-test.ts';
import type { WorkerNews, WorkerOrder } from './foreign-worker.ts';
import { processorMicros } from './processor-time.ts';

/** With the other fields about 100 bytes of JSON. */
const padding = 'x'.repeat(40);
/** The longest any of these waits is known to take is 11 s; what takes twice that is not coming. */
const patienceMs = 25_000;
/** Between two jobs for an idle worker: long enough for it to go idle, and no multiple of a polling interval. */
const idleGapMs = 7.3;
/** For an engine's own connections and first empty look to be over. */
const settleMs = 300;

export interface Places {
  /** Empty storage for one session. */
  fresh(): Promise<Place>;
  /** Processes that work for the engine beside the bench and its worker. */
  readonly serverPids: readonly number[];
}

type News<T extends WorkerNews['type']> = Extract<WorkerNews, { readonly type: T }>;

interface WorkerProcess {
  /** The next news of this type that nobody else took. */
  heard(type: 'ended'): Promise<News<'ended'>>;
  heard(type: 'ready'): Promise<unknown>;
  heard(type: 'first' | 'started' | 'aborted'): Promise<{ readonly atMs: number }>;
  kill(): Promise<void>;
}

function startWorker(order: WorkerOrder): WorkerProcess {
  const child = fork(join(import.meta.dirname, 'foreign-worker.ts'), [JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const news: WorkerNews[] = [];
  const waiting: { readonly type: WorkerNews['type']; take(news: WorkerNews): void; giveUp(why: string): void }[] = [];
  child.on('exit', code => {
    for (const { giveUp } of waiting.splice(0)) giveUp(`ended with code ${code ?? 'none'}`);
  });
  child.on('message', message => {
    const said = message as WorkerNews;
    const at = waiting.findIndex(({ type }) => type === said.type);
    if (at < 0) news.push(said);
    else waiting.splice(at, 1)[0]?.take(said);
  });
  function heard(type: WorkerNews['type']): Promise<never> {
    const at = news.findIndex(said => said.type === type);
    if (at >= 0) return Promise.resolve(news.splice(at, 1)[0] as never);
    return new Promise((resolve, reject) => {
      const giveUp = (why: string): void => {
        clearTimeout(tooLong);
        reject(new Error(`The worker of ${order.engine} ${why} and did not say "${type}".`));
      };
      const tooLong = setTimeout(giveUp, patienceMs, `was given ${patienceMs} ms`);
      waiting.push({
        type,
        giveUp,
        take(said) {
          clearTimeout(tooLong);
          resolve(said as never);
        },
      });
    });
  }
  return {
    heard,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

export function foreignContestant(name: ForeignName, places: Places): Contestant {
  const engine = foreignEngines[name];
  return { name, settings: engine.settings, jobs: engine.jobs, open: () => openSession(name, places) };
}

async function openSession(name: ForeignName, places: Places): Promise<Session> {
  const engine = foreignEngines[name];
  const place = await places.fresh();
  const producer = await engine.producer(place);
  const workers: WorkerProcess[] = [];
  let made = 0;

  function payload(work: Payload['work'] = 'nothing'): Payload {
    made += 1;
    return { n: made, sentAtMs: machineMs(), work, padding };
  }
  function work(mode: WorkerMode, count: number): WorkerProcess {
    const worker = startWorker({ engine: name, place, mode, count });
    workers.push(worker);
    return worker;
  }

  return {
    async enqueueOneByOne(count) {
      const start = performance.now();
      for (let n = 0; n < count; n += 1) await producer.add(payload());
      return performance.now() - start;
    },
    async enqueueBulk(count) {
      const payloads = Array.from({ length: count }, () => payload());
      const start = performance.now();
      await producer.addMany(payloads);
      return performance.now() - start;
    },
    async drain(mode, count) {
      const worker = work(mode, count);
      const roots = [process.pid, ...places.serverPids];
      const first = await worker.heard('first');
      const before = processorMicros(roots);
      const ended = await worker.heard('ended');
      const after = processorMicros(roots);
      return { jobs: count, ms: ended.atMs - first.atMs, cpuMicros: before === null || after === null ? null : after - before };
    },
    async pickups(count) {
      const worker = work('idle', count);
      await worker.heard('ready');
      await pause(settleMs);
      for (let n = 0; n < count; n += 1) {
        await producer.add(payload());
        await pause(idleGapMs);
      }
      return (await worker.heard('ended')).pickups;
    },
    async rerunAfterKill(): Promise<number | NotMeasured> {
      if (engine.noRerun !== null) return { why: engine.noRerun };
      // Both stand by, so that nothing but the job's own start lies between its claim and the kill.
      const both = [work('watchful', 1), work('watchful', 1)];
      for (const worker of both) await worker.heard('ready');
      await pause(settleMs);
      await producer.add(payload('hang'));
      const starts = both.map(async worker => ({ worker, start: await worker.heard('started') }));
      const first = await Promise.race(starts);
      const killedAtMs = machineMs();
      await first.worker.kill();
      const all = await Promise.all(starts);
      return Math.max(...all.map(({ start }) => start.atMs)) - killedAtMs;
    },
    async cancelReach(): Promise<number | NotMeasured> {
      if (producer.cancel === undefined) return { why: 'A running job is not told.' };
      const worker = work('watchful', 1);
      await worker.heard('ready');
      const id = await producer.add(payload('hang'));
      await worker.heard('started');
      await pause(settleMs);
      const askedAtMs = machineMs();
      await producer.cancel(id);
      return (await worker.heard('aborted')).atMs - askedAtMs;
    },
    async close() {
      for (const worker of workers) await worker.kill();
      await producer.close();
      for (const end of ['', '-wal', '-shm']) rmSync(place.file + end, { force: true });
    },
  };
}
