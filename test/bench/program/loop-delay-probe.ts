/**
 * Loaded into the built program with `node --import`: measures how late main's event loop is and tells it over the process
 * channel. The program itself is unchanged.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** The finest that perf_hooks offers; its own millisecond is part of every figure, idle or not. */
const resolutionMs = 1;
const nsPerMs = 1e6;

if (isMainThread && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  process.on('message', message => {
    if (message === 'read')
      process.send?.({
        p50: delay.percentile(50) / nsPerMs,
        p99: delay.percentile(99) / nsPerMs,
        max: delay.max / nsPerMs,
        count: delay.count,
      });
    delay.reset();
  });
  // The probe must not keep the program alive.
  process.channel?.unref();
}
