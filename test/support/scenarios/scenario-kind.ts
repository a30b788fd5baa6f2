import { z } from 'zod';
import type { JobKind } from '../../../src/main/engine/job-kind.ts';
import type { JobKindName, WorkerName } from '../../../src/shared/domain/job.ts';
import type { Database } from '../../../src/main/store/connection.ts';
import { rowsOf } from '../invariants/invariant.ts';
import type { Violation } from '../invariants/violations.ts';
import type { Stage } from './scenario.ts';

const payload = z.strictObject({ key: z.string(), padding: z.string().optional() });
const output = z.strictObject({ n: z.int() });
type ScenarioKind = JobKind<z.output<typeof payload>, unknown, z.output<typeof output>>;

const workers: Partial<Record<JobKindName, WorkerName>> = { 'document.import': 'documents', 'chat.answer': 'agent' };

/** Rows that hooks write: what the engine promises to commit together with a step or an end. */
export function makeHookTables(db: Database): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS hooked_end (job_id TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS hooked_step (job_id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (job_id, name)) STRICT`);
}

/** A kind whose hooks leave rows; two retries after 1 and 2 s without jitter. */
export function scenarioKind(stage: () => Pick<Stage, 'db'>, name: JobKindName, overrides: Partial<ScenarioKind> = {}): JobKind {
  const kind: ScenarioKind = {
    name,
    worker: workers[name] ?? 'synopsis',
    payload,
    input: z.unknown(),
    output,
    // A `send` happens at each sending; a `put` is the same however often it is sent.
    steps: { part: z.int(), send: z.int(), put: z.int() },
    effects: { send: 'once', put: 'idempotent' },
    compensations: { remove: z.strictObject({ step: z.string() }) },
    concurrency: 3,
    priority: 0,
    timeLimitMs: 600_000,
    retry: { delaysMs: [1_000, 2_000], jitter: 0 },
    recovery: 'resume',
    prepare: job => Promise.resolve(job.payload),
    onStep: (job, step) => {
      stage().db.prepare('INSERT INTO hooked_step (job_id, name) VALUES (?, ?)').run(job.id, step.name);
    },
    onEnd: (job, end) => {
      stage().db.prepare('INSERT INTO hooked_end (job_id, state) VALUES (?, ?)').run(job.id, end.state);
    },
    onRetry: (job, superseded) => {
      stage().db.prepare('DELETE FROM hooked_end WHERE job_id = ?').run(job.id);
      for (const name of superseded) stage().db.prepare('DELETE FROM hooked_step WHERE job_id = ? AND name = ?').run(job.id, name);
    },
    fork: job => ({
      payload: { key: `${job.payload.key} again` },
      onInserted: ({ id, steps }) => {
        for (const step of steps) stage().db.prepare('INSERT INTO hooked_step (job_id, name) VALUES (?, ?)').run(id, step.name);
      },
    }),
    ...overrides,
  };
  // Checked against its own schemas above; the engine handles all kinds alike.
  return kind as unknown as JobKind;
}

/** What hooks wrote and what they wrote it with stand together, or neither does. */
export function violationsOfHooks(db: Database): readonly Violation[] {
  const queries = {
    'hook-end': `SELECT job.id, job.state, hooked_end.state AS hooked FROM job LEFT JOIN hooked_end ON job_id = id
      WHERE hooked_end.state IS NOT CASE WHEN finished_at_ms IS NULL THEN NULL ELSE job.state END
        AND NOT (hooked_end.state IS NULL AND EXISTS (SELECT 1 FROM job_event WHERE job_event.job_id = id AND type = 'end_hook_failed'))`,
    'hook-step': `WITH told AS (SELECT job_id, name FROM job_step WHERE output IS NOT NULL AND compensates IS NULL)
      SELECT job_id, name FROM told WHERE (job_id, name) NOT IN (SELECT job_id, name FROM hooked_step)
      UNION ALL SELECT job_id, name FROM hooked_step WHERE (job_id, name) NOT IN (SELECT job_id, name FROM told)`,
  };
  return Object.entries(queries).flatMap(([invariant, sql]) => rowsOf(db, sql).map(row => ({ invariant, what: JSON.stringify(row) })));
}
