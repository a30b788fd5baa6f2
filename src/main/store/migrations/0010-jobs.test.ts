import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finalJobStates, isLegalMove, jobOutcomes, jobStates, waitReasons } from '../../../shared/domain/job-state.ts';
import type { JobState } from '../../../shared/domain/job-state.ts';
import { jobGroups } from '../../../shared/domain/job.ts';
import { openJobDatabase } from '../../../../test/support/job-database.ts';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import type { Database } from '../connection.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
  db = openJobDatabase(join(folder.path, 'a.db'));
});
afterEach(() => {
  db.close();
  folder.remove();
});

/** The columns that a state demands beside itself. */
function columnsOf(state: string): Record<string, string | number | null> {
  return {
    state,
    lease_token: state === 'running' ? `lease-${Math.random()}` : null,
    wait_reason: state === 'waiting' ? 'network' : null,
    outcome: state === 'done' ? 'ok' : null,
    finished_at_ms: (finalJobStates as readonly string[]).includes(state) ? 5 : null,
    error_code: state === 'failed' ? 'x' : null,
    error_message: state === 'failed' ? 'x' : null,
  };
}
let n = 0;
function insert(overrides: Record<string, string | number | null>): string {
  n += 1;
  const row: Record<string, string | number | null> = {
    id: `job-${n}`,
    kind: 'chat.answer',
    title: 't',
    search_text: 't',
    idempotency_key: `k-${n}`,
    trace_id: 't',
    priority: 0,
    payload: '{}',
    due_at_ms: 1,
    max_attempts: 3,
    created_at_ms: 1,
    ...overrides,
  };
  db.prepare(
    `INSERT INTO job (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
      .map(name => `@${name}`)
      .join(', ')})`,
  ).run(row);
  // As the store does for what it inserts.
  db.prepare('UPDATE job_count SET n = n + 1 WHERE (state, panel_group) = (SELECT job.state, job.panel_group FROM job WHERE id = ?)').run(
    row['id'],
  );
  return `job-${n}`;
}
const accepted = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

describe('the database mirrors the domain', () => {
  test('every state, and no other', () => {
    for (const state of jobStates)
      expect(
        accepted(() => insert(columnsOf(state))),
        state,
      ).toBe(true);
    expect(accepted(() => insert(columnsOf('paused')))).toBe(false);
  });

  test('every legal move, and no other', () => {
    const moves = jobStates.flatMap(from => jobStates.filter(to => to !== from).map(to => [from, to] as const));
    const allowed = (from: JobState, to: JobState): boolean => {
      const id = insert(columnsOf(from));
      const change = columnsOf(to);
      return accepted(() =>
        db
          .prepare(
            `UPDATE job SET ${Object.keys(change)
              .map(name => `${name} = @${name}`)
              .join(', ')} WHERE id = @id`,
          )
          .run({ ...change, id }),
      );
    };
    expect(moves.filter(([from, to]) => allowed(from, to))).toEqual(moves.filter(([from, to]) => isLegalMove(from, to)));
  });

  test('every outcome and wait reason, and no other', () => {
    for (const outcome of jobOutcomes)
      expect(
        accepted(() => insert({ ...columnsOf('done'), outcome })),
        outcome,
      ).toBe(true);
    for (const wait_reason of waitReasons)
      expect(
        accepted(() => insert({ ...columnsOf('waiting'), wait_reason })),
        wait_reason,
      ).toBe(true);
    expect(accepted(() => insert({ ...columnsOf('done'), outcome: 'meh' }))).toBe(false);
    expect(accepted(() => insert({ ...columnsOf('waiting'), wait_reason: 'mood' }))).toBe(false);
  });

  test('a state without what it demands is refused', () => {
    for (const state of jobStates) {
      for (const [column, value] of Object.entries(columnsOf(state))) {
        if (column === 'state' || value === null) continue;
        expect(
          accepted(() => insert({ ...columnsOf(state), [column]: null })),
          `${state} without ${column}`,
        ).toBe(false);
      }
    }
    for (const bad of [
      { attempt: 4 },
      { attempt: -1 },
      { payload: '{' },
      { issues: 'x' },
      { max_attempts: 0 },
      { lease_token: 'l' },
      { finished_at_ms: 1 },
    ]) {
      expect(
        accepted(() => insert({ ...columnsOf('queued'), ...bad })),
        JSON.stringify(bad),
      ).toBe(false);
    }
  });

  test('every job is in one group of the panel and is counted there', () => {
    for (const state of jobStates) insert(columnsOf(state));
    for (const wait_reason of waitReasons) insert({ ...columnsOf('waiting'), wait_reason });
    const moved = insert(columnsOf('queued'));
    db.prepare("UPDATE job SET state = 'cancelled', finished_at_ms = 1 WHERE id = ?").run(moved);
    db.prepare("UPDATE job SET wait_reason = 'approval' WHERE wait_reason = 'disk'").run();
    db.prepare("DELETE FROM job WHERE state = 'failed'").run();
    const groups = db.prepare<[], string>('SELECT DISTINCT panel_group FROM job').pluck().all();
    expect(groups.filter(group => !(jobGroups as readonly string[]).includes(group))).toEqual([]);
    const truth = db.prepare('SELECT state, panel_group, count(*) AS n FROM job GROUP BY 1, 2 ORDER BY 1, 2').all();
    expect(db.prepare('SELECT state, panel_group, n FROM job_count WHERE n <> 0 ORDER BY 1, 2').all()).toEqual(truth);
  });

  test('one active job per key, one row per lease', () => {
    insert({ ...columnsOf('queued'), idempotency_key: 'same' });
    expect(accepted(() => insert({ ...columnsOf('waiting'), idempotency_key: 'same' }))).toBe(false);
    expect(accepted(() => insert({ ...columnsOf('done'), idempotency_key: 'same' }))).toBe(true);
    insert({ ...columnsOf('running'), lease_token: 'one' });
    expect(accepted(() => insert({ ...columnsOf('running'), lease_token: 'one' }))).toBe(false);
  });

  test('what hangs on a job goes with it', () => {
    const id = insert(columnsOf('done'));
    const child = insert({ ...columnsOf('done'), parent_id: id });
    db.prepare("INSERT INTO job_payload VALUES (?, '{}')").run(id);
    db.prepare(
      "INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms) VALUES (?, 'a', 1, 1, '1', 1, 1)",
    ).run(id);
    db.prepare(
      "INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms, compensates) VALUES (?, 'undo-a', 2, 1, '1', 1, 1, 'a')",
    ).run(id);
    db.prepare("INSERT INTO job_trail VALUES (?, 1, 'enqueued', 1, NULL)").run(id);
    db.prepare(
      "INSERT INTO approval (id, job_id, key, type, tool, title, choices, requested_at_ms, when_expired) VALUES (?, ?, 'k', 'approval', 't', 't', '[]', 1, 'deny')",
    ).run('a'.repeat(36), id);
    db.prepare("INSERT INTO budget_spent VALUES ('job', ?, 5, 9, 0.5, 0, 0, 0)").run(id);
    db.prepare('DELETE FROM job WHERE id = ?').run(id);
    for (const table of ['job_payload', 'job_step', 'job_event', 'job_trail', 'approval', 'budget_spent'])
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
    expect(db.prepare('SELECT parent_id FROM job WHERE id = ?').pluck().get(child)).toBeNull();
  });

  test('a step is either finished or an effect on its way', () => {
    const id = insert(columnsOf('queued'));
    const step = db.prepare(
      'INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms, effect_class, dispatched_at_ms) VALUES (@id, @name, @seq, 1, @output, 1, @finished, @effect, @dispatched)',
    );
    const row = { id, output: '1', finished: 1, effect: 'none', dispatched: null };
    expect(accepted(() => step.run({ ...row, name: 'a', seq: 1 }))).toBe(true);
    expect(accepted(() => step.run({ ...row, name: 'b', seq: 2, output: null, finished: null, effect: 'once', dispatched: 1 }))).toBe(true);
    expect(accepted(() => step.run({ ...row, name: 'c', seq: 3, output: null, finished: null }))).toBe(false);
    expect(accepted(() => step.run({ ...row, name: 'd', seq: 4, effect: 'once' }))).toBe(false);
    expect(accepted(() => step.run({ ...row, name: 'a', seq: 5 }))).toBe(false);
  });

  test('tables that children point to have an index for it', () => {
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    for (const table of tables) {
      for (const key of db.pragma(`foreign_key_list(${table})`) as { from: string; seq: number }[]) {
        if (key.seq !== 0) continue;
        const plan = db
          .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT 1 FROM ${table} WHERE ${key.from} = 'x'`)
          .all()
          .map(row => row.detail)
          .join('; ');
        expect(plan, `${table}.${key.from}`).toMatch(/USING (COVERING )?(INDEX|PRIMARY KEY)|PRIMARY KEY/u);
      }
    }
  });
});
