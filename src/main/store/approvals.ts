import type { Decision, PersonAnswer, PersonQuestion } from '../../shared/domain/agent.ts';
import {
  approvalsOfJobLimit,
  approvalView,
  openApprovalLimit,
  type ApprovalScope,
  type ApprovalView,
} from '../../shared/domain/approval.ts';
import type { ApprovalId, JobId } from '../../shared/domain/ids.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';

export interface GivenAnswer {
  readonly decision: Decision;
  readonly answer: string | null;
  readonly scope: ApprovalScope;
  readonly by: PersonAnswer['by'];
  readonly atMs: number;
}

/** A question as it is stored: exactly what was asked, and until when. */
export interface NewApproval {
  readonly id: ApprovalId;
  readonly jobId: JobId;
  readonly question: PersonQuestion;
  readonly atMs: number;
}

/** What jobs ask a person, and what was answered. */
export interface Approvals {
  find(id: ApprovalId): ApprovalView | null;
  /** The question that speaks for this key of the job now. */
  ofKey(jobId: JobId, key: string): ApprovalView | null;
  /** Open at this moment: unanswered, of a job that has not ended, and its time is not over. Oldest first. */
  open(nowMs: number): ApprovalView[];
  openOfJob(jobId: JobId, nowMs: number): ApprovalView[];
  /** Everything the job has asked, oldest first; of very many the newest. */
  ofJob(jobId: JobId): ApprovalView[];
  hasAny(jobId: JobId): boolean;
  /** Whether the person has allowed this job this tool with this destination until it ends. */
  isAllowedForJob(jobId: JobId, tool: string, destination: string): boolean;
  /** Null for a job that has ended or is not there: nobody would take the answer. */
  insert(approval: NewApproval): ApprovalView | null;
  /** False when it was answered or closed before. */
  decide(id: ApprovalId, given: GivenAnswer): boolean;
  /** Another question takes its place. */
  close(id: ApprovalId, atMs: number): void;
}

interface Row {
  readonly id: string;
  readonly jobId: string;
  readonly sessionId: string | null;
  readonly type: string;
  readonly tool: string;
  readonly title: string;
  readonly destination: string | null;
  readonly payload: string | null;
  readonly choices: string;
  readonly action: string | null;
  readonly requestedAtMs: number;
  readonly expiresAtMs: number | null;
  readonly whenExpired: string;
  readonly decision: string | null;
  readonly answer: string | null;
  readonly scope: string | null;
  readonly by: string | null;
  readonly decidedAtMs: number | null;
  readonly closedAtMs: number | null;
}

const select = `
  SELECT a.id, a.job_id AS jobId, j.session_id AS sessionId, a.type, a.tool, a.title, a.action, a.destination, a.payload, a.choices,
    a.requested_at_ms AS requestedAtMs, a.expires_at_ms AS expiresAtMs, a.when_expired AS whenExpired, a.decision, a.answer, a.scope,
    a.decided_by AS "by", a.decided_at_ms AS decidedAtMs, a.closed_at_ms AS closedAtMs
  FROM approval a JOIN job j ON j.id = a.job_id`;
const isOpen = 'a.decision IS NULL AND a.closed_at_ms IS NULL AND (a.expires_at_ms IS NULL OR a.expires_at_ms > @nowMs)';

export const approvalSql = {
  open: `${select} WHERE ${isOpen} ORDER BY a.id LIMIT ${openApprovalLimit}`,
  ofJob: `SELECT * FROM (${select} WHERE a.job_id = @jobId ORDER BY a.id DESC LIMIT ${approvalsOfJobLimit}) ORDER BY id`,
  ofKey: `${select} WHERE a.job_id = @jobId AND a.key = @key AND a.closed_at_ms IS NULL`,
} as const;

function view({ choices, action, decision, answer, scope, by, decidedAtMs, closedAtMs, ...row }: Row): ApprovalView {
  return approvalView.parse({
    ...row,
    choices: JSON.parse(choices) as unknown,
    action: action === null ? null : (JSON.parse(action) as unknown),
    answered: decision === null ? null : { decision, answer, scope, by, atMs: decidedAtMs },
    isClosed: closedAtMs !== null,
  });
}

export function createApprovals(db: Database): Approvals {
  const sql = {
    find: db.prepare<{ id: string }, Row>(`${select} WHERE a.id = @id`),
    ofKey: db.prepare<{ jobId: string; key: string }, Row>(approvalSql.ofKey),
    open: db.prepare<{ nowMs: number }, Row>(approvalSql.open),
    openOfJob: db.prepare<{ jobId: string; nowMs: number }, Row>(
      `${select} WHERE a.job_id = @jobId AND ${isOpen} ORDER BY a.id LIMIT ${openApprovalLimit}`,
    ),
    ofJob: db.prepare<{ jobId: string }, Row>(approvalSql.ofJob),
    hasAny: db.prepare<{ jobId: string }, { n: number }>('SELECT 1 AS n FROM approval WHERE job_id = @jobId LIMIT 1'),
    allowed: db.prepare<{ jobId: string; tool: string; destination: string }, { n: number }>(`
      SELECT 1 AS n FROM approval
      WHERE job_id = @jobId AND tool = @tool AND destination = @destination AND scope = 'job' AND decided_by = 'person' AND closed_at_ms IS NULL LIMIT 1`),
    insert: db.prepare<Record<string, string | number | null>>(`
      INSERT INTO approval (id, job_id, key, type, tool, title, requested_at_ms, expires_at_ms, when_expired, destination, choices, payload, action)
      SELECT @id, id, @key, @type, @tool, @title, @atMs, @expiresAtMs, @whenExpired, @destination, @choices, @payload, @action
      FROM job WHERE id = @jobId AND state NOT IN ('done', 'failed', 'cancelled')`),
    decide: db.prepare<{ id: string; decision: string; answer: string | null; scope: string; by: string; atMs: number }>(`
      UPDATE approval SET decision = @decision, answer = @answer, scope = @scope, decided_by = @by, decided_at_ms = @atMs
      WHERE id = @id AND decision IS NULL AND closed_at_ms IS NULL`),
    close: db.prepare<{ id: string; atMs: number }>('UPDATE approval SET closed_at_ms = @atMs WHERE id = @id AND closed_at_ms IS NULL'),
  };
  const orNull = (row: Row | undefined) => (row === undefined ? null : view(row));

  return {
    find: id => orNull(sql.find.get({ id })),
    ofKey: (jobId, key) => orNull(sql.ofKey.get({ jobId, key })),
    open: nowMs => sql.open.all({ nowMs }).map(view),
    openOfJob: (jobId, nowMs) => sql.openOfJob.all({ jobId, nowMs }).map(view),
    ofJob: jobId => sql.ofJob.all({ jobId }).map(view),
    hasAny: jobId => sql.hasAny.get({ jobId }) !== undefined,
    isAllowedForJob: (jobId, tool, destination) => sql.allowed.get({ jobId, tool, destination }) !== undefined,
    insert: ({ id, jobId, question, atMs }) =>
      inWriteTransaction(db, () => {
        const { key, type, tool, title, action, destination, payload, choices, expiresInMs, whenExpired } = question;
        const expiresAtMs = expiresInMs === null ? null : atMs + expiresInMs;
        const row = { id, jobId, key, type, tool, title, atMs, expiresAtMs, whenExpired, destination, payload };
        const { changes } = sql.insert.run({
          ...row,
          choices: JSON.stringify(choices),
          action: action === null ? null : JSON.stringify(action),
        });
        return changes === 0 ? null : orNull(sql.find.get({ id }));
      }),
    decide: (id, given) => inWriteTransaction(db, () => sql.decide.run({ id, ...given }).changes === 1),
    close(id, atMs) {
      inWriteTransaction(db, () => {
        sql.close.run({ id, atMs });
      });
    },
  };
}
