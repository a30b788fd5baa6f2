import type { Reader } from '../store/reader.ts';

/** Jobs that end within a second share one move: its two syncs are paid once, and the log grows by a few megabytes at most. */
const moveAfterMs = 1_000;

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
