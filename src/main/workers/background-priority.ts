import { constants, getPriority, setPriority } from 'node:os';

/**
 * A worker computes for seconds while main answers within a few milliseconds. With equal rights main waits for the processor
 * whenever the machine has fewer cores than busy threads, and V8 gives each worker several: on two cores such waits were most of
 * what delayed main's loop during a job. Five steps of niceness leave a worker a third of what others of the machine get when all
 * want the processor, and all of it when nobody does; ten, a tenth, spared main no more, and let a start on a busy machine take
 * longer than it may. Windows has no steps but classes, and the next one is "below normal".
 */
export const stepsBelowMain = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 5;

/**
 * Puts a process below this one in the queue for the processor. To be called as soon as there is a pid: Linux keeps a priority per
 * thread, and only threads started afterwards inherit it. A system that refuses leaves the process as it was.
 */
export function runInBackground(pid: number): void {
  try {
    // Relative to this process: a program somebody started as `nice` keeps the same distance.
    setPriority(pid, Math.min(getPriority() + stepsBelowMain, constants.priority.PRIORITY_LOW));
  } catch {
    // It ended at once, or the system forbids it; its exit, or nothing, follows.
  }
}
