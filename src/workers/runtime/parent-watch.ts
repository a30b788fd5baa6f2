import { Worker } from 'node:worker_threads';

/** Once a second: an orphan that computes in a circle takes the processor no longer than that. */
const watchEveryMs = 1_000;

/**
 * The source of the watching thread. It runs apart from the worker's own loop, because that loop may be blocked by
 * someone's document at the very moment the program is killed, and then no disconnect is ever heard. `ppid` changes when
 * a POSIX parent dies; on Windows it stays and the parent stops answering signal 0.
 */
const watcher = `
const parent = require('node:worker_threads').workerData;
setInterval(() => {
  let alive = process.ppid === parent;
  if (alive) try { process.kill(parent, 0); } catch (error) { alive = error.code === 'EPERM'; }
  if (!alive) process.kill(process.pid, 'SIGKILL');
}, ${watchEveryMs});
`;

/** Ends this process when its parent is gone, even while its own loop is blocked. */
export function watchParent(): void {
  const thread = new Worker(watcher, {
    eval: true,
    // Read here and now: a parent that dies while the thread starts would be taken for its own heir.
    workerData: process.ppid,
    env: {},
    // A few kilobytes of code; without limits V8 reserves as for a program.
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  thread.unref();
  // Without its watcher a worker still leaves on disconnect.
  thread.on('error', () => {});
}
