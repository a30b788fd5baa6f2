import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '../../../src/main/store/connection.ts';
import type { Contestant, Session } from './contestant.ts';
import { processorMicros } from './processor-time.ts';

const notApplicable = { why: 'Statements alone wait for nobody.' };
/** Jobs claimed and finished in one transaction at best: as many as a busy turn of an engine would hold. */
const batch = 256;

/**
 * The limit: the fewest prepared statements that make a queue, on one table with one partial index, without events,
 * without keys and without a worker process.
 */
export function rawContestant(folder: string): Contestant {
  let sessions = 0;
  return {
    name: 'raw statements',
    settings: `SQLite synchronous=FULL, one table with one partial index, no worker process; at best ${batch} per transaction`,
    jobs: { enqueue: 4_000, bulk: 100_000, one: 3_000, best: 50_000 },
    open() {
      sessions += 1;
      return Promise.resolve(openSession(join(folder, `raw-${sessions}.db`)));
    },
  };
}

function openSession(file: string): Session {
  const db = openConnection(file);
  db.exec(`
    CREATE TABLE job (id INTEGER PRIMARY KEY, payload TEXT NOT NULL, state TEXT NOT NULL, due_at_ms INTEGER NOT NULL) STRICT;
    CREATE INDEX job_queued ON job (due_at_ms, id) WHERE state = 'queued';`);
  const insert = db.prepare<[string, number]>("INSERT INTO job (payload, state, due_at_ms) VALUES (?, 'queued', ?)");
  const claim = db.prepare<[], { id: number; payload: string }>(
    "UPDATE job SET state = 'running' WHERE id = (SELECT id FROM job WHERE state = 'queued' ORDER BY due_at_ms, id LIMIT 1) RETURNING id, payload",
  );
  const finish = db.prepare<[number]>("UPDATE job SET state = 'done' WHERE id = ? AND state = 'running'");
  const together = db.transaction((work: () => void) => {
    work();
  });
  const payload = JSON.stringify({ n: 1, sentAtMs: 1, work: 'nothing', padding: 'x'.repeat(40) });
  const timed = (work: () => void): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const runOne = (): void => {
    const row = claim.get();
    if (row === undefined) throw new Error('The queue ran dry.');
    finish.run(row.id);
  };

  return {
    enqueueOneByOne: count =>
      Promise.resolve(
        timed(() => {
          for (let n = 0; n < count; n += 1) insert.run(payload, Date.now());
        }),
      ),
    enqueueBulk: count =>
      Promise.resolve(
        timed(() => {
          together.immediate(() => {
            for (let n = 0; n < count; n += 1) insert.run(payload, Date.now());
          });
        }),
      ),
    drain(mode, count) {
      const before = processorMicros([process.pid]);
      const ms = timed(() => {
        if (mode === 'one') for (let n = 0; n < count; n += 1) runOne();
        else
          for (let left = count; left > 0; left -= batch)
            together.immediate(() => {
              for (let n = Math.min(batch, left); n > 0; n -= 1) runOne();
            });
      });
      const after = processorMicros([process.pid]);
      return Promise.resolve({ jobs: count, ms, cpuMicros: before === null || after === null ? null : after - before });
    },
    pickups: () => Promise.resolve([]),
    rerunAfterKill: () => Promise.resolve(notApplicable),
    cancelReach: () => Promise.resolve(notApplicable),
    close() {
      db.close();
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
      return Promise.resolve();
    },
  };
}
