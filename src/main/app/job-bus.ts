import type { JobKindName } from '../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { FinalJobState, WaitReason } from '../../shared/domain/job-state.ts';
import type { Engine, EngineEvent } from '../engine/engine-api.ts';
import type { JobFacts } from '../store/jobs/job-facts.ts';

/** What every event of a job says beside what happened. Ids, codes and times; no word of the person's. */
export interface AboutJob {
  readonly jobId: JobId;
  readonly kind: JobKindName | 'unknown';
  readonly sessionId: SessionId | null;
  readonly traceId: string;
  readonly attempt: number;
  readonly atMs: number;
}

/** How long the attempt took that ended with this event; null when none ran in this process. */
interface EndsAttempt {
  readonly ranMs: number | null;
}

type JobNews = Extract<EngineEvent, { readonly jobId: JobId }>;
type NewsOf<T extends string, More = unknown> = AboutJob & { readonly type: T } & More;

/** What happened to a job, after it was committed. */
export type JobEvent =
  | NewsOf<Exclude<JobNews['type'], keyof Detailed>>
  | { readonly [T in keyof Detailed]: NewsOf<T, Detailed[T]> }[keyof Detailed];

interface Detailed {
  /** `waitedMs` since the job was ready to run. */
  readonly started: { readonly waitedMs: number };
  readonly waiting: EndsAttempt & { readonly reason: WaitReason | null };
  /** Tried again at `dueAtMs`; `errorCode` is what went wrong. */
  readonly scheduled: EndsAttempt & { readonly dueAtMs: number; readonly errorCode: string | null };
  /** Lost through no fault of its own, and back in the queue. */
  readonly returned: EndsAttempt;
  /** Finished steps are being undone; the job ends after that. */
  readonly undoing: EndsAttempt;
  readonly ended: EndsAttempt & {
    readonly state: FinalJobState;
    readonly outcome: 'ok' | 'issues' | null;
    readonly errorCode: string | null;
    /** From its creation to its end. */
    readonly tookMs: number;
  };
}

export type BusEvent = JobEvent | Exclude<EngineEvent, JobNews>;

export interface JobBus {
  /** Hears of every event after its commit, in their order and in that of subscribing. `name`, without blanks, is for the log when it throws. */
  subscribe(name: string, listener: (event: BusEvent) => void): () => void;
  /** The trace of a job, for the log; null when there is no such job. Never throws. */
  traceOf(jobId: JobId): string | null;
  close(): void;
}

export interface JobBusParams {
  readonly engine: Pick<Engine, 'subscribe'>;
  readonly factsOf: (id: JobId) => JobFacts | null;
  readonly now: () => number;
  /** A subscriber threw, or `null`: the facts of a job could not be read. */
  readonly report: (subscriber: string | null, event: EngineEvent['type'], error: unknown) => void;
}

/** An event is told even when its row cannot be read. */
const unreadable: JobFacts = {
  kind: 'unknown',
  sessionId: null,
  traceId: '',
  attempt: 0,
  outcome: null,
  errorCode: null,
  waitReason: null,
  dueAtMs: 0,
  createdAtMs: 0,
};

/**
 * The one place where the program hears of its jobs. The engine tells that something happened; the bus adds what it
 * happened to and how long it took, and tells all who listen: windows, notifications, badges, metrics, the log, later
 * bridges. One that throws keeps nothing from the others. Nothing else subscribes to the engine.
 */
export function createJobBus({ engine, factsOf, now, report }: JobBusParams): JobBus {
  const listeners = new Set<{ readonly name: string; readonly hear: (event: BusEvent) => void }>();
  /** Jobs whose attempt runs in this process. */
  const running = new Map<JobId, { readonly facts: JobFacts; readonly sinceMs: number }>();
  /** Queued jobs that were resumed or given back: ready since then, which their row no longer says once they are claimed. */
  const readyAgain = new Map<JobId, number>();

  function read(type: EngineEvent['type'], id: JobId): JobFacts {
    try {
      return factsOf(id) ?? unreadable;
    } catch (error) {
      report(null, type, error);
      return unreadable;
    }
  }

  function attemptEnded(id: JobId, atMs: number): EndsAttempt {
    const attempt = running.get(id);
    running.delete(id);
    return { ranMs: attempt === undefined ? null : Math.max(0, atMs - attempt.sinceMs) };
  }

  function detailed(event: JobNews, atMs: number): JobEvent {
    const { jobId } = event;
    // Within an attempt nothing of this changes, and progress comes often.
    const known = event.type === 'step' || event.type === 'progress' ? running.get(jobId)?.facts : undefined;
    const facts = known ?? read(event.type, jobId);
    const { kind, sessionId, traceId, attempt, errorCode, outcome } = facts;
    const about: AboutJob = { jobId, kind, sessionId, traceId, attempt, atMs };
    switch (event.type) {
      case 'started': {
        const readyMs = Math.max(facts.dueAtMs, readyAgain.get(jobId) ?? 0);
        readyAgain.delete(jobId);
        running.set(jobId, { facts, sinceMs: atMs });
        return { ...about, type: 'started', waitedMs: facts === unreadable ? 0 : Math.max(0, atMs - readyMs) };
      }
      case 'resumed':
        readyAgain.set(jobId, atMs);
        return { ...about, type: 'resumed' };
      case 'returned': {
        const ends = attemptEnded(jobId, atMs);
        readyAgain.set(jobId, atMs);
        return { ...about, type: 'returned', ...ends };
      }
      case 'undoing': {
        const ends = attemptEnded(jobId, atMs);
        readyAgain.set(jobId, atMs);
        return { ...about, type: 'undoing', ...ends };
      }
      case 'waiting':
        return { ...about, type: 'waiting', reason: facts.waitReason, ...attemptEnded(jobId, atMs) };
      case 'scheduled':
        return { ...about, type: 'scheduled', dueAtMs: facts.dueAtMs, errorCode, ...attemptEnded(jobId, atMs) };
      case 'ended': {
        readyAgain.delete(jobId);
        const tookMs = facts === unreadable ? 0 : Math.max(0, atMs - facts.createdAtMs);
        return { ...about, type: 'ended', state: event.state, outcome, errorCode, tookMs, ...attemptEnded(jobId, atMs) };
      }
      default:
        return { ...about, type: event.type };
    }
  }

  const unsubscribe = engine.subscribe(event => {
    const told = 'jobId' in event ? detailed(event, now()) : event;
    for (const { name, hear } of listeners) {
      try {
        hear(told);
      } catch (error) {
        report(name, event.type, error);
      }
    }
  });

  return {
    subscribe(name, hear) {
      const listener = { name, hear };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    traceOf(jobId) {
      try {
        return running.get(jobId)?.facts.traceId ?? factsOf(jobId)?.traceId ?? null;
      } catch {
        return null;
      }
    },
    close() {
      unsubscribe();
      listeners.clear();
    },
  };
}
