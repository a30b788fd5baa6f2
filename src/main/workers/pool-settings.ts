import type { WorkerName } from '../../shared/domain/job.ts';
import { browserCounts } from '../../shared/domain/settings.ts';

const mib = 1024 * 1024;
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** A worker is there within 10 s of its start or it counts as failed: a cold disk under load takes about three. */
export const readyCeilingMs = 10 * secondMs;
/** One that is started behind main, for nobody yet, may take as much longer as its share of a busy processor is smaller. */
export const standbyReadyCeilingMs = 3 * readyCeilingMs;
/** Time a task has to stop after `cancel`, 2 s: a person waits that long for a button, no longer. */
export const cancelGraceMs = 2 * secondMs;
/** Time workers have to leave at shutdown, 4 s: systems end a program that takes more than about 5 s to quit. */
export const shutdownCeilingMs = 4 * secondMs;
/** Once a second: a person looks at "last sign of life" in seconds. */
export const heartbeatMs = secondMs;
/** How often silence and memory are looked at, 250 ms: a bomb that unpacks 1 GB/s overshoots by a quarter of that. */
export const checkEveryMs = 250;
/**
 * Frames of the unasked kind between two checks above which a worker counts as flooding. The runtime sends some 30 of them
 * in that time for four busy tasks.
 */
export const framesPerCheckLimit = 5_000;
/** Host calls of one task in flight. Honest tasks have one. */
export const hostCallLimit = 16;

export interface PoolSettings {
  readonly maxProcesses: number;
  readonly tasksPerProcess: number;
  /** A process is replaced after so many tasks; null for never. */
  readonly recycleAfterTasks: number | null;
  /** V8's old space. */
  readonly heapLimitMb: number;
  /** Above this a process is replaced once it has nothing to do. */
  readonly softMemoryBytes: number;
  /** Above this it is killed, and its task fails as `out_of_memory`. */
  readonly hardMemoryBytes: number;
  /** Silence after which it counts as stalled: longer than its longest stretch of work between two turns of the loop. */
  readonly stallAfterMs: number;
  /** An idle process is stopped after this: memory goes back to the person, and a start takes some 100 ms. */
  readonly idleStopMs: number;
  /**
   * So long after a task was given, one more process is started that stands by: the next process that is needed, after a kill or
   * the last allowed task, is there already. It holds some 35 MB of its own and leaves after `idleStopMs`. Null for none.
   */
  readonly standbyAfterMs: number | null;
}

/** Half a second: a start takes about a third of that, and the task that was asked for has the machine to itself meanwhile. */
const soonMs = 500;

export const poolSettings: Readonly<Record<WorkerName, PoolSettings>> = {
  /**
   * Other people's bytes. One process per document: what a hostile one did to the parsers' state meets no second one. Two
   * at a time, since reading is bound by the processor and the person needs some of it.
   */
  documents: {
    maxProcesses: 2,
    tasksPerProcess: 1,
    recycleAfterTasks: 1,
    heapLimitMb: 768,
    softMemoryBytes: 512 * mib,
    hardMemoryBytes: 1_536 * mib,
    // Reading one huge DOCX or one page of a heavy PDF is a single stretch inside its library.
    stallAfterMs: 60 * secondMs,
    idleStopMs: 0,
    // Its readers are the largest of all: beside a book being read and a synopsis at work there is no room for one more.
    standbyAfterMs: null,
  },
  /**
   * Computation on text already checked, calls of models about it, and exports. A process each, since ranking leaves a process no
   * time for anything else: two synopses (`synopsesAtOnce`), and one for an export or an audit, which wait for none of them.
   */
  synopsis: {
    maxProcesses: 3,
    tasksPerProcess: 1,
    recycleAfterTasks: 50,
    heapLimitMb: 1_536,
    softMemoryBytes: 768 * mib,
    hardMemoryBytes: 2_048 * mib,
    // Ranking 5 MB of text is a stretch of two seconds, measured; the longest text allowed is some 15 times that.
    stallAfterMs: 2 * minuteMs,
    idleStopMs: 2 * minuteMs,
    standbyAfterMs: soonMs,
  },
  /**
   * Files that a synopsis travels in, both ways. A process for each: one that is given may come from anywhere, and the packages
   * that write the others are loaded for one file and not wanted after it.
   */
  files: {
    maxProcesses: 2,
    tasksPerProcess: 1,
    recycleAfterTasks: 1,
    heapLimitMb: 1_024,
    softMemoryBytes: 512 * mib,
    hardMemoryBytes: 1_536 * mib,
    // Packing the snapshots of a library of books is one stretch.
    stallAfterMs: 2 * minuteMs,
    idleStopMs: 0,
    standbyAfterMs: null,
  },
  /**
   * Browser tasks. One process each, which goes with its browser; as many as the settings allow at most (`browserCounts`). The
   * browser's own memory is looked after by its worker (`watch-memory.ts`): this is what drives it.
   */
  browser: {
    maxProcesses: browserCounts.max,
    tasksPerProcess: 1,
    recycleAfterTasks: 1,
    heapLimitMb: 768,
    softMemoryBytes: 512 * mib,
    hardMemoryBytes: 1_536 * mib,
    // A page of some megabytes is one stretch for the parser.
    stallAfterMs: 30 * secondMs,
    idleStopMs: 0,
    standbyAfterMs: null,
  },
  /**
   * Waits for others most of the time, so tasks share a process. A place for each answer that is written, each agent in the
   * background and each index that is made at once (`answersAtOnce`, `agentsAtOnce`, `embeddingsAtOnce`), one for a picture of each
   * document that is read at once (`readingsAtOnce`), and one for a question of the settings: none of them waits for another.
   */
  agent: {
    maxProcesses: 1,
    tasksPerProcess: 15,
    recycleAfterTasks: 500,
    heapLimitMb: 512,
    softMemoryBytes: 384 * mib,
    hardMemoryBytes: 1_024 * mib,
    stallAfterMs: 20 * secondMs,
    idleStopMs: 5 * minuteMs,
    standbyAfterMs: soonMs,
  },
};
