import { readdirSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

/**
 * A worker computes for seconds while main answers within a few milliseconds. With equal rights main waits for the processor
 * whenever the machine has fewer cores than busy threads, and V8 gives each worker several: on two cores such waits were most of
 * what delayed main's loop during a job. Five steps of niceness leave a worker a third of what others of the machine get when all
 * want the processor, and all of it when nobody does; ten, a tenth, spared main no more. Windows has no steps but classes, and the
 * next one is "below normal".
 */
const stepsBelowMain = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 5;

/**
 * Puts a process below this one in the queue for the processor. One that somebody waits for is put there when it is ready: its start has
 * a ceiling, and on a busy machine it would miss it. A system that refuses leaves the process as it was.
 */
export function runInBackground(pid: number): void {
  // Relative to this process: a program somebody started with `nice` keeps the same distance.
  const priority = Math.min(getPriority() + stepsBelowMain, constants.priority.PRIORITY_LOW);
  for (const id of threadsOf(pid)) {
    try {
      setPriority(id, priority);
    } catch {
      // It ended at this moment, or the system forbids it.
    }
  }
}

/** Linux keeps a priority per thread, and later threads inherit that of the one that starts them; elsewhere it is the process's. */
function threadsOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [pid];
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}
