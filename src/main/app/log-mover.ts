import type { Reader } from '../store/reader.ts';

/**
 * What is written within this shares one move: its two syncs are paid once. Twenty thousand small jobs a second fill the log up to
 * where a commit has to move it itself (`connection.ts`) in less than a second, and the loop stands still for both syncs: without a
 * commit's own move its 99th percentile was 17 ms where it was 73, in one run each on a busy machine.
 */
const moveAfterMs = 250;

/** Has the database's log moved off the main thread, a while after jobs have written to it. */
export interface LogMover {
  /** Something was written. */
  wake(): void;
  /** Resolves when no move is under way; none begins afterwards. */
  close(): Promise<void>;
}

/** A move that fails changes nothing: the log waits for the next one, and a disk that takes no more is met by the next commit. */
export function createLogMover(reader: Pick<Reader, 'moveLog'>, report: (error: unknown) => void): LogMover {
  let timer: NodeJS.Timeout | null = null;
  let moving: Promise<void> = Promise.resolve();
  let isClosed = false;
  return {
    wake() {
      if (timer !== null || isClosed) return;
      timer = setTimeout(() => {
        timer = null;
        moving = reader.moveLog().catch(report);
      }, moveAfterMs);
      timer.unref();
    },
    close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      return moving;
    },
  };
}
