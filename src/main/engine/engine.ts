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
 * - `prepare`, a host call or the task parked it: **waiting**, the attempt not counted;
 * - an earlier attempt sent an effect and nobody can tell what became of it: **waiting** for a person's word.
 * - a cancellation was asked for: **cancelled** once the worker has stopped, whatever it ends with, except that a result
 *   that was complete first stands.
 *
 * **waiting**: parked with a reason, holding no worker, until it is resumed (**queued**, with its recorded steps) or its
 * wait runs out: then it is resumed, **failed** as `wait_expired` or **cancelled**, as was said when it was parked. What
 * ends a wait resumes in a transaction of its own (`resumeInTransaction`), and the transaction that parks looks once more
 * (`Wait.isOver`), so no wake-up is lost between them. Waits survive restarts; can be cancelled.
 *
 * **done**, **failed**, **cancelled** are final. Only a person moves a job out of the last two: `retry` queues it again
 * with its recorded steps and a fresh count of attempts; `retryFrom` sets the steps from one on aside first, and `fork`
 * makes a new job with copies of the steps before (`run-again.ts`). Nothing recorded is deleted.
 *
 * The table of moves is `jobMoves`; the database refuses every other move with a trigger.
 *
 * ## Families
 *
 * A job may be enqueued with an active parent. A parent that waits for its `children` is resumed in the transaction that
 * ends the last of them, however they ended, and sees how. With a parent that fails, is cancelled or is asked to be, its
 * active children are cancelled, and theirs: so many in a transaction, and nothing is claimed in between (`family.ts`).
 *
 * ## Turns
 *
 * What arrives in one turn of the event loop shares one transaction (`group-commit.ts`) and is acknowledged after it.
 * The last thing in every transaction is the claim (`dispatcher.ts`), so a finished job and the next one cost one sync; one that
 * only records steps or progress makes no room and no job, and claims nothing.
 * Listeners hear of an event after its commit, in order. There is no polling: turns come from callers, from ended
 * attempts, from a runner that takes more than the last claim knew of, and from one timer to the earliest due time or end of a wait.
 *
 * A kind can limit the starts in a stretch of time, and how many of one session run; a provider can limit both. A job at
 * the head of its queue that finds such a gate closed is **held** for it: still queued, out of the claim's sight until
 * the gate has room again. A `Retry-After` closes the gate of the job's provider for all (`gates.ts`).
 *
 * Budgets of tokens, money and time park a job with the reason `budget` when they are used up (`budgets.ts`); recurring jobs
 * are made by `schedules.ts`, which stands beside the engine and enqueues like any caller.
 *
 * The queue or a kind can be paused: nothing of it is claimed, what runs goes on to its end, and what was handed out ahead
 * and has not begun is in the queue again. To **drain** is to pause and to be told when nothing of it runs any more; whoever
 * waits for that may leave, and the pause stays; when it is taken away first, the wait ends as `resumed` (`pauses.ts`).
 *
 * Of a kind whose attempts are short a few jobs are claimed before there is a place for them and begin in their worker when those
 * before them have ended, without a way to this process and back. What has not begun goes back to the queue unharmed at a
 * pause, a stop, the death of its process, and when the one before it turns out to be slow (`ahead.ts`, `lines.ts`).
 *
 * ## Attempts
 *
 * `prepare`, the task, `beforeDone` (after a lost worker `afterLoss`), the settlement, in this order (`attempt.ts`, `settlement.ts`). A step is committed,
 * with the kind's `onStep`, before its worker goes on. The time limit runs from the claim, of
 * what is handed out ahead from its beginning, and stands still while the machine sleeps; at the limit the attempt is
 * asked to stop, after a grace its process is killed.
 *
 * After a worker that was lost `afterLoss` of the kind puts in order what it left lying, before anything is made of the loss; the job goes on
 * after it, or when the time for it is over.
 *
 * ## Workers that only die
 *
 * The runner says how many tasks a worker takes, and the engine claims no more. Behind a worker that dies, hangs or does not start again and
 * again a breaker opens: it takes none for a while, each time longer, and then one to try with; its jobs stay queued meanwhile,
 * charged with nothing. Other workers go on. `health` tells which are left alone and until when (`task-runner.ts`).
 *
 * ## Effects
 *
 * A step that changes something outside is declared as an effect by its kind. Its row in the journal is committed as
 * `dispatched` before it is sent and gets its outcome after:
 *
 * | the row | what the next attempt does |
 * |---|---|
 * | none, or `failed`: it is known that nothing happened | sends it |
 * | dispatched, `succeeded` | is given the output, as of every recorded step |
 * | dispatched without outcome, `idempotent` | sends it again, with the same key |
 * | dispatched without outcome, `once`, the worker can check | records what the check found, or sends it |
 * | dispatched without outcome, `once`, nobody can tell | `indeterminate`: the job waits for a person, who says `done`, `repeat` or `drop` |
 *
 * The word of the person is in the trail and survives everything that the job does (`decisions.ts`). `done` records the
 * output that the worker named for this case before it sent the effect; `repeat` sets the row aside; `drop` cancels the job.
 *
 * ## Undoing
 *
 * A step or an effect may name a compensation, which is stored with it. When its job fails for good or is cancelled, the
 * finished ones are undone, the last first, in a worker, each recorded before the next (`ending.ts`, `undo.ts`). Until
 * then the job keeps its key, is `queued`, `running`, `scheduled` like any other, carries `undoFor`, and cannot be
 * cancelled. An effect that was on its way and may have to be undone is not looked into then, even where the worker could:
 * a person is asked. When a compensation fails for good the job is **failed** as `compensation_failed`, which names what is left;
 * a retry goes on with it, and a person may say of each that it is done or stays. A job that was done is never undone.
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
import { createAhead } from './ahead.ts';
import type { Attempt } from './attempt.ts';
import type { Budgets } from './budgets.ts';
import type { Clock } from './clock.ts';
import { createDecisions } from './decisions.ts';
import { createDispatcher } from './dispatcher.ts';
import { createDueTimer } from './due-timer.ts';
import type { Engine, EnqueueRequest, Enqueued } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { EngineIds } from './engine-ids.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { GateLimits } from './gates.ts';
import { fullKinds } from './full-kinds.ts';
import { createGates } from './gates.ts';
import type { Turn } from './group-commit.ts';
import { createGroupCommit } from './group-commit.ts';
import type { After } from './family.ts';
import { createFamily } from './family.ts';
import type { JobKindName } from '../../shared/domain/job.ts';
import type { JobKind } from './job-kind.ts';
import type { JobStore, StorageState } from './job-store.ts';
import { createLifeCycle } from './life-cycle.ts';
import type { EngineLimits } from './limits.ts';
import { createListeners } from './listeners.ts';
import { createPauses } from './pauses.ts';
import { createProgressBoard } from './progress-board.ts';
import { createRequestsByHand } from './requests-by-hand.ts';
import { createRunAgain } from './run-again.ts';
import { createRunningAttempts } from './running-attempts.ts';
import { storageError } from './storage-error.ts';
import { stepsToUndo } from './step-journal.ts';
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
  /** When the first gate opens that was closed for the last claim; null for none. */
  let closedInTurnUntilMs: number | null = null;
  /** What the turn has read of the next due time, for its commit; undefined when it has changed it or did not come so far. */
  let dueAfterTurn: number | null | undefined = undefined;
  const { emit, subscribe } = createListeners(log);
  const life = createLifeCycle({ store, kinds, clock, limits, log, emit, attempts, family: () => family, commit: () => commit });

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
      if (life.phase() === 'open') {
        // A gate that the claim found closed may have opened while the commit was synced: its time stands, even if past.
        const opensAtMs = earlier(closedInTurnUntilMs, gates.nextOpeningMs(clock.nowMs()));
        due.set(earlier(dueAfterTurn === undefined ? nextDueAtMs() : dueAfterTurn, opensAtMs));
      }
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
  const family = createFamily({
    store,
    kinds,
    clock,
    log,
    emit,
    limits,
    askToStop: token => {
      attempts.get(token)?.ask('cancel');
    },
  });
  const gates = createGates({ clock, limits, providers: options.providers ?? new Map() });
  const ahead = createAhead({ clock, limits });
  const pauses = createPauses({
    attempts,
    changed: () => {
      emit({ type: 'health' });
    },
    wake: commit.wake,
  });
  const running = createRunningAttempts({
    attempt: {
      store,
      runner,
      clock,
      commit,
      progress,
      limits,
      log,
      emit,
      ahead,
      storageOk: () => storage.state() === 'ok',
      budgets: options.budgets ?? null,
    },
    commit,
    gates,
    random: options.random,
    attempts,
    family: () => family,
    onLeft: () => {
      pauses.attemptLeft();
    },
  });
  const dispatcher = createDispatcher({
    gates,
    wake: commit.wake,
    isKindPaused: pauses.isKindPaused,
    store,
    runner,
    kinds,
    ids: options.ids,
    log,
    limits,
    ahead,
    family,
    attempts,
    emit,
    begin: running.begin,
  });
  const waits = createWaits({ store, kinds, clock, log, family, emit });
  const byHand = createRequestsByHand({ store, clock, family, waits, emit });
  const runAgain = createRunAgain({ store, kinds, clock, waits, emit, limits, ids: options.ids });
  const decisions = createDecisions({ store, kinds, clock, waits, emit, family, runAgain });
  const unsubscribe = runner.onChange(() => {
    emit({ type: 'health' });
    if (dispatcher.hasMoreRoom()) commit.wake();
  });

  /** A time that cannot be read is asked for again soon: without a timer nothing due would come before the next request. */
  function nextDueAtMs(): number | null {
    try {
      return store.earliestDueAtMs();
    } catch (error) {
      log('error', `The next due time could not be read and is asked for again: ${sentenceOf(error)}`, {});
      return clock.nowMs() + limits.storageProbeMs;
    }
  }

  function storageChanged(state: StorageState): void {
    emit({ type: 'storage', state });
    if (state === 'ok') commit.unblock();
  }

  function lastInTurn(turn: Turn): void {
    dueAfterTurn = undefined;
    if (life.phase() === 'recovering') life.recoverIn(turn);
    if (life.phase() !== 'open') return;
    const nowMs = clock.nowMs();
    closedInTurnUntilMs = gates.nextOpeningMs(nowMs);
    let dueAtMs = store.earliestDueAtMs();
    if (dueAtMs !== null && dueAtMs <= nowMs) {
      const queued = store.becomeDue(nowMs, limits.duePerCommit);
      turn.afterCommit(() => {
        for (const jobId of queued) emit({ type: 'enqueued', jobId });
      });
      waits.expire(effect => {
        turn.afterCommit(effect);
      }, limits.duePerCommit);
      dueAtMs = store.earliestDueAtMs();
    }
    const isFamilyLeft = family.cancelCalledOff(effect => {
      turn.afterCommit(effect);
    });
    if (!isFamilyLeft && !pauses.isQueuePaused()) dispatcher.claimAll(turn, nowMs);
    turn.afterCommit(() => {
      if (family.mayBeCalledOff()) commit.wake();
    });
    // A cancellation and a claim make nothing due: what was read before them is the earliest time, or one that has gone.
    if (dueAtMs === null || dueAtMs > nowMs) dueAfterTurn = dueAtMs;
  }

  /** For what is asked inside a transaction: of one of the engine's own turns, or of a caller's that commits later in this turn of the loop, or does not. */
  function afterThisTransaction(): After {
    const turn = commit.currentTurn();
    if (turn !== null) {
      commit.wantLast();
      return effect => {
        turn.afterCommit(effect);
      };
    }
    return effect => {
      clock.afterTurn(() => {
        if (life.phase() === 'stopped') return;
        try {
          effect();
        } catch (error) {
          log('error', `What follows a caller's transaction failed: ${sentenceOf(error)}`, {});
        }
        commit.wake();
      });
    };
  }

  function enqueueTogether(turn: Turn, admitted: readonly Admitted[]): readonly Enqueued[] {
    const all = insertOrFindAll(options, admitted);
    turn.afterCommit(() => {
      for (const { jobId, created } of all) if (created) emit({ type: 'enqueued', jobId });
    });
    return all;
  }

  /** An operation of its own when the others of its turn could not be enqueued with it. */
  function enqueueAlone(turn: Turn, admitted: Admitted): Enqueued {
    const [enqueued] = enqueueTogether(turn, [admitted]);
    if (enqueued === undefined) throw new Error('One request was enqueued without an answer.');
    return enqueued;
  }

  function assertInTransaction(name: string): void {
    if (!store.inTransaction())
      throw new Error(`${name} was called outside a transaction. Open one, or use the function without "InTransaction".`);
  }

  function assertPausable(kind: JobKindName | null): void {
    if (kind !== null && !kinds.has(kind))
      throw new EngineError('unknown_kind', `There is no kind of job named "${String(kind).slice(0, 100)}" to pause or resume.`);
  }

  /** In one of the engine's turns; rejected when storage refuses. */
  async function byPerson<T>(work: (turn: Turn) => T): Promise<T> {
    life.assertOpen();
    return commit.submit('reject', work);
  }

  return {
    start: () =>
      life.start(state => {
        storage.failed(state);
      }),

    enqueueInTransaction(request: EnqueueRequest): Enqueued {
      life.assertOpen();
      const admitted = admit({ kinds, limits, clock }, request);
      assertInTransaction('enqueueInTransaction');
      let enqueued: Enqueued;
      try {
        enqueued = insertOrFind(options, admitted);
      } catch (error) {
        const failure = store.storageFailure(error);
        throw failure === null ? error : storageError(failure);
      }
      const { jobId, created } = enqueued;
      // The caller's transaction, or the part of it that a hook is, may be undone: look before telling.
      if (created)
        afterThisTransaction()(() => {
          if (store.find(jobId) !== null) emit({ type: 'enqueued', jobId });
        });
      return enqueued;
    },

    // Not `async`, which would add a promise and three turns of its queue to each of thousands.
    enqueue(request) {
      try {
        life.assertOpen();
        const admitted = admit({ kinds, limits, clock }, request);
        return commit.submit('reject', turn => enqueueAlone(turn, admitted), {
          all: enqueueTogether,
          item: admitted,
          share: enqueueShare,
        });
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(sentenceOf(error)));
      }
    },

    async enqueueAll(requests) {
      life.assertOpen();
      const admitted = requests.map(request => admit({ kinds, limits, clock }, request));
      const enqueued: Enqueued[] = [];
      const piece = Math.ceil(limits.operationsPerCommit / enqueueShare);
      for (let at = 0; at < admitted.length; at += piece)
        enqueued.push(...(await commit.submit('reject', turn => enqueueTogether(turn, admitted.slice(at, at + piece)))));
      return enqueued;
    },

    cancel: jobId => byPerson(turn => byHand.cancel(turn, jobId)),
    retry: (jobId, again = unconfirmed) => byPerson(turn => runAgain.retry(turn, jobId, again)),
    retryFrom: (jobId, step, again = unconfirmed) => byPerson(turn => runAgain.retryFrom(turn, jobId, step, again)),
    fork: (jobId, fromStep, again = unconfirmed) => byPerson(turn => runAgain.fork(turn, jobId, fromStep, again)),
    decide: (jobId, step, decision) => byPerson(turn => decisions.decide(turn, jobId, step, decision)),
    undecided: jobId => decisions.undecided(runAgain.found(jobId)),

    resumeInTransaction(jobId) {
      assertInTransaction('resumeInTransaction');
      return waits.resume(afterThisTransaction(), jobId);
    },
    resumeWaitingInTransaction(reason, sessionId) {
      assertInTransaction('resumeWaitingInTransaction');
      return waits.resumeWaiting(afterThisTransaction(), reason, sessionId);
    },
    resume: jobId => byPerson(turn => byHand.resume(turn, jobId)),
    tryNow: jobId => byPerson(turn => byHand.tryNow(turn, jobId)),
    children: jobId => store.children(jobId),
    leftToUndo: jobId => stepsToUndo(store.journal(jobId)).flatMap(step => step.compensation ?? []),

    wake() {
      if (life.phase() === 'open') commit.wake();
    },

    setPaused: next => {
      pauses.set(null, next);
    },
    isPaused: pauses.isQueuePaused,
    setKindPaused(kind, next) {
      assertPausable(kind);
      pauses.set(kind, next);
    },
    pausedKinds: pauses.kinds,
    fullKinds: () => fullKinds(kinds, attempts),
    async drain(kind, signal) {
      assertPausable(kind);
      return pauses.drain(kind, signal);
    },
    health: () => runner.health(),
    storage: () => storage.state(),
    subscribe,

    async stop() {
      life.stopping();
      due.stop();
      await life.stop(running, runner);
      storage.stop();
      progress.stop();
      ahead.stop();
      unsubscribe();
    },
  };
}

const unconfirmed = { confirmEffects: false };

/** Measured 10 µs for each of many that are enqueued together, where an operation is reckoned with 50 (`operationsPerCommit`). */
const enqueueShare = 0.2;

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
