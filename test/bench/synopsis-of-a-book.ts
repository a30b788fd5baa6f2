/**
 * A 300-page PDF becomes a synopsis in the built program with its real workers: how long it takes, what memory its workers
 * need and how much later main's event loop runs meanwhile. `node test/bench/synopsis-of-a-book.ts`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { makeBook } from './program/book.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startBuilt } from './program/built-program.ts';
import { makeSynopsisOf } from './program/make-synopsis.ts';
import { watchWorkers } from './program/worker-memory.ts';
import { report, skip } from './report/report.ts';

const pageCount = 300;

using folder = benchFolder();
const books = [await makeBook(pageCount, 1), await makeBook(pageCount, 2)] as const;
const program = await startBuilt(folder.at('data'), { withProbe: true });
try {
  const client = await program.connect();
  const memory = watchWorkers(program.pid);
  const make = async (bytes: Uint8Array, name: string): Promise<number> => {
    const startedAt = performance.now();
    await makeSynopsisOf(client, { name, bytes }, 'full');
    return performance.now() - startedAt;
  };
  const firstMs = await make(books[0], 'first.pdf');
  // Passages are still put into the index for a while; idle begins after that.
  await pause(3_000);
  await program.loopDelay();
  await pause(firstMs);
  const idle = await program.loopDelay();
  const secondMs = await make(books[1], 'second.pdf');
  const busy = await program.loopDelay();
  const peak = memory?.stop();

  const seconds = Math.max(firstMs, secondMs) / 1_000;
  report(`${pageCount}-page PDF to synopsis, all sections, the slower of two`, seconds, 's', {
    target: { atMost: 30 },
    note: `first ${(firstMs / 1_000).toFixed(1)} s, second ${(secondMs / 1_000).toFixed(1)} s; files of ${(books[0].byteLength / 1e6).toFixed(1)} MB`,
  });
  if (peak === undefined) skip('peak memory of the workers', 'This system has no /proc that lists the children of a process.');
  else {
    report('peak memory of the workers, all at one time', peak.together, 'MB', {
      target: { atMost: 400 },
      note: [...peak.ofWorker].map(([worker, mb]) => `${worker} alone ${mb.toFixed(0)} MB`).join(', '),
    });
  }
  report('main loop delay p99 during the job against idle', busy.p99 / idle.p99, '×', {
    target: { atMost: 3 },
    note: `idle ${idle.p99.toFixed(2)} ms (longest ${idle.max.toFixed(1)}), during the job ${busy.p99.toFixed(2)} ms (longest ${busy.max.toFixed(1)})`,
  });
} finally {
  await program.stop();
}
