import { readdirSync, readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { leaveMainAProcessor } from './leave-main-a-processor.ts';

/**
 * A worker computes for seconds while main answers within a few milliseconds. With equal rights main waits for the processor
 * whenever the machine has fewer cores than busy threads, and V8 gives each worker several. Five steps of niceness leave a worker
 * a third of what others of the machine get when all want the processor, and all of it when nobody does; ten and nineteen spared
 * main no more, for a thread that has the processor keeps it to the end of its slice. Windows has no steps but classes, and the
 * next one is "below normal".
 */
const workerStepsBelowMain = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 5;

/**
 * A browser of a task is a dozen busy threads, which come after the workers that answer in the chat as well: beside two of them the first
 * word of an answer came three times as late.
 */
const stepsBelowWorkers = process.platform === 'win32' ? 0 : 10;

/**
 * A thread of main that cuts and stems for whole seconds. On two busy cores a request to it often took the processor away from main
 * itself: with ten steps of niceness the p99 of main's loop delay during a job fell by a sixth.
 */
const threadStepsBelowMain = 10;

/**
 * Puts a process below this one in the queue for the processor. One that somebody waits for is put there when it is ready: its start has
 * a ceiling, and on a busy machine it would miss it. A system that refuses leaves the process as it was.
 */
export function runInBackground(pid: number, { behindWorkers }: { readonly behindWorkers: boolean }): void {
  for (const id of threadsOf(pid)) lower(id, workerStepsBelowMain + (behindWorkers ? stepsBelowWorkers : 0));
  leaveMainAProcessor(pid, 'all its threads');
}

/** The same for the thread that calls it. Only Linux keeps a priority for each thread; elsewhere it would be the whole program's. */
export function runThisThreadInBackground(): void {
  if (process.platform !== 'linux') return;
  const id = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  lower(id, threadStepsBelowMain);
  leaveMainAProcessor(id, 'that thread');
}

function lower(id: number, steps: number): void {
  try {
    // Relative to this process: a program somebody started with `nice` keeps the same distance.
    setPriority(id, Math.min(getPriority() + steps, constants.priority.PRIORITY_LOW));
  } catch {
    // It ended at this moment, or the system forbids it.
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
