import { jobId, type JobId } from '../../shared/domain/ids.ts';
import type { BusEvent } from './job-bus.ts';
import type { Log } from './log.ts';

/** What a log entry says, with the trace of the job that it names. */
export function withTrace<F extends object>(fields: F, traceOf: (id: JobId) => string | null): F | (F & { readonly traceId: string }) {
  const id = 'jobId' in fields ? jobId.safeParse(fields.jobId) : null;
  const traceId = id?.success === true ? traceOf(id.data) : null;
  return traceId === null ? fields : { ...fields, traceId };
}

/** A line for every attempt's beginning and end, so that a job can be followed through the log by its trace. */
export function logJobs(log: Log): (event: BusEvent) => void {
  return event => {
    if (!('jobId' in event)) return;
    const { type, atMs: _, ...fields } = event;
    switch (event.type) {
      case 'started':
        log.debug(fields, 'A job begins an attempt.');
        return;
      case 'waiting':
        log.debug(fields, 'A job waits.');
        return;
      case 'scheduled':
        log.info(fields, 'A job is tried again later.');
        return;
      case 'returned':
        log.info(fields, 'A job was lost and is back in the queue.');
        return;
      case 'ended':
        log.info(fields, 'A job has ended.');
        return;
      default:
        log.trace({ ...fields, event: type }, 'News of a job.');
    }
  };
}
