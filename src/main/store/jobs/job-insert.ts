import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobStore, NewJob } from '../../engine/job-store.ts';
import type { Database } from '../connection.ts';
import { foldTitle } from './fold-title.ts';
import type { JobCounts } from './job-counts.ts';
import { inlinePayloadLimit, jobSql } from './job-statements.ts';

/**
 * Rows of one statement, the largest first. Values bound to a statement of many rows cost half of what a call for each row does,
 * and a third less than the same rows as JSON; beyond 64 nothing is gained.
 */
const pieces = [64, 8, 1] as const;

const columns =
  'id, kind, session_id, title, search_text, idempotency_key, trace_id, parent_id, provider, priority, payload, state, due_at_ms, max_attempts, created_at_ms, last_news_at_ms';
const valuesPerRow = columns.split(', ').length;
/** With 0 for `has_trail`: that it was enqueued is told by the row itself (migration 170). */
const rowOfValues = `(${Array<string>(valuesPerRow).fill('?').join(', ')}, 0)`;

/** The partial index of active keys decides who is there already: no look-up before. */
export const insertSql = (rows: number): string =>
  `INSERT INTO job (${columns}, has_trail) VALUES ${Array<string>(rows).fill(rowOfValues).join(', ')}
   ON CONFLICT (idempotency_key) WHERE finished_at_ms IS NULL DO NOTHING`;

/** `JobStore.insert` on SQLite. */
export function createJobInsert(db: Database, counts: Pick<JobCounts, 'entered'>): JobStore['insert'] {
  // The array that values are bound from is used again: a fresh one for each statement is a third of all garbage.
  const inserts = pieces.map(rows => ({
    rows,
    statement: db.prepare<unknown[]>(insertSql(rows)),
    values: new Array<unknown>(rows * valuesPerRow).fill(null),
  }));
  const insertPayload = db.prepare<{ id: JobId; payload: string }>(jobSql.insertPayload);
  const there = db.prepare<[ids: string], JobId>('SELECT value FROM json_each(?) WHERE value IN (SELECT id FROM job)').pluck();

  /** Returns those that were inserted. */
  function insertRows(jobs: readonly NewJob[]): readonly NewJob[] {
    let changes = 0;
    let at = 0;
    for (const { rows, statement, values } of inserts) {
      while (jobs.length - at >= rows) {
        for (let row = 0; row < rows; row += 1) writeValues(values, row * valuesPerRow, jobs[at + row]);
        changes += statement.run(values).changes;
        at += rows;
      }
    }
    if (changes === jobs.length) return jobs;
    const inserted = new Set(there.all(JSON.stringify(jobs.map(job => job.id))));
    return jobs.filter(job => inserted.has(job.id));
  }

  return jobs => {
    const inserted = insertRows(jobs);
    counts.entered('queued', inserted.filter(job => job.state === 'queued').length);
    counts.entered('scheduled', inserted.filter(job => job.state === 'scheduled').length);
    for (const { id, payload } of inserted) if (!isInline(payload)) insertPayload.run({ id, payload });
    return new Set(inserted.map(job => job.id));
  };
}

/** In the order of `columns`. */
function writeValues(values: unknown[], at: number, job: NewJob | undefined): void {
  if (job === undefined) throw new Error('There are fewer jobs to insert than rows.');
  values[at] = job.id;
  values[at + 1] = job.kind;
  values[at + 2] = job.sessionId;
  values[at + 3] = job.title;
  values[at + 4] = foldTitle(job.title);
  values[at + 5] = job.idempotencyKey;
  values[at + 6] = job.traceId;
  values[at + 7] = job.parentId;
  values[at + 8] = job.provider;
  values[at + 9] = job.priority;
  values[at + 10] = isInline(job.payload) ? job.payload : null;
  values[at + 11] = job.state;
  values[at + 12] = job.dueAtMs;
  values[at + 13] = job.maxAttempts;
  values[at + 14] = job.nowMs;
  values[at + 15] = job.nowMs;
}

function isInline(payload: string): boolean {
  return payload.length <= inlinePayloadLimit;
}
