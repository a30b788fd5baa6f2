import type { JobKindName } from '../../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import type { JobState, WaitEnd, WaitReason } from '../../../shared/domain/job-state.ts';
import type { StoredWait } from '../../engine/park-job.ts';
import type { Database } from '../connection.ts';
import type { QueuedRow } from './read-queue.ts';

interface Held {
  id: JobId;
  leaseToken: string;
}
interface ErrorText {
  code: string;
  message: string;
}
export interface RecordRow {
  readonly id: JobId;
  readonly kind: string;
  readonly state: JobState;
  readonly sessionId: SessionId | null;
  readonly idempotencyKey: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly losses: number;
  readonly workerDeaths: number;
  readonly leaseToken: string | null;
  readonly cancelRequested: number;
  readonly traceId: string;
  readonly parentId: JobId | null;
  readonly waitReason: WaitReason | null;
  readonly undoState: 'failed' | 'cancelled' | null;
  readonly undoErrorCode: string | null;
  readonly undoErrorMessage: string | null;
}
interface ClaimRow {
  readonly id: JobId;
  readonly kind: JobKindName;
  readonly sessionId: SessionId | null;
  readonly attempt: number;
  readonly traceId: string;
  readonly payload: string | null;
  readonly stepsDone: number;
  readonly workerDeaths: number;
  readonly parentId: JobId | null;
  readonly provider: string | null;
  readonly undoes: number;
  readonly hasTrail: number;
}

const recordColumns = `
  id, kind, state, session_id AS sessionId, idempotency_key AS idempotencyKey, attempt, max_attempts AS maxAttempts, losses,
  worker_deaths AS workerDeaths, lease_token AS leaseToken, (cancel_requested_at_ms IS NOT NULL) AS cancelRequested, trace_id AS traceId,
  parent_id AS parentId, wait_reason AS waitReason, undo_for AS undoState, undo_error_code AS undoErrorCode, undo_error_message AS undoErrorMessage`;

/** UTF-16 units: about what fits a database page beside the rest of the row, so a list never reads overflow pages. */
export const inlinePayloadLimit = 4_096;

/** Every later write to a claimed row names its lease; no row changed means that it was lost. */
export const whereHeld = `WHERE id = @id AND state = 'running' AND lease_token = @leaseToken`;
const whereIdle = `WHERE id = @id AND state IN ('scheduled', 'queued', 'waiting')`;
const notWaiting = 'wait_reason = NULL, wait_detail = NULL, wait_expires_at_ms = NULL, wait_default = NULL';
const endedAt = `lease_token = NULL, held_for = NULL, ${notWaiting}, finished_at_ms = @nowMs, last_news_at_ms = @nowMs`;

/** The hot statements by name; `query-plan.test.ts` asserts how SQLite runs them. */
export const jobSql = {
  insertPayload: 'INSERT INTO job_payload (job_id, payload) VALUES (@id, @payload)',
  findActiveByKey: `SELECT id FROM job WHERE idempotency_key = @idempotencyKey AND finished_at_ms IS NULL`,
  /** Asked once, at the start; that it has not ended keeps the search out of the history. */
  ofUnknownKind: `
    SELECT ${recordColumns} FROM job
    WHERE state = @state AND finished_at_ms IS NULL AND kind NOT IN (SELECT value FROM json_each(@kinds) AS wanted) LIMIT @limit`,
  queueLength: `SELECT sum(n) AS n FROM job_count WHERE state IN ('scheduled', 'queued', 'waiting')`,
  /** The priorities that are in the queue of each kind, one index step each. A kind that has no room is not asked for. */
  queueClasses: `
    WITH RECURSIVE class (kind, priority) AS (
      SELECT wanted.value, (SELECT max(first.priority) FROM job AS first WHERE first.state = 'queued' AND first.held_for IS NULL AND first.kind = wanted.value) FROM json_each(@kinds) AS wanted
      UNION ALL
      SELECT kind, (SELECT max(next.priority) FROM job AS next WHERE next.state = 'queued' AND next.held_for IS NULL AND next.kind = class.kind AND next.priority < class.priority)
      FROM class WHERE priority IS NOT NULL)
    SELECT kind, priority FROM class WHERE priority IS NOT NULL`,
  queueHeads: `
    SELECT id, session_id AS sessionId, provider, worker_deaths AS workerDeaths, due_at_ms AS dueAtMs FROM job
    WHERE state = 'queued' AND held_for IS NULL AND kind = @kind AND priority = @priority AND (due_at_ms, id) > (@afterDueAtMs, @afterId)
    ORDER BY due_at_ms, id LIMIT @limit`,
  /**
   * All that a turn claims in one statement, from an object of leases by job: as key and value they need not be parsed out of
   * arrays. Which they are, the dispatcher has chosen from `queueHeads`.
   *
   * Age is reckoned in the choice and never written: raising the priority of old rows instead rewrites every waiting row,
   * with its place in the index, at every interval. Measured with 256 jobs a turn, microseconds of processor a job:
   *
   * | | claim | finish |
   * |---|--:|--:|
   * | a statement each, the choice in it | 38 | 36 |
   * | a statement for all | 13 | 13 |
   *
   * And the claim alone, microseconds a job, 256 of 20,000 queued ones in five priorities beside 120,000 others, three runs
   * (`npm run bench -- --only claims`):
   *
   * | | |
   * |---|--:|
   * | this: chosen with their age, one update for all | 6.4–6.9 |
   * | `WHERE id IN (SELECT … ORDER BY priority DESC … LIMIT 256)`, which knows no age, no rate and no place | 5.2–5.7 |
   * | the same as a CTE that is joined (`UPDATE … FROM`) | 5.5–6.0 |
   * | the same with one full index in the place of the partial ones | 6.0–6.4 |
   * | `WHERE id = (SELECT … LIMIT 1)`, a statement for each | 11.7–12.6 |
   * | `SELECT … LIMIT 1`, then `UPDATE`, for each | 11.1–11.7 |
   * | a statement for each, and one full index | 12.4–13.5 |
   */
  claim: `
    UPDATE job SET state = 'running', lease_token = taken.value, attempt = attempt + 1, started_at_ms = coalesce(started_at_ms, @nowMs), last_news_at_ms = @nowMs, progress = NULL
    FROM json_each(@taken) AS taken WHERE job.id = taken.key AND job.state = 'queued'
    RETURNING id, kind, session_id AS sessionId, attempt, trace_id AS traceId, payload, steps_done AS stepsDone, worker_deaths AS workerDeaths, parent_id AS parentId, provider, undo_for IS NOT NULL AS undoes, has_trail AS hasTrail`,
  hold: `UPDATE job SET held_for = @gate WHERE id = @id AND state = 'queued'`,
  /** One job, chosen as the dispatcher chooses among the jobs of one kind. */
  release: `
    WITH RECURSIVE class (priority) AS (
      SELECT max(first.priority) FROM job AS first WHERE first.state = 'queued' AND first.held_for = @gate
      UNION ALL
      SELECT (SELECT max(next.priority) FROM job AS next WHERE next.state = 'queued' AND next.held_for = @gate AND next.priority < class.priority) FROM class WHERE priority IS NOT NULL)
    UPDATE job SET held_for = NULL WHERE id = (
      SELECT head.id FROM class JOIN job AS head ON head.id = (
        SELECT first.id FROM job AS first WHERE first.state = 'queued' AND first.held_for = @gate AND first.priority = class.priority ORDER BY first.due_at_ms, first.id LIMIT 1)
      ORDER BY head.priority + CAST(max(0, @nowMs - head.due_at_ms) / @msPerPoint AS INTEGER) DESC, head.due_at_ms, head.id LIMIT 1)`,
  heldGates: `SELECT DISTINCT held_for AS gate FROM job WHERE state = 'queued' AND held_for IS NOT NULL`,
  running: `SELECT ${recordColumns} FROM job WHERE state = 'running'`,
  /** Two index steps. */
  earliestDue: `
    SELECT (SELECT due_at_ms FROM job WHERE state = 'scheduled' ORDER BY due_at_ms LIMIT 1) AS dueAtMs,
      (SELECT wait_expires_at_ms FROM job WHERE state = 'waiting' AND wait_expires_at_ms IS NOT NULL ORDER BY wait_expires_at_ms LIMIT 1) AS expiresAtMs`,
  expiredWaits: `
    SELECT ${recordColumns}, coalesce(wait_default, 'resume') AS onExpiry FROM job
    WHERE state = 'waiting' AND wait_expires_at_ms <= @nowMs ORDER BY wait_expires_at_ms, id LIMIT @limit`,
  waitingForAll: `SELECT id FROM job WHERE state = 'waiting' AND wait_reason = @reason ORDER BY session_id, id`,
  waitingForSession: `SELECT id FROM job WHERE state = 'waiting' AND wait_reason = @reason AND session_id = @sessionId ORDER BY id`,
  childrenToCancel: `
    SELECT ${recordColumns} FROM job
    WHERE parent_id = @id AND finished_at_ms IS NULL AND cancel_requested_at_ms IS NULL AND undo_for IS NULL ORDER BY id LIMIT @limit`,
  hasActiveChildren: `SELECT 1 AS found FROM job WHERE parent_id = @id AND finished_at_ms IS NULL LIMIT 1`,
  park: `
    UPDATE job SET state = 'waiting', lease_token = NULL, attempt = attempt - 1, wait_reason = @reason, wait_detail = @detail, wait_expires_at_ms = @expiresAtMs,
      wait_default = @onExpiry, progress = NULL, last_news_at_ms = @nowMs
    ${whereHeld}`,
  resume: `UPDATE job SET state = 'queued', ${notWaiting}, last_news_at_ms = @nowMs WHERE id = @id AND state = 'waiting'`,
  becomeDue: `
    UPDATE job SET state = 'queued' WHERE id IN (
      SELECT id FROM job WHERE state = 'scheduled' AND due_at_ms <= @nowMs ORDER BY due_at_ms, id LIMIT @limit)
    RETURNING id`,
  dueNow: `UPDATE job SET state = 'queued', due_at_ms = min(due_at_ms, @nowMs), last_news_at_ms = @nowMs WHERE id = @id AND state = 'scheduled'`,
  /** `ended` is an object of leases by job. */
  finish: `
    UPDATE job SET state = 'done', outcome = iif(@issues = '[]', 'ok', 'issues'), issues = @issues, error_code = NULL, error_message = NULL, cancel_requested_at_ms = NULL,
      progress = NULL, ${endedAt}
    FROM json_each(@ended) AS ended WHERE job.id = ended.key AND job.state = 'running' AND job.lease_token = ended.value
    RETURNING id, has_trail AS hasTrail`,
  /** Jobs that have ended ask nothing, so there are as many as persons are asked. */
  anyQuestion: `SELECT 1 AS found FROM approval WHERE closed_at_ms IS NULL LIMIT 1`,
  closeQuestions: `UPDATE approval SET closed_at_ms = @nowMs WHERE closed_at_ms IS NULL AND job_id IN (SELECT value FROM json_each(@ended) AS ended)`,
  fail: `UPDATE job SET state = 'failed', error_code = @code, error_message = @message, cancel_requested_at_ms = NULL, ${endedAt} ${whereHeld}`,
  cancelRunning: `UPDATE job SET state = 'cancelled', ${endedAt} ${whereHeld}`,
  retryLater: `
    UPDATE job SET state = 'scheduled', lease_token = NULL, due_at_ms = @dueAtMs, error_code = @code, error_message = @message, last_news_at_ms = @nowMs
    ${whereHeld}`,
  giveBack: `
    UPDATE job SET state = 'queued', lease_token = NULL, attempt = attempt - 1, losses = losses + @losses, worker_deaths = worker_deaths + @deaths,
      progress = NULL, last_news_at_ms = @nowMs
    ${whereHeld}`,
  parkQueued: `
    UPDATE job SET state = 'waiting', wait_reason = @reason, wait_detail = @detail, wait_expires_at_ms = @expiresAtMs, wait_default = @onExpiry, held_for = NULL,
      last_news_at_ms = @nowMs
    WHERE id = @id AND state = 'queued'`,
  beginUndo: `
    UPDATE job SET state = 'queued', lease_token = NULL, held_for = NULL, ${notWaiting}, due_at_ms = @nowMs, attempt = 0, max_attempts = @maxAttempts, losses = 0,
      worker_deaths = 0, cancel_requested_at_ms = NULL, progress = NULL, error_code = @code, error_message = @message, undo_for = @state, undo_error_code = @code,
      undo_error_message = @message, last_news_at_ms = @nowMs
    WHERE id = @id AND finished_at_ms IS NULL AND lease_token IS @leaseToken`,
  writeProgress: `UPDATE job SET progress = @progress, last_news_at_ms = max(last_news_at_ms, @newsAtMs) ${whereHeld}`,
  countStep: `UPDATE job SET steps_done = steps_done + 1, losses = 0, last_news_at_ms = @nowMs ${whereHeld}`,
  finishedCount: `SELECT sum(n) AS n FROM job_count WHERE state IN ('done', 'failed', 'cancelled')`,
  /** One group of what has ended, oldest first. */
  oldestFinished: `
    SELECT finished_at_ms AS finishedAtMs, id FROM job
    WHERE finished_at_ms IS NOT NULL AND panel_group = @group AND (finished_at_ms, id) > (@afterMs, @afterId) AND finished_at_ms < @beforeMs
    ORDER BY finished_at_ms, id LIMIT @limit`,
  /** A synopsis can be taken up again, and a schedule has its last run, by the job; both are kept for good. */
  removeFinished: `
    DELETE FROM job WHERE id = @id AND finished_at_ms IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM synopsis_version WHERE job_id = @id) AND NOT EXISTS (SELECT 1 FROM schedule WHERE last_job_id = @id)`,
} as const;

export function prepareJobStatements(db: Database) {
  return {
    insertPayload: db.prepare<{ id: JobId; payload: string }>(jobSql.insertPayload),
    findActiveByKey: db.prepare<{ idempotencyKey: string }, { id: JobId }>(jobSql.findActiveByKey),
    find: db.prepare<{ id: JobId }, RecordRow>(`SELECT ${recordColumns} FROM job WHERE id = @id`),
    payload: db.prepare<{ id: JobId }, { payload: string | null }>(`
      SELECT coalesce(job.payload, apart.payload) AS payload FROM job LEFT JOIN job_payload AS apart ON apart.job_id = job.id WHERE job.id = @id`),
    queueLength: db.prepare<[], { n: number }>(jobSql.queueLength),
    ofUnknownKind: db.prepare<{ state: JobState; kinds: string; limit: number }, RecordRow>(jobSql.ofUnknownKind),

    queueClasses: db.prepare<{ kinds: string }, { kind: JobKindName; priority: number }>(jobSql.queueClasses),
    queueHeads: db.prepare<{ kind: string; priority: number; afterDueAtMs: number; afterId: string; limit: number }, QueuedRow>(
      jobSql.queueHeads,
    ),
    claim: db.prepare<{ taken: string; nowMs: number }, ClaimRow>(jobSql.claim),
    hold: db.prepare<{ id: JobId; gate: string }>(jobSql.hold),
    release: db.prepare<{ gate: string; nowMs: number; msPerPoint: number }>(jobSql.release),
    heldGates: db.prepare<[], { gate: string }>(jobSql.heldGates),
    running: db.prepare<[], RecordRow>(jobSql.running),
    earliestDue: db.prepare<[], { dueAtMs: number | null; expiresAtMs: number | null }>(jobSql.earliestDue),
    becomeDue: db.prepare<{ nowMs: number; limit: number }, { id: JobId }>(jobSql.becomeDue),
    dueNow: db.prepare<{ id: JobId; nowMs: number }>(jobSql.dueNow),

    expiredWaits: db.prepare<{ nowMs: number; limit: number }, RecordRow & { onExpiry: WaitEnd }>(jobSql.expiredWaits),
    waitingForAll: db.prepare<{ reason: WaitReason }, { id: JobId }>(jobSql.waitingForAll),
    waitingForSession: db.prepare<{ reason: WaitReason; sessionId: SessionId }, { id: JobId }>(jobSql.waitingForSession),
    children: db.prepare<
      { id: JobId },
      { id: JobId; kind: string; idempotencyKey: string; state: JobState; errorCode: string | null; errorMessage: string | null }
    >(`
      SELECT id, kind, idempotency_key AS idempotencyKey, state, error_code AS errorCode, error_message AS errorMessage FROM job WHERE parent_id = @id ORDER BY id`),
    childrenToCancel: db.prepare<{ id: JobId; limit: number }, RecordRow>(jobSql.childrenToCancel),
    callOffFamily: db.prepare<{ id: JobId }>('INSERT OR IGNORE INTO job_family_called_off (job_id) VALUES (@id)'),
    familyEnded: db.prepare<{ id: JobId }>('DELETE FROM job_family_called_off WHERE job_id = @id'),
    familyCalledOff: db.prepare<[], { id: JobId }>('SELECT job_id AS id FROM job_family_called_off LIMIT 1'),
    hasActiveChildren: db.prepare<{ id: JobId }, { found: number }>(jobSql.hasActiveChildren),

    writeProgress: db.prepare<Held & { progress: string; newsAtMs: number }>(jobSql.writeProgress),

    finish: db.prepare<{ ended: string; issues: string; nowMs: number }, { id: JobId; hasTrail: number }>(jobSql.finish),
    anyQuestion: db.prepare<[], { found: number }>(jobSql.anyQuestion),
    closeQuestions: db.prepare<{ ended: string; nowMs: number }>(jobSql.closeQuestions),
    fail: db.prepare<Held & ErrorText & { nowMs: number }>(jobSql.fail),
    retryLater: db.prepare<Held & ErrorText & { dueAtMs: number; nowMs: number }>(jobSql.retryLater),
    giveBack: db.prepare<Held & { losses: number; deaths: number; nowMs: number }>(jobSql.giveBack),
    /** Of a job that has no attempt and nothing recorded any more. */
    forgetStart: db.prepare<[JobId]>(`UPDATE job SET started_at_ms = NULL WHERE id = ? AND attempt = 0 AND steps_done = 0`),
    cancelRunning: db.prepare<Held & { nowMs: number }>(jobSql.cancelRunning),

    park: db.prepare<Held & StoredWait & { nowMs: number }>(jobSql.park),
    parkQueued: db.prepare<{ id: JobId } & StoredWait & { nowMs: number }>(jobSql.parkQueued),
    resume: db.prepare<{ id: JobId; nowMs: number }>(jobSql.resume),

    requestCancel: db.prepare<{ id: JobId; nowMs: number }>(`
      UPDATE job SET cancel_requested_at_ms = @nowMs, last_news_at_ms = @nowMs WHERE id = @id AND state = 'running' AND cancel_requested_at_ms IS NULL AND undo_for IS NULL`),
    cancelIdle: db.prepare<{ id: JobId; nowMs: number }>(`UPDATE job SET state = 'cancelled', ${endedAt} ${whereIdle}`),
    failIdle: db.prepare<{ id: JobId; nowMs: number } & ErrorText>(
      `UPDATE job SET state = 'failed', error_code = @code, error_message = @message, ${endedAt} ${whereIdle}`,
    ),
    retryByHand: db.prepare<{ id: JobId; maxAttempts: number; nowMs: number }>(`
      UPDATE job SET state = 'queued', due_at_ms = @nowMs, attempt = 0, max_attempts = @maxAttempts, losses = 0, worker_deaths = 0, cancel_requested_at_ms = NULL,
        error_code = NULL, error_message = NULL, progress = NULL, started_at_ms = NULL, finished_at_ms = NULL, last_news_at_ms = @nowMs
      WHERE id = @id AND state IN ('failed', 'cancelled')`),
    pointTo: db.prepare<{ id: JobId; provider: string | null }>(
      "UPDATE job SET provider = @provider, held_for = NULL WHERE id = @id AND state = 'queued' AND provider IS NOT @provider",
    ),
    /** Two statements: an insert that reads its own table for the number takes four times as long as both. */
    lastEvent: db.prepare<[JobId], { seq: number }>('SELECT seq FROM job_trail WHERE job_id = ? ORDER BY seq DESC LIMIT 1'),
    addEvent: db.prepare<[id: JobId, seq: number, type: string, atMs: number, detail: string | null]>(
      'INSERT INTO job_trail (job_id, seq, type, at_ms, detail) VALUES (?, ?, ?, ?, ?)',
    ),
    /** What the row of a job has told so far; nothing for one that has a trail of its own. */
    writeOutTrail: db.prepare<[JobId]>('INSERT INTO job_trail SELECT * FROM job_event_of_row WHERE job_id = ?'),
    markTrail: db.prepare<[JobId]>('UPDATE job SET has_trail = 1 WHERE id = ? AND has_trail = 0'),
    /** `news` is an object of details by job. */
    addEvents: db.prepare<{ news: string; type: string; atMs: number }>(`
      INSERT INTO job_trail (job_id, seq, type, at_ms, detail)
      SELECT key, coalesce((SELECT max(seq) FROM job_trail WHERE job_id = key), 0) + 1, @type, @atMs, value FROM json_each(@news)`),
    finishedCount: db.prepare<[], { n: number }>(jobSql.finishedCount),
    oldestFinished: db.prepare<
      { group: 'done' | 'failed'; beforeMs: number; afterMs: number; afterId: string; limit: number },
      { finishedAtMs: number; id: JobId }
    >(jobSql.oldestFinished),
    removeFinished: db.prepare<{ id: JobId }>(jobSql.removeFinished),
    probeFill: db.prepare<{ bytes: number }>(
      'INSERT INTO storage_probe (id, padding) VALUES (1, zeroblob(@bytes)) ON CONFLICT (id) DO UPDATE SET padding = excluded.padding',
    ),
    probeEmpty: db.prepare("UPDATE storage_probe SET padding = x'' WHERE id = 1"),
  };
}
