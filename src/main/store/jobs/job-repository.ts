import type { JobRecord, JobStore, Lease } from '../../engine/job-store.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { resultOf } from '../connection.ts';
import { storageFailure } from '../storage-failure.ts';
import { createJobCounts } from './job-counts.ts';
import { createJobInsert } from './job-insert.ts';
import type { RecordRow } from './job-statements.ts';
import { prepareJobStatements } from './job-statements.ts';
import { readQueue } from './read-queue.ts';
import { createStepJournal } from './step-journal-repository.ts';

/** UTF-16 units of one detail of the trail, as `jobEventView` bounds it; SQLite's own `substr` counts whole characters. */
const detailLimit = 2_000;

/** A busy turn of the engine writes about as much; a disk that takes it will take the results that wait. */
const probeBytes = 256 * 1024;

/** The engine's store on SQLite. Statements are prepared once; the connection must be the writer's. */
export function createJobRepository(db: Database): JobStore {
  const sql = prepareJobStatements(db);
  const counts = createJobCounts(db);
  /** One wrapper for all: better-sqlite3 builds four functions for each, and nests it as a savepoint. */
  const inTransaction = db.transaction((work: () => unknown): unknown => work());
  const changed = (result: { readonly changes: number }): boolean => result.changes === 1;

  /** Set while an outermost transaction runs without savepoints; `torn` once a part of it has thrown and it must be run again. */
  let bare: { torn: boolean } | null = null;

  const begin = <T>(work: () => T): T => resultOf(inTransaction.immediate, work);

  /** A part of a transaction without savepoints. */
  function part<T>(within: { torn: boolean }, work: () => T): T {
    try {
      return work();
    } catch (error) {
      within.torn = true;
      throw error;
    }
  }

  function beginBare<T>(work: () => T): T {
    const attempt = { torn: false };
    bare = attempt;
    try {
      return begin(() => {
        const value = work();
        // Somebody has caught the error of a part and gone on; nothing of that may stand.
        if (attempt.torn) throw new TornTransactionError();
        return value;
      });
    } catch (error) {
      if (!attempt.torn || storageFailure(error) !== null) throw error;
    } finally {
      bare = null;
    }
    return begin(work);
  }

  function trail(id: JobId, type: string, atMs: number, detail: string | null = null): void {
    sql.addEvent.run(id, (sql.lastEvent.get(id)?.seq ?? writeOutTrail(id)) + 1, type, atMs, bounded(detail));
  }

  /** From now on the trail of this job is written down, with what its row has told until now (migration 170). Returns its length. */
  function writeOutTrail(id: JobId): number {
    const { changes } = sql.writeOutTrail.run(id);
    sql.markTrail.run(id);
    return changes;
  }

  /** The same news of several jobs, which every job has and the rows tell; written down for those that have a trail of their own. */
  function trailAll(type: 'started' | 'done', jobs: readonly { readonly id: JobId; readonly hasTrail: number }[], atMs: number): void {
    const news = jobs.filter(({ hasTrail }) => hasTrail === 1).map(({ id }) => [id, null]);
    if (news.length > 0) sql.addEvents.run({ news: JSON.stringify(Object.fromEntries(news)), type, atMs });
  }

  /** A transition and its row of the trail, which is written only when the transition happened. */
  function moved(result: { readonly changes: number }, id: JobId, type: string, atMs: number, detail: string | null = null): boolean {
    if (!changed(result)) return false;
    trail(id, type, atMs, detail);
    return true;
  }

  return {
    transaction<T>(work: () => T, mayRepeat = false): T {
      if (bare !== null) return part(bare, work);
      return mayRepeat && !db.inTransaction ? beginBare(work) : begin(work);
    },
    inTransaction: () => db.inTransaction && bare?.torn !== true,
    storageFailure,
    probe() {
      inTransaction.immediate(() => {
        sql.probeFill.run({ bytes: probeBytes });
      });
      sql.probeEmpty.run();
    },

    insert: createJobInsert(db, counts),
    findActiveByKey: idempotencyKey => sql.findActiveByKey.get({ idempotencyKey })?.id ?? null,
    find(id) {
      const row = sql.find.get({ id });
      return row === undefined ? null : toRecord(row);
    },
    payload: id => sql.payload.get({ id })?.payload ?? null,
    queueLength: () => sql.queueLength.get()?.n ?? 0,
    ofUnknownKind: (state, kinds, limit) => sql.ofUnknownKind.all({ state, kinds: JSON.stringify(kinds), limit }).map(toRecord),

    queued: (kinds, wanted, nowMs, msPerPoint) =>
      readQueue({
        classes: sql.queueClasses.all({ kinds: JSON.stringify(kinds) }),
        wanted,
        nowMs,
        msPerPoint,
        rowsOf: ({ kind, priority }, after, limit) =>
          sql.queueHeads.all({ kind, priority, afterDueAtMs: after?.dueAtMs ?? -1, afterId: after?.id ?? '', limit }),
      }),
    claim(leases, nowMs) {
      const rows = sql.claim.all({ taken: tokensByJob(leases), nowMs });
      counts.started(rows.length);
      trailAll('started', rows, nowMs);
      return rows.map(row => {
        const { hasTrail: _, ...job } = row;
        return { ...job, undoes: job.undoes === 1, payload: job.payload ?? sql.payload.get({ id: job.id })?.payload ?? null };
      });
    },
    hold: (id, gate, nowMs) => moved(sql.hold.run({ id, gate }), id, 'held', nowMs, gate),
    release(gate, limit, nowMs, msPerPoint) {
      let released = 0;
      while (released < limit && changed(sql.release.run({ gate, nowMs, msPerPoint }))) released += 1;
      return released;
    },
    heldGates: () => sql.heldGates.all().map(row => row.gate),
    running: () => sql.running.all().map(toRecord),
    earliestDueAtMs() {
      const { dueAtMs = null, expiresAtMs = null } = sql.earliestDue.get() ?? {};
      return dueAtMs === null || expiresAtMs === null ? (dueAtMs ?? expiresAtMs) : Math.min(dueAtMs, expiresAtMs);
    },
    becomeDue(nowMs, limit) {
      const ids = sql.becomeDue.all({ nowMs, limit }).map(row => row.id);
      for (const id of ids) trail(id, 'due', nowMs);
      return ids;
    },
    dueNow: (id, nowMs) => moved(sql.dueNow.run({ id, nowMs }), id, 'due', nowMs),

    expiredWaits: (nowMs, limit) => sql.expiredWaits.all({ nowMs, limit }).map(row => ({ ...toRecord(row), onExpiry: row.onExpiry })),
    waitingFor: (reason, sessionId) =>
      (sessionId === null ? sql.waitingForAll.all({ reason }) : sql.waitingForSession.all({ reason, sessionId })).map(row => row.id),
    children: id =>
      sql.children.all({ id }).map(({ errorCode, errorMessage, ...child }) => ({
        ...child,
        error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
      })),
    hasActiveChildren: id => sql.hasActiveChildren.get({ id }) !== undefined,
    callOffFamily(id) {
      sql.callOffFamily.run({ id });
    },
    familyEnded(id) {
      sql.familyEnded.run({ id });
    },
    familyCalledOff: () => sql.familyCalledOff.get()?.id ?? null,
    childrenToCancel: (id, limit) => sql.childrenToCancel.all({ id, limit }).map(toRecord),

    ...createStepJournal(db, trail, counts),
    writeProgress: (lease, progress, newsAtMs) =>
      changed(sql.writeProgress.run({ id: lease.jobId, leaseToken: lease.leaseToken, progress, newsAtMs })),

    finish(ends, nowMs) {
      const done = new Set<JobId>();
      const finishWith = (issues: readonly string[], leases: readonly Lease[]): void => {
        if (leases.length === 0) return;
        const rows = sql.finish.all({ ended: tokensByJob(leases), issues: JSON.stringify(issues), nowMs });
        counts.done(rows.length);
        // The trigger that closes the questions of other ends leaves those of jobs that are done to this place (migration 170).
        if (sql.anyQuestion.get() !== undefined) sql.closeQuestions.run({ ended: JSON.stringify(rows.map(({ id }) => id)), nowMs });
        if (issues.length === 0) trailAll('done', rows, nowMs);
        else for (const { id } of rows) trail(id, 'done', nowMs, issues.join(', '));
        for (const { id } of rows) done.add(id);
      };
      finishWith(
        [],
        ends.flatMap(({ lease, issues }) => (issues.length === 0 ? lease : [])),
      );
      // Few have any, and each its own.
      for (const { lease, issues } of ends) if (issues.length > 0) finishWith(issues, [lease]);
      return new Set(ends.flatMap(({ lease }) => (done.has(lease.jobId) ? lease.leaseToken : [])));
    },
    fail: (lease, error, nowMs) =>
      moved(
        sql.fail.run({ id: lease.jobId, leaseToken: lease.leaseToken, code: error.code, message: error.message, nowMs }),
        lease.jobId,
        'failed',
        nowMs,
        `${error.code}: ${error.message}`,
      ),
    retryLater: (lease, error, dueAtMs, nowMs) =>
      moved(
        sql.retryLater.run({ id: lease.jobId, leaseToken: lease.leaseToken, code: error.code, message: error.message, dueAtMs, nowMs }),
        lease.jobId,
        'retry',
        nowMs,
        `${error.code}: ${error.message}`,
      ),
    giveBack({ jobId: id, leaseToken }, charge, detail, nowMs) {
      const losses = charge === 'nothing' ? 0 : 1;
      const deaths = charge === 'worker_death' ? 1 : 0;
      if (!moved(sql.giveBack.run({ id, leaseToken, losses, deaths, nowMs }), id, 'returned', nowMs, detail)) return false;
      // After its trail, which the row tells until now.
      if (charge === 'nothing') sql.forgetStart.run(id);
      return true;
    },
    cancelRunning: (lease, nowMs) =>
      moved(sql.cancelRunning.run({ id: lease.jobId, leaseToken: lease.leaseToken, nowMs }), lease.jobId, 'cancelled', nowMs),

    park: (lease, wait, nowMs) =>
      moved(sql.park.run({ id: lease.jobId, leaseToken: lease.leaseToken, ...wait, nowMs }), lease.jobId, 'waiting', nowMs, wait.reason),
    parkQueued: (id, wait, nowMs) => moved(sql.parkQueued.run({ id, ...wait, nowMs }), id, 'waiting', nowMs, wait.reason),
    resume: (id, nowMs) => moved(sql.resume.run({ id, nowMs }), id, 'resumed', nowMs),

    requestCancel: (id, nowMs) => moved(sql.requestCancel.run({ id, nowMs }), id, 'cancelling', nowMs),
    cancelIdle: (id, nowMs) => moved(sql.cancelIdle.run({ id, nowMs }), id, 'cancelled', nowMs),
    failIdle: (id, error, nowMs) =>
      moved(
        sql.failIdle.run({ id, code: error.code, message: error.message, nowMs }),
        id,
        'failed',
        nowMs,
        `${error.code}: ${error.message}`,
      ),
    retryByHand: (id, maxAttempts, nowMs) => moved(sql.retryByHand.run({ id, maxAttempts, nowMs }), id, 'retried_by_hand', nowMs),
    pointTo: (id, provider) => sql.pointTo.run({ id, provider }).changes === 1,
    note: (id, type, detail, nowMs) => trail(id, type, nowMs, detail),
    finishedCount: () => sql.finishedCount.get()?.n ?? 0,
    removeFinished({ beforeMs, after, limit }) {
      const from = { beforeMs, limit, afterMs: after?.finishedAtMs ?? -1, afterId: after?.id ?? '' };
      const looked = [...sql.oldestFinished.all({ ...from, group: 'done' }), ...sql.oldestFinished.all({ ...from, group: 'failed' })]
        .sort((a, b) => a.finishedAtMs - b.finishedAtMs || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      const removed = looked.filter(({ id }) => changed(sql.removeFinished.run({ id }))).length;
      return { removed, at: looked.length < limit ? null : (looked.at(-1) ?? null) };
    },
  };
}

function bounded(detail: string | null): string | null {
  return detail?.slice(0, detailLimit).toWellFormed() ?? null;
}

/** The text of an object: 0.2 µs a job, and 2.7 µs as an object first, whose keys V8 meets for the first time. */
function tokensByJob(leases: readonly Lease[]): string {
  let text = '';
  for (const { jobId, leaseToken } of leases) text += `${text === '' ? '{' : ','}${JSON.stringify(jobId)}:${JSON.stringify(leaseToken)}`;
  return text === '' ? '{}' : `${text}}`;
}

/** Ends a transaction that is to be run again; never leaves this file. */
class TornTransactionError extends Error {
  override readonly name = 'TornTransactionError';
}

function toRecord({ cancelRequested, undoState, undoErrorCode, undoErrorMessage, ...row }: RecordRow): JobRecord {
  const error = undoErrorCode === null ? null : { code: undoErrorCode, message: undoErrorMessage ?? '' };
  return { ...row, cancelRequested: cancelRequested === 1, undoFor: undoState === null ? null : { state: undoState, error } };
}
