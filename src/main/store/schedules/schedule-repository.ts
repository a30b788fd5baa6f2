import type { JobId, ScheduleId, SessionId } from '../../../shared/domain/ids.ts';
import type { MissedPolicy, ScheduleOutcome } from '../../../shared/domain/schedule.ts';
import { scheduleRunsKept } from '../../../shared/domain/schedule.ts';
import type { ScheduleRun, ScheduleStore, StoredSchedule } from '../../engine/schedule-store.ts';
import type { Database } from '../connection.ts';
import { resultOf } from '../connection.ts';

interface RunRow {
  readonly plannedAtMs: number;
  readonly atMs: number;
  readonly outcome: ScheduleOutcome;
  readonly jobId: JobId | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

interface ScheduleRowOfTable {
  readonly id: ScheduleId;
  readonly kind: string;
  readonly sessionId: SessionId | null;
  readonly title: string;
  readonly payload: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly enabled: number;
  readonly nextAtMs: number | null;
  readonly lastJobId: JobId | null;
  readonly createdAtMs: number;
}

const columns = `
  id, kind, session_id AS sessionId, title, payload, cron, time_zone AS timeZone, missed, enabled, next_at_ms AS nextAtMs,
  last_job_id AS lastJobId, created_at_ms AS createdAtMs`;
const runColumns =
  'planned_at_ms AS plannedAtMs, at_ms AS atMs, outcome, job_id AS jobId, error_code AS errorCode, error_message AS errorMessage';

export const scheduleSql = {
  earliestNext: 'SELECT next_at_ms AS atMs FROM schedule WHERE enabled = 1 AND next_at_ms IS NOT NULL ORDER BY next_at_ms LIMIT 1',
  due: `SELECT ${columns} FROM schedule WHERE enabled = 1 AND next_at_ms IS NOT NULL AND next_at_ms <= @nowMs ORDER BY next_at_ms, id LIMIT @limit`,
  runs: `SELECT ${runColumns} FROM schedule_run WHERE schedule_id = @id ORDER BY planned_at_ms DESC LIMIT @limit`,
  forgetRuns: `
    DELETE FROM schedule_run WHERE schedule_id = @id AND planned_at_ms <= (
      SELECT planned_at_ms FROM schedule_run WHERE schedule_id = @id ORDER BY planned_at_ms DESC LIMIT 1 OFFSET @keep)`,
} as const;

/** The schedules' store on SQLite; the connection must be the writer's. */
export function createScheduleRepository(db: Database, keepRuns = scheduleRunsKept): ScheduleStore {
  const inTransaction = db.transaction((work: () => unknown): unknown => work());
  const sql = {
    list: db.prepare<[], ScheduleRowOfTable>(`SELECT ${columns} FROM schedule ORDER BY created_at_ms, id`),
    find: db.prepare<{ id: ScheduleId }, ScheduleRowOfTable>(`SELECT ${columns} FROM schedule WHERE id = @id`),
    count: db.prepare<[], { n: number }>('SELECT count(*) AS n FROM schedule'),
    // No kind can have two of its jobs at work for one session, so every schedule lets a planned time go that overlaps.
    put: db.prepare<Omit<ScheduleRowOfTable, 'lastJobId'>>(`
      INSERT INTO schedule (id, kind, session_id, title, payload, cron, time_zone, missed, overlap, enabled, next_at_ms, created_at_ms)
      VALUES (@id, @kind, @sessionId, @title, @payload, @cron, @timeZone, @missed, 'skip', @enabled, @nextAtMs, @createdAtMs)
      ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, session_id = excluded.session_id, title = excluded.title, payload = excluded.payload,
        cron = excluded.cron, time_zone = excluded.time_zone, missed = excluded.missed, enabled = excluded.enabled,
        next_at_ms = excluded.next_at_ms`),
    remove: db.prepare<{ id: ScheduleId }>('DELETE FROM schedule WHERE id = @id'),
    setNext: db.prepare<{ id: ScheduleId; enabled: number; nextAtMs: number | null }>(
      'UPDATE schedule SET enabled = @enabled, next_at_ms = @nextAtMs WHERE id = @id',
    ),
    earliestNext: db.prepare<[], { atMs: number }>(scheduleSql.earliestNext),
    due: db.prepare<{ nowMs: number; limit: number }, ScheduleRowOfTable>(scheduleSql.due),
    run: db.prepare<{ id: ScheduleId; plannedAtMs: number }, { found: number }>(
      'SELECT 1 AS found FROM schedule_run WHERE schedule_id = @id AND planned_at_ms = @plannedAtMs',
    ),
    runs: db.prepare<{ id: ScheduleId; limit: number }, RunRow>(scheduleSql.runs),
    addRun: db.prepare<RunRow & { id: ScheduleId }>(`
      INSERT INTO schedule_run (schedule_id, planned_at_ms, at_ms, outcome, job_id, error_code, error_message)
      VALUES (@id, @plannedAtMs, @atMs, @outcome, @jobId, @errorCode, @errorMessage) ON CONFLICT DO NOTHING`),
    setLastJob: db.prepare<{ id: ScheduleId; jobId: JobId }>('UPDATE schedule SET last_job_id = @jobId WHERE id = @id'),
    forgetRuns: db.prepare<{ id: ScheduleId; keep: number }>(scheduleSql.forgetRuns),
  };

  function runs(id: ScheduleId, limit: number): readonly ScheduleRun[] {
    return sql.runs.all({ id, limit }).map(({ errorCode, errorMessage, ...run }) => ({
      ...run,
      error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
    }));
  }

  function read(row: ScheduleRowOfTable): StoredSchedule {
    return { ...row, enabled: row.enabled === 1, lastRun: runs(row.id, 1)[0] ?? null };
  }

  return {
    transaction: work => resultOf(inTransaction.immediate, work),
    list: () => sql.list.all().map(read),
    find(id) {
      const row = sql.find.get({ id });
      return row === undefined ? null : read(row);
    },
    count: () => sql.count.get()?.n ?? 0,
    put({ id, kind, sessionId, title, payload, cron, timeZone, missed, enabled, nextAtMs, createdAtMs }) {
      sql.put.run({
        id,
        kind,
        sessionId,
        title,
        payload,
        cron,
        timeZone,
        missed,
        enabled: enabled ? 1 : 0,
        nextAtMs,
        createdAtMs,
      });
    },
    remove: id => sql.remove.run({ id }).changes === 1,
    setNext: (id, { enabled, nextAtMs }) => sql.setNext.run({ id, enabled: enabled ? 1 : 0, nextAtMs }).changes === 1,
    earliestNextAtMs: () => sql.earliestNext.get()?.atMs ?? null,
    due: (nowMs, limit) => sql.due.all({ nowMs, limit }).map(read),
    hasRun: (id, plannedAtMs) => sql.run.get({ id, plannedAtMs }) !== undefined,
    recordRun(id, { error, ...run }) {
      const added = sql.addRun.run({ id, ...run, errorCode: error?.code ?? null, errorMessage: error?.message ?? null });
      if (added.changes === 0) return false;
      if (run.jobId !== null) sql.setLastJob.run({ id, jobId: run.jobId });
      sql.forgetRuns.run({ id, keep: keepRuns });
      return true;
    },
    runs,
  };
}
