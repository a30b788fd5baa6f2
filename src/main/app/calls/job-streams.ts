import { pageLimit } from '../../../shared/contract/pagination.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobKindName, JobView } from '../../../shared/domain/job.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { DrainEnd } from '../../engine/engine-api.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { StreamHandlers } from '../../ipc/handlers.ts';
import type { BusEvent } from '../job-bus.ts';
import { setQueuePaused } from '../queue-pause.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** Each of them tells what there is now, and again after a change; what came while the reader was busy is told once, as it is then. */
export function jobStreams(context: CallContext): StreamHandlers {
  const { jobViews, engine, bus } = context;
  return {
    'jobs.follow': ({ jobId }, { signal }) => follow(jobId, signal),
    'jobs.drain': ({ kind }, { signal }) => drain(kind, signal),
  };

  async function* follow(jobId: JobId, signal: AbortSignal): AsyncGenerator<JobView> {
    const news = newsOf(bus, 'job-follower', signal, event => 'jobId' in event && event.jobId === jobId);
    try {
      while (await news.next()) {
        const view = expectFound(jobViews.view(jobId), 'job', jobId);
        yield view;
        if (isFinal(view.state)) return;
      }
    } finally {
      news.close();
    }
  }

  async function* drain(kind: JobKindName | null, signal: AbortSignal): AsyncGenerator<{ running: JobView[] }> {
    const news = newsOf(bus, 'drain', signal, event => 'jobId' in event && (kind === null || event.kind === kind));
    try {
      setQueuePaused(context, kind, true);
      const drained: { end: DrainEnd | null } = { end: null };
      const whenDrained = engine.drain(kind, signal).then(end => {
        drained.end = end;
      });
      let told: string | null = null;
      while (await Promise.race([news.next(), whenDrained.then(() => !signal.aborted)])) {
        if (drained.end === 'resumed') throw new ExpectedError('resumed', 'It was resumed before the last of its tasks had ended.');
        const running = runningOf(kind);
        const ids = running.map(job => job.id).join();
        if (ids !== told) yield { running };
        told = ids;
        if (drained.end !== null) return;
      }
    } finally {
      news.close();
    }
  }

  function runningOf(kind: JobKindName | null): JobView[] {
    const { jobs } = jobViews.page({ group: 'running', search: '', before: null, limit: pageLimit });
    return jobs.filter(job => kind === null || job.kind === kind);
  }
}

/** `next` resolves with true at first and after each piece of news that concerns, with false once `signal` has come. */
function newsOf(bus: CallContext['bus'], name: string, signal: AbortSignal, concerns: (event: BusEvent) => boolean) {
  let hasNews = true;
  let wake: (() => void) | null = null;
  function come(): void {
    hasNews = true;
    wake?.();
  }
  const unsubscribe = bus.subscribe(name, event => {
    if (concerns(event)) come();
  });
  signal.addEventListener('abort', come);
  return {
    async next(): Promise<boolean> {
      while (!hasNews && !signal.aborted) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      hasNews = false;
      return !signal.aborted;
    },
    close(): void {
      unsubscribe();
      signal.removeEventListener('abort', come);
    },
  };
}
