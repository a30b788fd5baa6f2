import { activeJobStates, isLegalMove } from '../../src/shared/domain/job-state.ts';
import type { JobState } from '../../src/shared/domain/job-state.ts';
import type { JobError, JobKindName } from '../../src/shared/domain/job.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { StoredWait } from '../../src/main/engine/park-job.ts';
import type { JobRecord, JobStore, Lease, NewJob, StorageState } from '../../src/main/engine/job-store.ts';
import type { MemoryStep } from './memory-step-journal.ts';
import { createMemoryJournal } from './memory-step-journal.ts';

export interface MemoryRow extends JobRecord {
  readonly priority: number;
  readonly dueAtMs: number;
  readonly payload: string;
  readonly finishedAtMs: number | null;
  readonly error: JobError | null;
  readonly wait: StoredWait | null;
  readonly provider: string | null;
  readonly heldFor: string | null;
  readonly title: string;
  readonly stepsRun: number;
}
export interface MemoryData {
  readonly rows: Map<JobId, MemoryRow>;
  readonly steps: Map<JobId, readonly MemoryStep[]>;
  readonly trails: Map<JobId, readonly string[]>;
  /** Jobs whose children are to be cancelled. */
  readonly calledOff: Set<JobId>;
}

export interface MemoryJobStore extends JobStore {
  /** While set, every write is refused as storage would. */
  refuseWrites(state: Exclude<StorageState, 'ok'> | null): void;
  trailOf(id: JobId): readonly string[];
}

class RefusedWriteError extends Error {
  override readonly name = 'RefusedWriteError';
  readonly state: Exclude<StorageState, 'ok'>;
  constructor(state: Exclude<StorageState, 'ok'>) {
    super(`The test's storage is ${state}.`);
    this.state = state;
  }
}

/** The store's port in memory: rows are values, a transaction keeps the maps of before and puts them back. */
export function createMemoryJobStore(): MemoryJobStore {
  let data: MemoryData = { rows: new Map(), steps: new Map(), trails: new Map(), calledOff: new Set() };
  let depth = 0;
  let refusal: Exclude<StorageState, 'ok'> | null = null;

  function write(): void {
    if (depth === 0) throw new Error('A write outside a transaction.');
    if (refusal !== null) throw new RefusedWriteError(refusal);
  }
  const trail = (id: JobId, type: string): void => {
    data.trails.set(id, [...(data.trails.get(id) ?? []), type]);
  };
  const isIn = (states: readonly JobState[], row: MemoryRow): boolean => states.includes(row.state);
  const idle: readonly JobState[] = ['scheduled', 'queued', 'waiting'];
  const isQueued = (row: MemoryRow): boolean => row.state === 'queued';
  const isHeld =
    (lease: Lease) =>
    (row: MemoryRow): boolean =>
      row.state === 'running' && row.leaseToken === lease.leaseToken;

  function move(id: JobId, may: (row: MemoryRow) => boolean, change: Partial<MemoryRow>, event: string | null): boolean {
    write();
    const row = data.rows.get(id);
    if (row === undefined || !may(row)) return false;
    const next: MemoryRow = { ...row, ...change };
    if (next.state !== row.state && !isLegalMove(row.state, next.state))
      throw new Error(`No move leads from ${row.state} to ${next.state}.`);
    data.rows.set(id, next);
    if (event !== null) trail(id, event);
    return true;
  }
  const ended = (state: JobState, nowMs: number): Partial<MemoryRow> => ({
    state,
    leaseToken: null,
    finishedAtMs: nowMs,
    waitReason: null,
    wait: null,
    heldFor: null,
  });
  const inOrder =
    (nowMs: number, msPerPoint: number) =>
    (a: MemoryRow, b: MemoryRow): number => {
      const aged = (row: MemoryRow): number => row.priority + Math.floor(Math.max(0, nowMs - row.dueAtMs) / msPerPoint);
      return aged(b) - aged(a) || a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : 1);
    };
  const all = (): MemoryRow[] => [...data.rows.values()];
  function insertOne(job: NewJob): boolean {
    if (data.rows.has(job.id)) throw new Error(`Job ${job.id} is there already.`);
    if (all().some(row => row.idempotencyKey === job.idempotencyKey && isIn(activeJobStates, row))) return false;
    data.rows.set(job.id, {
      id: job.id,
      kind: job.kind,
      state: job.state,
      sessionId: job.sessionId,
      idempotencyKey: job.idempotencyKey,
      attempt: 0,
      maxAttempts: job.maxAttempts,
      losses: 0,
      workerDeaths: 0,
      leaseToken: null,
      cancelRequested: false,
      traceId: job.traceId,
      priority: job.priority,
      dueAtMs: job.dueAtMs,
      payload: job.payload,
      finishedAtMs: null,
      parentId: job.parentId,
      waitReason: null,
      error: null,
      wait: null,
      provider: job.provider,
      heldFor: null,
      undoFor: null,
      title: job.title,
      stepsRun: 0,
    });
    trail(job.id, 'enqueued');
    return true;
  }

  return {
    transaction(work) {
      const before: MemoryData = {
        rows: new Map(data.rows),
        steps: new Map(data.steps),
        trails: new Map(data.trails),
        calledOff: new Set(data.calledOff),
      };
      depth += 1;
      try {
        return work();
      } catch (error) {
        data = before;
        throw error;
      } finally {
        depth -= 1;
      }
    },
    inTransaction: () => depth > 0,
    storageFailure: error => (error instanceof RefusedWriteError ? error.state : null),
    probe() {
      if (refusal !== null) throw new RefusedWriteError(refusal);
    },
    refuseWrites: state => {
      refusal = state;
    },
    trailOf: id => data.trails.get(id) ?? [],

    insert(jobs) {
      write();
      return new Set(jobs.filter(insertOne).map(job => job.id));
    },
    findActiveByKey: key => all().find(row => row.idempotencyKey === key && isIn(activeJobStates, row))?.id ?? null,
    find: id => data.rows.get(id) ?? null,
    payload: id => data.rows.get(id)?.payload ?? null,
    queueLength: () => all().filter(row => isIn(idle, row)).length,
    ofUnknownKind: (state, kinds, limit) =>
      all()
        .filter(row => row.state === state && !kinds.includes(row.kind))
        .slice(0, limit),
    queued(kinds, _wanted, nowMs, msPerPoint) {
      const left = all()
        .filter(row => row.state === 'queued' && row.heldFor === null)
        .sort(inOrder(nowMs, msPerPoint))
        .flatMap(row => {
          const kind = kinds.find(name => name === row.kind);
          return kind === undefined ? [] : [{ ...row, kind }];
        });
      return {
        next(isOpen) {
          const at = left.findIndex(row => isOpen(row.kind));
          return at === -1 ? null : (left.splice(at, 1)[0] ?? null);
        },
      };
    },
    claim(leases) {
      write();
      return leases.flatMap(({ jobId, leaseToken }) => {
        const row = data.rows.get(jobId);
        if (row === undefined || !move(jobId, isQueued, { state: 'running', leaseToken, attempt: row.attempt + 1 }, 'started')) return [];
        return [
          {
            id: row.id,
            // Only declared kinds are read from the queue.
            kind: row.kind as JobKindName,
            sessionId: row.sessionId,
            attempt: row.attempt + 1,
            traceId: row.traceId,
            payload: row.payload,
            stepsDone: data.steps.get(row.id)?.filter(step => step.output !== null).length ?? 0,
            undoes: row.undoFor !== null,
            workerDeaths: row.workerDeaths,
            parentId: row.parentId,
            provider: row.provider,
          },
        ];
      });
    },
    hold: (id, gate) => move(id, row => row.state === 'queued', { heldFor: gate }, 'held'),
    release(gate, limit, nowMs, msPerPoint) {
      const first = all()
        .filter(row => row.state === 'queued' && row.heldFor === gate)
        .sort(inOrder(nowMs, msPerPoint))
        .slice(0, limit);
      return first.filter(row => move(row.id, () => true, { heldFor: null }, null)).length;
    },
    heldGates: () => [...new Set(all().flatMap(row => (row.state === 'queued' && row.heldFor !== null ? [row.heldFor] : [])))],
    running: () => all().filter(row => row.state === 'running'),
    earliestDueAtMs: () =>
      all()
        .flatMap(row => (row.state === 'scheduled' ? row.dueAtMs : row.state === 'waiting' ? (row.wait?.expiresAtMs ?? []) : []))
        .reduce<number | null>((least, atMs) => Math.min(least ?? atMs, atMs), null),
    becomeDue(nowMs, limit) {
      const due = all()
        .filter(row => row.state === 'scheduled' && row.dueAtMs <= nowMs)
        .sort((a, b) => a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      for (const row of due) move(row.id, () => true, { state: 'queued' }, 'due');
      return due.map(row => row.id);
    },
    dueNow(id, nowMs) {
      const dueAtMs = Math.min(data.rows.get(id)?.dueAtMs ?? nowMs, nowMs);
      return move(id, row => row.state === 'scheduled', { state: 'queued', dueAtMs }, 'due');
    },
    expiredWaits: (nowMs, limit) =>
      all()
        .filter(row => row.state === 'waiting' && (row.wait?.expiresAtMs ?? Number.POSITIVE_INFINITY) <= nowMs)
        .sort((a, b) => (a.wait?.expiresAtMs ?? 0) - (b.wait?.expiresAtMs ?? 0) || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map(row => ({ ...row, onExpiry: row.wait?.onExpiry ?? 'resume' })),
    waitingFor: (reason, sessionId) =>
      all()
        .filter(row => row.state === 'waiting' && row.waitReason === reason && (sessionId === null || row.sessionId === sessionId))
        .sort((a, b) =>
          (a.sessionId ?? '') === (b.sessionId ?? '') ? (a.id < b.id ? -1 : 1) : (a.sessionId ?? '') < (b.sessionId ?? '') ? -1 : 1,
        )
        .map(row => row.id),
    children: id =>
      all()
        .filter(row => row.parentId === id)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(row => ({ id: row.id, kind: row.kind, idempotencyKey: row.idempotencyKey, state: row.state, error: row.error })),
    hasActiveChildren: id => all().some(row => row.parentId === id && isIn(activeJobStates, row)),
    callOffFamily(id) {
      write();
      data.calledOff.add(id);
    },
    familyEnded(id) {
      write();
      data.calledOff.delete(id);
    },
    familyCalledOff: () => [...data.calledOff].sort()[0] ?? null,
    childrenToCancel: (id, limit) =>
      all()
        .filter(row => row.parentId === id && isIn(activeJobStates, row) && !row.cancelRequested && row.undoFor === null)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    ...createMemoryJournal({ data: () => data, write, move, trail, isHeld }),
    writeProgress: lease => move(lease.jobId, isHeld(lease), {}, null),
    finish: (ends, nowMs) =>
      new Set(
        ends
          .filter(({ lease }) => move(lease.jobId, isHeld(lease), { ...ended('done', nowMs), error: null, cancelRequested: false }, 'done'))
          .map(({ lease }) => lease.leaseToken),
      ),
    fail: (lease, error, nowMs) => move(lease.jobId, isHeld(lease), { ...ended('failed', nowMs), error, cancelRequested: false }, 'failed'),
    retryLater: (lease, error, dueAtMs) =>
      move(lease.jobId, isHeld(lease), { state: 'scheduled', leaseToken: null, dueAtMs, error }, 'retry'),
    giveBack(lease, charge) {
      const row = data.rows.get(lease.jobId);
      return (
        row !== undefined &&
        move(
          lease.jobId,
          isHeld(lease),
          {
            state: 'queued',
            leaseToken: null,
            attempt: row.attempt - 1,
            losses: row.losses + (charge === 'nothing' ? 0 : 1),
            workerDeaths: row.workerDeaths + (charge === 'worker_death' ? 1 : 0),
          },
          'returned',
        )
      );
    },
    cancelRunning: (lease, nowMs) => move(lease.jobId, isHeld(lease), ended('cancelled', nowMs), 'cancelled'),
    park(lease, wait) {
      const attempt = (data.rows.get(lease.jobId)?.attempt ?? 1) - 1;
      return move(lease.jobId, isHeld(lease), { state: 'waiting', leaseToken: null, attempt, waitReason: wait.reason, wait }, 'waiting');
    },
    parkQueued: (id, wait) =>
      move(id, row => row.state === 'queued', { state: 'waiting', heldFor: null, waitReason: wait.reason, wait }, 'waiting'),
    resume: id => move(id, row => row.state === 'waiting', { state: 'queued', waitReason: null, wait: null }, 'resumed'),
    requestCancel: id =>
      move(id, row => row.state === 'running' && !row.cancelRequested && row.undoFor === null, { cancelRequested: true }, 'cancelling'),
    cancelIdle: (id, nowMs) => move(id, row => isIn(idle, row), ended('cancelled', nowMs), 'cancelled'),
    failIdle: (id, error, nowMs) => move(id, row => isIn(idle, row), { ...ended('failed', nowMs), error }, 'failed'),
    pointTo: (id, provider) => move(id, row => row.state === 'queued' && row.provider !== provider, { provider, heldFor: null }, null),
    retryByHand: (id, maxAttempts, nowMs) =>
      move(
        id,
        row => row.state === 'failed' || row.state === 'cancelled',
        {
          state: 'queued',
          dueAtMs: nowMs,
          attempt: 0,
          maxAttempts,
          losses: 0,
          workerDeaths: 0,
          cancelRequested: false,
          finishedAtMs: null,
          error: null,
        },
        'retried_by_hand',
      ),
    note(id, type) {
      write();
      trail(id, type);
    },
    finishedCount: () => all().filter(row => row.finishedAtMs !== null).length,
    removeFinished({ beforeMs, after, limit }) {
      write();
      const old = all()
        .flatMap(({ id, finishedAtMs }) => (finishedAtMs === null || finishedAtMs >= beforeMs ? [] : { finishedAtMs, id }))
        .sort((a, b) => a.finishedAtMs - b.finishedAtMs || (a.id < b.id ? -1 : 1))
        .filter(
          row => after === null || row.finishedAtMs > after.finishedAtMs || (row.finishedAtMs === after.finishedAtMs && row.id > after.id),
        )
        .slice(0, limit);
      for (const { id } of old) {
        data.rows.delete(id);
        data.steps.delete(id);
        data.trails.delete(id);
        data.calledOff.delete(id);
      }
      return { removed: old.length, at: old.length < limit ? null : (old.at(-1) ?? null) };
    },
  };
}
