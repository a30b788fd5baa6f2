import { memoryBelow } from '../../system/process-table.ts';

/** Chromium says so of each process that shows pages. */
const showsPages = '--type=renderer';
/** A look takes some ten milliseconds, and on Windows most of a second. */
const lookEveryMs = process.platform === 'win32' ? 30_000 : 5_000;

export interface MemoryWatch {
  /** The browser's first process. */
  readonly browser: number;
  /** What the pages of one site may hold together. */
  readonly limitBytes: number;
  /** One of them held more, and its process was ended. */
  readonly ended: (heldBytes: number) => void;
}

/**
 * Ends the process of pages that hold more memory than they may: a page that never stops growing would take the machine from the person
 * whose it is. Its tab is lost as with any crash, and the task goes on. Returns how to stop.
 */
export function watchMemory({ browser, limitBytes, ended }: MemoryWatch): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout | null = null;
  async function look(): Promise<void> {
    // A list of processes that cannot be had now is looked at later.
    const held = await memoryBelow(browser, showsPages).catch(() => []);
    for (const { pid, bytes } of held) {
      if (isOver || bytes <= limitBytes) continue;
      try {
        process.kill(pid, 'SIGKILL');
        ended(bytes);
      } catch {
        // It has ended by itself.
      }
    }
    arm();
  }
  function arm(): void {
    if (!isOver) timer = setTimeout(() => void look(), lookEveryMs);
  }
  arm();
  return () => {
    isOver = true;
    if (timer !== null) clearTimeout(timer);
  };
}
