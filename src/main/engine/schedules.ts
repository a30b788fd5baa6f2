/**
 * # Recurring jobs
 *
 * A schedule is a row: a cron expression in a time zone and what it starts. Its `nextAtMs` is the next **planned time**.
 * One timer waits for the earliest of them. When it has come, the schedule is seen to in one transaction: the newest planned
 * time that has passed gets its run, and `nextAtMs` moves beyond now. Older planned times that passed unseen are not made
 * up for one by one: what slept for a week has one catch-up and no storm.
 *
 * A planned time that is seen to late, since the program or the machine was off, is **missed**: `run_once` runs it now,
 * `skip` lets it go. While the job of an earlier run is active a planned time is **overlapped** and let go. What cannot be started is **refused**, with the reason; only a full queue is
 * waited for, where the schedule makes up for what it missed.
 *
 * Each planned time has one row, written with the job it started or not at all, so neither a crash, nor a clock that is
 * set back, nor an hour that comes twice starts it a second time. The catch-up is computed in `start`, before the timer is
 * armed. There, and whenever the clock has jumped, next times are reckoned anew: one that lies further ahead than the
 * expression says was written under a wrong clock or another time zone table.
 */
import type { JobId, ScheduleId, SessionId } from '../../shared/domain/ids.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import type { MissedPolicy } from '../../shared/domain/schedule.ts';
import { scheduleCountLimit } from '../../shared/domain/schedule.ts';
import type { Clock } from './clock.ts';
import type { Recurrence } from './cron.ts';
import { readCron, upcoming } from './cron.ts';
import { createDueTimer } from './due-timer.ts';
import type { Enqueued } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import type { ScheduleRow, ScheduleRun, ScheduleStore, StoredSchedule } from './schedule-store.ts';

/** A planned time seen to later than this was missed: the timer's longest sleep, and as much again for a busy machine. */
const onTimeMs = 60_000;
/** Schedules seen to in one transaction; each costs about as much as enqueueing a job. */
const seenToAtOnce = 50;
/** From a run that the full queue or storage refused until the next try. */
const tryAgainMs = 60_000;

export interface ScheduleRequest {
  /** A new one for null. */
  readonly id: ScheduleId | null;
  readonly kind: string;
  readonly payload: unknown;
  readonly sessionId: SessionId | null;
  readonly title: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly enabled: boolean;
}

/** One planned time of a schedule, for whoever starts its job. */
export interface PlannedRun {
  readonly plannedAtMs: number;
  /** `schedule:<id>:<planned time>`: no other run has it. */
  readonly key: string;
}

export interface SchedulesOptions {
  readonly store: ScheduleStore;
  readonly jobs: Pick<JobStore, 'find' | 'storageFailure' | 'inTransaction'>;
  readonly clock: Clock;
  readonly limits: Pick<EngineLimits, 'dueSleepMs'>;
  readonly newId: () => ScheduleId;
  readonly log: EngineLog;
  /**
   * In transaction: makes the job of a run. `created: false` when an active job does the same work; then the run is
   * overlapped. A throw refuses the run and undoes what it wrote.
   */
  readonly startJob: (schedule: ScheduleRow, run: PlannedRun) => Enqueued;
  /** After a commit that changed what `list` says. */
  readonly changed: () => void;
}

export type Schedules = ReturnType<typeof createSchedules>;

export function createSchedules(options: SchedulesOptions) {
  const { store, jobs, clock, log } = options;
  let phase: 'new' | 'open' | 'stopped' = 'new';
  /** Until then nothing is tried: storage or a full queue refused. */
  let notBeforeMs = 0;
  const timer = createDueTimer(clock, options.limits.dueSleepMs, () => {
    seeTo({ reckonAnew: false });
  });

  /** Never throws: what storage does not tell is asked again. */
  function arm(): void {
    if (phase !== 'open') return;
    try {
      const nextAtMs = store.earliestNextAtMs();
      timer.set(nextAtMs === null ? null : Math.max(nextAtMs, notBeforeMs));
    } catch (error) {
      log('error', `The next time of the schedules could not be read and is asked for again: ${sentenceOf(error)}`, {});
      timer.set(clock.nowMs() + tryAgainMs);
    }
  }

  /** Never throws: it runs from a timer and after a turn. */
  function tellChanged(): void {
    try {
      options.changed();
    } catch (error) {
      log('error', `What follows a change of the schedules failed: ${sentenceOf(error)}`, {});
    }
  }

  /** Never throws: it runs from a timer, and what storage refuses is tried again. */
  function seeTo({ reckonAnew }: { readonly reckonAnew: boolean }): void {
    if (phase !== 'open') return;
    let isChanged = false;
    try {
      isChanged = store.transaction(() => {
        const nowMs = clock.nowMs();
        const reckoned = reckonAnew && store.list().filter(schedule => correct(schedule, nowMs)).length > 0;
        const due = store.due(nowMs, seenToAtOnce);
        for (const schedule of due) run(schedule, nowMs);
        return reckoned || due.length > 0;
      });
    } catch (error) {
      notBeforeMs = clock.nowMs() + tryAgainMs;
      log('error', `Schedules could not be seen to and are tried again: ${sentenceOf(error)}`, {});
    }
    if (isChanged) tellChanged();
    arm();
  }

  /** In transaction. True when its next time was wrong. */
  function correct(schedule: StoredSchedule, nowMs: number): boolean {
    if (!schedule.enabled) return false;
    const recurrence = readOrSwitchOff(schedule, nowMs);
    if (recurrence === null) return true;
    const nextAtMs = recurrence.next(nowMs);
    // One that has passed is due and stays so.
    if (schedule.nextAtMs !== null && nextAtMs !== null && schedule.nextAtMs <= nextAtMs) return false;
    return store.setNext(schedule.id, { enabled: true, nextAtMs });
  }

  /** In transaction. An expression or a zone that this build does not know any more is told and never fires. */
  function readOrSwitchOff(schedule: StoredSchedule, nowMs: number): Recurrence | null {
    try {
      return readCron(schedule.cron, schedule.timeZone, nowMs);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      log('error', `A schedule is switched off: ${error.message}`, { scheduleId: schedule.id });
      store.recordRun(schedule.id, refusedRun(schedule.nextAtMs ?? nowMs, nowMs, error));
      store.setNext(schedule.id, { enabled: false, nextAtMs: null });
      return null;
    }
  }

  function run(schedule: StoredSchedule, nowMs: number): void {
    const recurrence = readOrSwitchOff(schedule, nowMs);
    if (recurrence === null) return;
    const plannedAtMs = Math.max(recurrence.last(nowMs) ?? 0, schedule.nextAtMs ?? 0);
    if (!store.hasRun(schedule.id, plannedAtMs)) {
      const done = decide(schedule, plannedAtMs, nowMs);
      if (done === 'later') return;
      store.recordRun(schedule.id, done);
      log('info', `A planned time of a schedule has come: ${done.outcome}.`, { scheduleId: schedule.id, plannedAtMs, jobId: done.jobId });
    }
    store.setNext(schedule.id, { enabled: true, nextAtMs: recurrence.next(nowMs) });
  }

  function decide(schedule: StoredSchedule, plannedAtMs: number, nowMs: number): ScheduleRun | 'later' {
    const without = (outcome: 'missed' | 'overlapped'): ScheduleRun => ({ plannedAtMs, atMs: nowMs, outcome, jobId: null, error: null });
    if (schedule.missed === 'skip' && nowMs - plannedAtMs > onTimeMs) return without('missed');
    if (isActive(schedule.lastJobId)) return without('overlapped');
    try {
      const planned = { plannedAtMs, key: `schedule:${schedule.id}:${plannedAtMs}` };
      const { jobId, created } = store.transaction(() => options.startJob(schedule, planned));
      return created ? { plannedAtMs, atMs: nowMs, outcome: 'started', jobId, error: null } : without('overlapped');
    } catch (error) {
      // Told by the engine, or by a transaction that is gone, storage that refuses is no refusal of the run.
      if (jobs.storageFailure(error) !== null || codeOf(error) === 'storage_full' || !jobs.inTransaction()) throw error;
      if (schedule.missed === 'run_once' && codeOf(error) === 'queue_full') {
        notBeforeMs = nowMs + tryAgainMs;
        return 'later';
      }
      log('warn', `A schedule could not start its job: ${sentenceOf(error)}`, { scheduleId: schedule.id, plannedAtMs });
      return refusedRun(plannedAtMs, nowMs, error);
    }
  }

  function isActive(jobId: JobId | null): boolean {
    const record = jobId === null ? null : jobs.find(jobId);
    return record !== null && !isFinal(record.state);
  }

  function found(id: ScheduleId): StoredSchedule {
    const schedule = store.find(id);
    if (schedule === null) throw new EngineError('not_found', `There is no schedule ${id}.`);
    return schedule;
  }

  /** A change by hand, in a transaction of its own or of the caller. */
  function change<T>(work: (nowMs: number) => T): T {
    if (phase === 'stopped') throw new EngineError('stopped', 'The program is closing and takes no more requests.');
    const result = store.transaction(() => work(clock.nowMs()));
    // The caller commits later in this turn, or does not.
    clock.afterTurn(() => {
      if (phase === 'stopped') return;
      tellChanged();
      arm();
    });
    return result;
  }

  return {
    /** Sees to what was missed, then arms the timer. */
    start(): void {
      if (phase !== 'new') throw new Error('The schedules were started before; make new ones.');
      phase = 'open';
      seeTo({ reckonAnew: true });
    },
    /** The machine has slept, or somebody has set its clock. */
    clockJumped(): void {
      // Waiting out a refusal is a matter of real time, and that cannot be told from here.
      notBeforeMs = 0;
      seeTo({ reckonAnew: true });
    },
    list: (): readonly StoredSchedule[] => store.list(),
    /** Throws `EngineError`: `bad_cron`, `bad_time_zone`, `never_comes`, `not_found`, `too_many_schedules`. */
    save(request: ScheduleRequest): StoredSchedule {
      return change(nowMs => {
        const recurrence = readCron(request.cron, request.timeZone, nowMs);
        if (request.id === null && store.count() >= scheduleCountLimit)
          throw new EngineError(
            'too_many_schedules',
            `There are ${scheduleCountLimit} schedules already, and no more are kept. Remove one that is no longer needed.`,
          );
        const before = request.id === null ? null : found(request.id);
        const id = before?.id ?? options.newId();
        const { kind, sessionId, title, cron, timeZone, missed, enabled } = request;
        store.put({
          id,
          kind,
          sessionId,
          title,
          cron,
          timeZone,
          missed,
          enabled,
          payload: JSON.stringify(request.payload),
          nextAtMs: enabled ? recurrence.next(nowMs) : null,
          createdAtMs: before?.createdAtMs ?? nowMs,
        });
        return found(id);
      });
    },
    /** Switched on, it starts with the next planned time: what passed while it was off was not missed. */
    setEnabled(id: ScheduleId, enabled: boolean): StoredSchedule {
      return change(nowMs => {
        const schedule = found(id);
        if (schedule.enabled !== enabled)
          store.setNext(id, { enabled, nextAtMs: enabled ? readCron(schedule.cron, schedule.timeZone, nowMs).next(nowMs) : null });
        return found(id);
      });
    },
    remove(id: ScheduleId): void {
      change(() => {
        if (!store.remove(found(id).id)) throw new Error(`Schedule ${id} was there and was not removed.`);
      });
    },
    /** The next `count` times of an expression. Throws as `save` does. */
    preview(cron: string, timeZone: string, count: number): readonly number[] {
      const nowMs = clock.nowMs();
      return upcoming(readCron(cron, timeZone, nowMs), nowMs, count);
    },
    stop(): void {
      phase = 'stopped';
      timer.stop();
    },
  };
}

function refusedRun(plannedAtMs: number, atMs: number, error: unknown): ScheduleRun {
  return {
    plannedAtMs,
    atMs,
    outcome: 'refused',
    jobId: null,
    error: { code: codeOf(error).slice(0, 64), message: sentenceOf(error).slice(0, 2_000) },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
}
