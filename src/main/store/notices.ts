import {
  approvalId,
  jobId,
  noticeId,
  sessionId,
  type ApprovalId,
  type JobId,
  type NoticeId,
  type SessionId,
} from '../../shared/domain/ids.ts';
import { kindOfEvent, noticeEvents, noticeView, type NoticeEvent, type NoticeView } from '../../shared/domain/notice.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import { cutPage, decodeRowCursor, type PageRequest } from './page-cursor.ts';

/** A job's, with the question it asks if that is what is told, or about something that is no job. */
type About =
  | { readonly jobId: JobId; readonly approvalId: ApprovalId | null; readonly subject: null }
  | { readonly jobId: null; readonly approvalId: null; readonly subject: string };

export type NewNotice = About & {
  readonly id: NoticeId;
  /** Names the happening: told again under the same key it is the same. */
  readonly uniqueKey: string;
  readonly event: NoticeEvent;
  readonly sessionId: SessionId | null;
  readonly atMs: number;
};

/** What still has to be told outside the window. */
export interface UntoldNotice extends NoticeView {
  readonly approvalId: ApprovalId | null;
}

/** `held` until quiet hours are over; `shown`, given to the host; `kept` for the centre alone. */
export type Told = 'held' | 'shown' | 'kept';

/**
 * The notification centre and the outbox of the system's notifications in one: a row is committed together with what it
 * tells of, so a kill in between neither forgets nor repeats it. What has been answered is found out by reading, not by
 * marking: however a question ends, it is unread no more.
 */
export interface Notices {
  /** False when this happening already has its row. What it takes the place of is read then: the same of the same job, an earlier update. */
  insert(notice: NewNotice): boolean;
  /** Newest first, without those of removed chats. Throws `PageCursorError`. */
  list(page: PageRequest, nowMs: number): { readonly notices: readonly NoticeView[]; readonly next: string | null };
  unread(nowMs: number): number;
  /** These, or all with null. Returns how many were not read before; here and below. */
  read(ids: readonly NoticeId[] | null, atMs: number): number;
  readOfJob(id: JobId, atMs: number): number;
  readOfSession(id: SessionId, atMs: number): number;
  /** Oldest first. */
  untold(told: 'pending' | 'held', limit: number, nowMs: number): readonly UntoldNotice[];
  /** False when it was told before. */
  tell(id: NoticeId, told: Told): boolean;
  /** One that the person does not want to be told: neither listed nor counted, and known all the same, so that it is not noted anew. */
  leaveOut(id: NoticeId, atMs: number): void;
  /** Deletes those from before, and the oldest beyond `keep`; at most `limit` of each. Returns how many. */
  forget(bounds: { readonly beforeMs: number; readonly keep: number; readonly limit: number }): number;
}

interface Row {
  readonly n: number;
  readonly id: string;
  readonly event: string;
  readonly atMs: number;
  readonly title: string;
  readonly jobId: string | null;
  readonly approvalId: string | null;
  readonly sessionId: string | null;
  readonly isRead: number;
  readonly isOver: number;
}

const joins = `
  FROM notice
    LEFT JOIN job ON job.id = notice.job_id
    LEFT JOIN approval ON approval.id = notice.approval_id
    LEFT JOIN session ON session.id = notice.session_id`;
const isAnswered = 'approval.decision IS NOT NULL OR approval.closed_at_ms IS NOT NULL OR coalesce(approval.expires_at_ms <= @nowMs, 0)';
const isOver = `(session.removed_at_ms IS NOT NULL OR CASE
    WHEN notice.approval_id IS NOT NULL THEN ${isAnswered}
    WHEN notice.event = 'budget' THEN job.wait_reason IS NOT 'budget'
    WHEN notice.event = 'unclear' THEN job.state <> 'waiting' OR NOT EXISTS (
      SELECT 1 FROM job_step AS asked WHERE asked.job_id = job.id AND asked.effect_outcome = 'indeterminate' AND asked.decision IS NULL)
    ELSE 0
  END)`;
const select = `
  SELECT notice.n, notice.id, notice.event, notice.created_at_ms AS atMs, coalesce(job.title, notice.subject) AS title, notice.job_id AS jobId,
    notice.approval_id AS approvalId, notice.session_id AS sessionId, notice.read_at_ms IS NOT NULL AS isRead, ${isOver} AS isOver
  ${joins}`;

export const noticeStatements = {
  list: `${select} WHERE notice.n < @before AND notice.is_unwanted = 0 AND session.removed_at_ms IS NULL ORDER BY notice.n DESC LIMIT @take`,
  unread: `SELECT count(*) AS n ${joins} WHERE notice.read_at_ms IS NULL AND NOT ${isOver}`,
  // Those of a newer build wait for it, and hold nobody up.
  untold: `${select} WHERE notice.told = @told AND notice.event IN (${noticeEvents.map(event => `'${event}'`).join(', ')}) ORDER BY notice.n LIMIT @limit`,
  readOfJob: 'UPDATE notice SET read_at_ms = @atMs WHERE job_id = @job AND read_at_ms IS NULL',
  readOfSession: 'UPDATE notice SET read_at_ms = @atMs WHERE read_at_ms IS NULL AND session_id = @session',
  forgetBefore: 'DELETE FROM notice WHERE n IN (SELECT n FROM notice WHERE created_at_ms < @beforeMs LIMIT @limit)',
  forgetBeyond: `
    DELETE FROM notice WHERE n IN (
      SELECT n FROM notice WHERE n <= (SELECT n FROM notice ORDER BY n DESC LIMIT 1 OFFSET @keep) ORDER BY n LIMIT @limit)`,
} as const;

/** Above every row. */
const newest = Number.MAX_SAFE_INTEGER;

export function createNotices(db: Database): Notices {
  const sql = {
    insert: db.prepare<Record<string, string | number | null>>(`
      INSERT INTO notice (id, unique_key, event, job_id, approval_id, subject, session_id, told, created_at_ms)
      VALUES (@id, @uniqueKey, @event, @jobId, @approvalId, @subject, @sessionId, 'pending', @atMs)
      ON CONFLICT (unique_key) DO NOTHING`),
    supersedeOfJob: db.prepare<{ id: string; jobId: string; event: string; approvalId: string | null; atMs: number }>(`
      UPDATE notice SET read_at_ms = @atMs
      WHERE job_id = @jobId AND event = @event AND approval_id IS @approvalId AND id <> @id AND read_at_ms IS NULL`),
    supersedeUpdates: db.prepare<{ id: string; atMs: number }>(`
      UPDATE notice SET read_at_ms = @atMs
      WHERE read_at_ms IS NULL AND event IN ('update_available', 'update_ready') AND id <> @id`),
    list: db.prepare<{ before: number; take: number; nowMs: number }, Row>(noticeStatements.list),
    unread: db.prepare<{ nowMs: number }, { n: number }>(noticeStatements.unread),
    readAll: db.prepare<{ atMs: number }>('UPDATE notice SET read_at_ms = @atMs WHERE read_at_ms IS NULL'),
    readOne: db.prepare<{ atMs: number; id: string }>('UPDATE notice SET read_at_ms = @atMs WHERE id = @id AND read_at_ms IS NULL'),
    readOfJob: db.prepare<{ atMs: number; job: string }>(noticeStatements.readOfJob),
    readOfSession: db.prepare<{ atMs: number; session: string }>(noticeStatements.readOfSession),
    untold: db.prepare<{ told: string; limit: number; nowMs: number }, Row>(noticeStatements.untold),
    tell: db.prepare<{ id: string; told: Told }>(
      "UPDATE notice SET told = @told WHERE id = @id AND told IN ('pending', 'held') AND told <> @told",
    ),
    leaveOut: db.prepare<{ id: string; atMs: number }>(
      "UPDATE notice SET is_unwanted = 1, told = 'kept', read_at_ms = coalesce(read_at_ms, @atMs) WHERE id = @id AND told IN ('pending', 'held')",
    ),
    forgetBefore: db.prepare<{ beforeMs: number; limit: number }>(noticeStatements.forgetBefore),
    forgetBeyond: db.prepare<{ keep: number; limit: number }>(noticeStatements.forgetBeyond),
  };

  return {
    insert: notice =>
      inWriteTransaction(db, () => {
        const { id, uniqueKey, event, jobId: job, approvalId: approval, subject, sessionId: session, atMs } = notice;
        const isNew =
          sql.insert.run({ id, uniqueKey, event, jobId: job, approvalId: approval, subject, sessionId: session, atMs }).changes === 1;
        if (isNew && job !== null) sql.supersedeOfJob.run({ id, event, jobId: job, approvalId: approval, atMs });
        if (isNew && kindOfEvent[event] === 'update') sql.supersedeUpdates.run({ id, atMs });
        return isNew;
      }),
    list({ before, limit }, nowMs) {
      const found = sql.list.all({ before: decodeRowCursor(before) ?? newest, take: limit + 1, nowMs });
      const { rows, next } = cutPage(found, limit, ({ n }) => String(n));
      return { notices: rows.flatMap(row => asView(row) ?? []), next };
    },
    unread: nowMs => sql.unread.get({ nowMs })?.n ?? 0,
    read: (ids, atMs) =>
      inWriteTransaction(db, () => {
        if (ids === null) return sql.readAll.run({ atMs }).changes;
        return ids.reduce((count, id) => count + sql.readOne.run({ id, atMs }).changes, 0);
      }),
    readOfJob: (job, atMs) => inWriteTransaction(db, () => sql.readOfJob.run({ job, atMs }).changes),
    readOfSession: (session, atMs) => inWriteTransaction(db, () => sql.readOfSession.run({ session, atMs }).changes),
    untold: (told, limit, nowMs) =>
      sql.untold.all({ told, limit, nowMs }).flatMap(row => {
        const view = asView(row);
        return view === null ? [] : { ...view, approvalId: row.approvalId === null ? null : approvalId.parse(row.approvalId) };
      }),
    tell: (id, told) => inWriteTransaction(db, () => sql.tell.run({ id, told }).changes === 1),
    leaveOut(id, atMs) {
      inWriteTransaction(db, () => {
        sql.leaveOut.run({ id, atMs });
      });
    },
    forget: ({ beforeMs, keep, limit }) =>
      inWriteTransaction(db, () => sql.forgetBefore.run({ beforeMs, limit }).changes + sql.forgetBeyond.run({ keep, limit }).changes),
  };
}

/** Null for an event of a newer build. */
function asView({ id, event, atMs, title, jobId: job, sessionId: session, isRead, isOver: over }: Row): NoticeView | null {
  const known = noticeEvents.find(each => each === event);
  if (known === undefined) return null;
  return noticeView.parse({
    id: noticeId.parse(id),
    event: known,
    atMs,
    title,
    jobId: job === null ? null : jobId.parse(job),
    sessionId: session === null ? null : sessionId.parse(session),
    isRead: isRead === 1,
    isOver: over === 1,
  });
}
