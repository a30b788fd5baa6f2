/**
 * # The job engine
 *
 * A job is a row. The engine moves rows between states and lets a runner do the work in between; it knows no SQLite,
 * no Electron and no process.
 *
 * ## States
 *
 * **scheduled**: due later. Becomes queued when `due_at_ms` has come; can be cancelled.
 *
 * **queued**: ready. Claimed by priority, then due time, then age, when its kind and its worker have room; a
 * priority grows by a point with every `limits.msPerPriorityPoint` since the job was due, so that none starves; can be
 * cancelled. A job whose stored payload no longer parses is claimed and failed in one transaction, never deleted.
 *
 * **running**: held by one lease. Every later write names the lease token; when no row has it, the lease was lost, the
 * result is dropped and logged. From here:
 * - the worker is done and the kind accepts the result: **done**, with the kind's `onEnd` in the same transaction;
 * - the worker failed, the attempt ran out of time, or the result was not accepted: **scheduled** after a backoff while
 *   attempts are left and the fault may pass, else **failed**;
 * - the worker was lost through no fault of the job: **queued**, the attempt not counted. The job is charged with the
 *   loss: `limits.workerDeaths` deaths under it fail it as `poison`, `limits.losses` losses in a row without a recorded
 *   step as `lost_too_often`. A shutdown charges nothing. After its first death a job is a suspect and runs alone on its
 *   worker, so that nothing else is blamed for the second;
 * - `prepare`, a host call or the task parked it: **waiting**, the attempt not counted.
 * - a cancellation was asked for: **cancelled** once the worker has stopped, whatever it ends with, except that a result
 *   that was complete first stands.
 *
 * **waiting**: parked with a reason, holding no worker, until it is resumed (**queued**, with its recorded steps) or its
 * wait runs out: then it is resumed, **failed** as `wait_expired` or **cancelled**, as was said when it was parked. What
 * ends a wait resumes in a transaction of its own (`resumeInTransaction`), and the transaction that parks looks once more
 * (`Wait.isOver`), so no wake-up is lost between them. Waits survive restarts; can be cancelled.
 *
 * **done**, **failed**, **cancelled** are final. Only a person moves a job out of the last two: `retry` queues it again
 * with its recorded steps and a fresh count of attempts.
 *
 * The table of moves is `jobMoves`; the database refuses every other move with a trigger.
 *
 * ## Families
 *
 * A job may be enqueued with an active parent. A parent that waits for its `children` is resumed in the transaction that
 * ends the last of them, however they ended, and sees how. With a parent that fails, is cancelled or is asked to be, its
 * active children are cancelled, and theirs (`family.ts`).
 *
 * ## Turns
 *
 * What arrives in one turn of the event loop shares one transaction (`group-commit.ts`) and is acknowledged after it.
 * The last thing in every transaction is the claim (`dispatcher.ts`), so a finished job and the next one cost one sync.
 * Listeners hear of an event after its commit, in order. There is no polling: turns come from callers, from ended
 * attempts, from the runner's `onChange` and from one timer to the earliest due time or end of a wait.
 *
 * A kind can limit the starts in a stretch of time, and how many of one session run; a provider can limit both. A job at
 * the head of its queue that finds such a gate closed is **held** for it: still queued, out of the claim's sight until
 * the gate has room again. A `Retry-After` closes the gate of the job's provider for all (`gates.ts`).
 *
 * Budgets of tokens, money and time park a job with the reason `budget` when they are used up (`budgets.ts`); recurring jobs
 * are made by `schedules.ts`, which stands beside the engine and enqueues like any caller.
 *
 * The queue or a kind can be paused: nothing of it is claimed, what runs goes on (`pauses.ts`).
 *
 * ## Attempts
 *
 * `prepare`, the task, `beforeDone`, the settlement, in this order (`attempt.ts`, `settlement.ts`). A step is committed,
 * with the kind's `onStep`, before its worker goes on. The time limit runs from the claim and stands still while the machine sleeps; at the limit the attempt is
 * asked to stop, after a grace its process is killed.
 *
 * ## When storage refuses
 *
 * Nothing of that transaction stands. Callers are told `storage_full`, claiming pauses, results and steps of running
 * tasks wait in memory in their order, and time limits wait with them. The engine probes; once a write stands, everything
 * that waited is committed and work goes on.
 *
 * ## After a crash
 *
 * `start` settles in one transaction what an earlier process left running (`recovery.ts`), and claims nothing before
 * that has been committed. The promise is: at least once, with recorded steps.
 */
import type { Admitted } from './admission.ts';
import { admit, insertOrFind, insertOrFindAll } from './admission.ts';
import type { Attempt, Claim } from './attempt.ts';
import type { Budgets } from './budgets.ts';
import { startAttempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { createDispatcher } from './dispatcher.ts';
import { createDueTimer } from './due-timer.ts';
import type { Engine, EngineEvent, EnqueueRequest, Enqueued } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { EngineIds } from './engine-ids.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { GateLimits } from './gates.ts';
import { createGates } from './gates.ts';
import type { Turn } from './group-commit.ts';
import { createGroupCommit } from './group-commit.ts';
import type { After } from './family.ts';
import { createFamily } from './family.ts';
import type { JobKind, JobRef } from './job-kind.ts';
import type { JobStore, StorageState } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import { createPauses } from './pauses.ts';
import { createProgressBoard } from './progress-board.ts';
import { recover } from './recovery.ts';
import { createRequestsByHand } from './requests-by-hand.ts';
import type { Finished, SettlementDeps } from './settlement.ts';
import { finishAll, settle } from './settlement.ts';
import { createStorageWatch } from './storage-watch.ts';
import type { TaskRunner } from './task-runner.ts';
import { createWaits } from './waits.ts';

export interface EngineOptions {
  readonly store: JobStore;
  readonly runner: TaskRunner;
  readonly kinds: readonly JobKind[];
  readonly clock: Clock;
  readonly ids: EngineIds;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: EngineLog;
  readonly limits: EngineLimits;
  /** Outside services by the name that requests give, each with what it takes. */
  readonly providers?: ReadonlyMap<string, GateLimits>;
  /** What jobs may use up; without it nothing is counted. */
  readonly budgets?: Pick<Budgets, 'meter'>;
}

export function createEngine(options: EngineOptions): Engine {
  const { store, runner, clock, limits, log } = options;
  const kinds: ReadonlyMap<string, JobKind> = new Map(options.kinds.map(kind => [kind.name, kind]));
  const attempts = new Map<string, Attempt>();
  const listeners = new Set<(event: EngineEvent) => void>();
  let phase: 'new' | 'recovering' | 'open' | 'stopping' | 'stopped' = 'new';
  let settledAll: (() => void) | null = null;

  function emit(event: EngineEvent): void {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log('error', `A listener of ${event.type} threw: ${sentenceOf(error)}`, {});
      }
    }
  }

  const storage = createStorageWatch({ store, clock, log, probeMs: limits.storageProbeMs, onChange: storageChanged });
  const commit = createGroupCommit({
    store,
    log,
    afterTurn: callback => {
      clock.afterTurn(callback);
    },
    operationsPerCommit: limits.operationsPerCommit,
    last: lastInTurn,
    onStorageFailure: state => {
      storage.failed(state);
    },
    refusal: storageError,
    onCommitted: () => {
      if (phase === 'open') due.set(earlier(store.earliestDueAtMs(), gates.nextOpeningMs()));
    },
  });
  const due = createDueTimer(clock, limits.dueSleepMs, commit.wake);
  const progress = createProgressBoard({
    store,
    clock,
    commit,
    intervalMs: limits.progressIntervalMs,
    onWritten: ({ jobId }) => {
      emit({ type: 'progress', jobId });
    },
  });
  const attemptDeps = {
    store,
    runner,
    clock,
    commit,
    progress,
    limits,
    log,
    emit,
    storageOk: () => storage.state() === 'ok',
    budgets: options.budgets ?? null,
  };
  const family = createFamily({
    store,
    kinds,
    clock,
    log,
    emit,
    askToStop: token => {
      attempts.get(token)?.ask('cancel');
    },
  });
  const gates = createGates({ clock, providers: options.providers ?? new Map() });
  const pauses = createPauses({
    attempts,
    changed: () => {
      emit({ type: 'health' });
    },
    wake: commit.wake,
  });
  const dispatcher = createDispatcher({
    gates,
    wake: commit.wake,
    isKindPaused: pauses.isKindPaused,
    store,
    runner,
    kinds,
    clock,
    ids: options.ids,
    log,
    limits,
    family,
    attempts,
    emit,
    begin,
  });
  const waits = createWaits({ store, kinds, clock, log, family, emit });
  const byHand = createRequestsByHand({ store, kinds, clock, limits, family, waits, emit });
  const unsubscribe = runner.onChange(() => {
    emit({ type: 'health' });
    commit.wake();
  });

  function storageChanged(state: StorageState): void {
    emit({ type: 'storage', state });
    if (state === 'ok') commit.unblock();
  }

  function lastInTurn(turn: Turn): void {
    if (phase === 'recovering') recoverIn(turn);
    if (phase !== 'open') return;
    const nowMs = clock.nowMs();
    const dueAtMs = store.earliestDueAtMs();
    if (dueAtMs !== null && dueAtMs <= nowMs) {
      const queued = store.becomeDue(nowMs, limits.duePerCommit);
      turn.afterCommit(() => {
        for (const jobId of queued) emit({ type: 'enqueued', jobId });
      });
      waits.expire(effect => {
        turn.afterCommit(effect);
      }, limits.duePerCommit);
    }
    if (!pauses.isQueuePaused()) dispatcher.claimAll(turn);
  }

  function recoverIn(turn: Turn): number {
    const effects: (() => void)[] = [];
    const { resumed, events } = recover({
      store,
      kinds,
      clock,
      limits,
      log,
      family,
      after: effect => {
        effects.push(effect);
      },
      isOurs: token => attempts.has(token),
    });
    turn.afterCommit(() => {
      if (phase === 'recovering') phase = 'open';
      events.forEach(emit);
      for (const effect of effects) effect();
      log('info', 'Recovered what an earlier process left running.', { resumed, ended: events.length - resumed });
      commit.wake();
    });
    return resumed;
  }

  function begin(claim: Claim): void {
    const attempt = startAttempt(attemptDeps, claim);
    attempts.set(attempt.lease.leaseToken, attempt);
    void settleWhenEnded(attempt, claim);
  }

  /** Never rejects. The attempt keeps its place until its end is committed. */
  async function settleWhenEnded(attempt: Attempt, { kind, job, provider }: Claim): Promise<void> {
    const verdict = await attempt.verdict;
    progress.forget(attempt.lease);
    try {
      await commit.submit(
        'keep',
        turn => {
          attempt.chargeRest(turn);
          settled(turn, job, settle(settlementDeps(turn, provider), kind, job, verdict));
        },
        verdict.type === 'done' ? { all: finishTogether, item: { kind, job, done: verdict } } : null,
      );
    } catch (error) {
      log('error', `The end of an attempt could not be written; the next start recovers the job: ${sentenceOf(error)}`, { jobId: job.id });
      left(job.leaseToken);
      commit.wake();
    }
  }

  function finishTogether(turn: Turn, finished: readonly Finished[]): readonly void[] {
    const events = finishAll(settlementDeps(turn, null), finished);
    return finished.map(({ job }, index) => {
      attempts.get(job.leaseToken)?.chargeRest(turn);
      settled(turn, job, events[index] ?? null);
    });
  }

  function settled(turn: Turn, job: JobRef<unknown>, event: EngineEvent | null): void {
    turn.leaving.add(job.leaseToken);
    turn.afterCommit(() => {
      left(job.leaseToken);
      if (event === null) log('warn', 'The lease of this job was lost; the result of its attempt is dropped.', { jobId: job.id });
      else emit(event);
    });
  }

  function settlementDeps(turn: Turn, provider: string | null): SettlementDeps {
    return {
      store,
      clock,
      random: options.random,
      limits,
      log,
      family,
      after: effect => {
        turn.afterCommit(effect);
      },
      slowDown: untilMs => {
        if (provider !== null) gates.slowDown(provider, untilMs);
      },
    };
  }

  function left(leaseToken: string): void {
    attempts.delete(leaseToken);
    pauses.attemptLeft();
    if (attempts.size === 0) settledAll?.();
  }

  /** For what is asked inside a transaction: of one of the engine's own turns, or of a caller's that commits later in this turn of the loop, or does not. */
  function afterThisTransaction(): After {
    const turn = commit.currentTurn();
    if (turn !== null)
      return effect => {
        turn.afterCommit(effect);
      };
    return effect => {
      clock.afterTurn(() => {
        if (phase === 'stopped') return;
        effect();
        commit.wake();
      });
    };
  }

  function enqueueTogether(turn: Turn, admitted: readonly Admitted[]): readonly Enqueued[] {
    return insertOrFindAll(options, admitted).map(enqueued => tell(turn, enqueued));
  }

  function tell(turn: Turn, enqueued: Enqueued): Enqueued {
    if (enqueued.created)
      turn.afterCommit(() => {
        emit({ type: 'enqueued', jobId: enqueued.jobId });
      });
    return enqueued;
  }

  function assertInTransaction(name: string): void {
    if (!store.inTransaction())
      throw new Error(`${name} was called outside a transaction. Open one, or use the function without "InTransaction".`);
  }

  function assertOpen(): void {
    if (phase === 'stopping' || phase === 'stopped') throw new EngineError('stopped', 'The engine is stopping and takes no more requests.');
  }

  return {
    start() {
      if (phase !== 'new') throw new Error('The engine was started before; make a new one.');
      phase = 'recovering';
      let resumed = 0;
      const effects: (() => void)[] = [];
      try {
        store.transaction(() => {
          resumed = recoverIn({
            afterCommit: effect => {
              effects.push(effect);
            },
            leaving: new Set(),
          });
        });
      } catch (error) {
        const failure = store.storageFailure(error);
        if (failure === null) throw error;
        // The doors stay shut until storage takes the recovery, in the first turn that it takes.
        commit.block(failure);
        storage.failed(failure);
        return { resumed: 0 };
      }
      for (const effect of effects) effect();
      return { resumed };
    },

    enqueueInTransaction(request: EnqueueRequest): Enqueued {
      assertOpen();
      const admitted = admit({ kinds, limits, clock }, request);
      assertInTransaction('enqueueInTransaction');
      let enqueued: Enqueued;
      try {
        enqueued = insertOrFind(options, admitted);
      } catch (error) {
        const failure = store.storageFailure(error);
        throw failure === null ? error : storageError(failure);
      }
      if (enqueued.created) {
        // The caller commits later in this turn, or does not: look before telling.
        clock.afterTurn(() => {
          if (phase === 'stopped' || store.find(enqueued.jobId) === null) return;
          emit({ type: 'enqueued', jobId: enqueued.jobId });
          commit.wake();
        });
      }
      return enqueued;
    },

    async enqueue(request) {
      assertOpen();
      const admitted = admit({ kinds, limits, clock }, request);
      return commit.submit('reject', turn => tell(turn, insertOrFind(options, admitted)), { all: enqueueTogether, item: admitted });
    },

    async cancel(jobId) {
      assertOpen();
      return commit.submit('reject', turn => {
        byHand.cancel(turn, jobId);
      });
    },

    async retry(jobId) {
      assertOpen();
      return commit.submit('reject', turn => {
        byHand.retry(turn, jobId);
      });
    },

    resumeInTransaction(jobId) {
      assertInTransaction('resumeInTransaction');
      return waits.resume(afterThisTransaction(), jobId);
    },
    resumeWaitingInTransaction(reason, sessionId) {
      assertInTransaction('resumeWaitingInTransaction');
      return waits.resumeWaiting(afterThisTransaction(), reason, sessionId);
    },
    async resume(jobId) {
      assertOpen();
      return commit.submit('reject', turn => {
        byHand.resume(turn, jobId);
      });
    },
    children: jobId => store.children(jobId),

    wake() {
      if (phase === 'open') commit.wake();
    },

    setPaused: next => {
      pauses.set(null, next);
    },
    isPaused: pauses.isQueuePaused,
    setKindPaused(kind, next) {
      if (!kinds.has(kind))
        throw new EngineError('unknown_kind', `There is no kind of job named "${String(kind).slice(0, 100)}" to pause or resume.`);
      pauses.set(kind, next);
    },
    pausedKinds: pauses.kinds,
    drain: pauses.drain,
    health: () => runner.health(),
    storage: () => storage.state(),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    async stop() {
      if (phase === 'stopping' || phase === 'stopped') throw new EngineError('stopped', 'The engine is stopping already.');
      phase = 'stopping';
      due.stop();
      const settled = new Promise<void>(resolve => {
        settledAll = resolve;
        if (attempts.size === 0) resolve();
      });
      for (const attempt of attempts.values()) attempt.ask('stop');
      await runner.stop().catch((error: unknown) => {
        log('error', `The runner did not stop cleanly: ${sentenceOf(error)}`, {});
      });
      const ceiling = Promise.withResolvers<void>();
      const cancelCeiling = clock.setTimer(limits.stopCeilingMs, ceiling.resolve);
      await Promise.race([settled, ceiling.promise]);
      cancelCeiling();
      for (const attempt of attempts.values()) attempt.force();
      // One turn for what was forced to reach the queue; then a last try at everything that still waits.
      await new Promise<void>(resolve => {
        clock.afterTurn(resolve);
      });
      const lost = commit.flushAll();
      phase = 'stopped';
      if (lost > 0 || attempts.size > 0)
        log('error', 'Stopped with unwritten ends; the next start recovers these jobs.', { operations: lost, attempts: attempts.size });
      storage.stop();
      progress.stop();
      unsubscribe();
    },
  };
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function storageError(state: Exclude<StorageState, 'ok'>): EngineError {
  return new EngineError(
    'storage_full',
    state === 'full'
      ? 'The disk is full. Free some space; work goes on by itself.'
      : 'The data folder cannot be written. Work goes on by itself once it can.',
  );
}
