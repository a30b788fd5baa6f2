/**
 * A 300-page PDF becomes a synopsis in the built program with its real workers: how long it takes, what memory its workers
 * need and how much later main's event loop runs meanwhile. `node test/bench/synopsis-of-a-book.ts`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { makeBook } from './program/book.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startBuilt, type LoopDelay } from './program/built-program.ts';
import { makeSynopsisOf } from './program/make-synopsis.ts';
import { watchWorkers } from './program/worker-memory.ts';
import { median } from './report/percentile.ts';
import { report, skip } from './report/report.ts';

const pageCount = 300;
/** Idle and at work take turns so many times: a minute in which others use the machine then meets both. */
const rounds = 3;
/** After a synopsis is ready its last events and writes are still under way; idle begins after that. */
const settleMs = 2_000;

using folder = benchFolder();
const program = await startBuilt(folder.at('data'), { withProbe: true });
try {
  const client = await program.connect();
  const memory = watchWorkers(program.pid);
  let madeBytes = 0;
  // Every book is another one: the same text would not be indexed a second time.
  const make = async (bytes: Uint8Array, name: string): Promise<number> => {
    madeBytes = bytes.byteLength;
    const startedAt = performance.now();
    await makeSynopsisOf(client, { name, bytes }, 'full');
    return performance.now() - startedAt;
  };
  const took = [await make(await makeBook(pageCount, 0), 'book 0.pdf')];
  const idle: LoopDelay[] = [];
  const busy: LoopDelay[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const book = await makeBook(pageCount, round);
    await pause(settleMs);
    await program.loopDelay();
    await pause(took.at(-1) ?? 0);
    idle.push(await program.loopDelay());
    took.push(await make(book, `book ${round}.pdf`));
    busy.push(await program.loopDelay());
  }
  const peak = memory?.stop();

  report(`${pageCount}-page PDF to synopsis, full detail, the slowest of ${took.length}`, Math.max(...took) / 1_000, 's', {
    target: { atMost: 30 },
    note: `${took.map(ms => (ms / 1_000).toFixed(1)).join(', ')} s, the first with no worker started yet; files of ${(madeBytes / 1e6).toFixed(1)} MB`,
  });
  if (peak === undefined) skip('peak memory of the largest worker', 'This system has no /proc that lists the children of a process.');
  else {
    const [worker, highest] = [...peak.ofWorker].reduce((most, each) => (each[1] > most[1] ? each : most), ['none', 0]);
    report('peak memory of the largest worker', highest, 'MB', {
      target: { atMost: 400 },
      note: `${worker}; ${[...peak.ofWorker].map(([name, mb]) => `${name} ${mb.toFixed(0)} MB`).join(', ')}; all at one time, with the ones that stand by, ${peak.together.toFixed(0)} MB, and ${peak.addedUp.toFixed(0)} MB with the program file's pages counted in each process`,
    });
  }
  const p99 = (delays: readonly LoopDelay[]): number => median(delays.map(delay => delay.p99));
  const longest = (delays: readonly LoopDelay[]): string => Math.max(...delays.map(delay => delay.max)).toFixed(0);
  report('main loop delay p99 during the job against idle', p99(busy) / p99(idle), '×', {
    target: { atMost: 3 },
    note: `medians of ${rounds}: idle ${p99(idle).toFixed(2)} ms (longest ${longest(idle)}), during the job ${p99(busy).toFixed(2)} ms (longest ${longest(busy)}), with the 1 ms of the timer itself`,
  });
} finally {
  await program.stop();
}
