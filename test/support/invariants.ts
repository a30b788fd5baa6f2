import type { Database } from '../../src/main/store/connection.ts';
import { isLegalMove } from '../../src/shared/domain/job-state.ts';
import type { JobState } from '../../src/shared/domain/job-state.ts';

/** The state that each row of a job's trail leaves it in; rows that are not transitions are absent. */
const stateAfter: Readonly<Record<string, JobState | 'enqueued'>> = {
  enqueued: 'enqueued',
  due: 'queued',
  started: 'running',
  done: 'done',
  failed: 'failed',
  retry: 'scheduled',
  returned: 'queued',
  waiting: 'waiting',
  resumed: 'queued',
  cancelled: 'cancelled',
  retried_by_hand: 'queued',
  undoing: 'queued',
};

export interface Acknowledged {
  /** Ids that a caller was told of. */
  readonly enqueued: Iterable<string>;
  /** Leases that a live worker of this process holds; empty after a recovery before the first claim. */
  readonly liveLeases: ReadonlySet<string>;
}

/** Throws with a sentence for the first of RELIABILITY's invariants that a database of jobs breaks. */
export function assertInvariants(db: Database, known: Acknowledged): void {
  const rows = (sql: string): readonly Record<string, unknown>[] => db.prepare<[], Record<string, unknown>>(sql).all();
  const none = (what: string, sql: string): void => {
    const found = rows(sql);
    if (found.length > 0) throw new Error(`${what}: ${JSON.stringify(found[0])} and ${found.length - 1} more.`);
  };

  const check: unknown = db.pragma('integrity_check', { simple: true });
  if (check !== 'ok') throw new Error(`integrity_check says ${String(check)}.`);
  const dangling: unknown = db.pragma('foreign_key_check');
  if (!Array.isArray(dangling) || dangling.length > 0) throw new Error('foreign_key_check found rows that point nowhere.');

  const ids = new Set(rows('SELECT id FROM job').map(row => row['id']));
  for (const id of known.enqueued) if (!ids.has(id)) throw new Error(`Job ${id} was acknowledged and is not there.`);

  none('Attempts beyond the limit', 'SELECT id, attempt, max_attempts FROM job WHERE attempt > max_attempts');
  none(
    'Two active jobs share a key',
    "SELECT idempotency_key FROM job WHERE state IN ('scheduled','queued','running','waiting') GROUP BY 1 HAVING count(*) > 1",
  );
  none('Two jobs share a lease', 'SELECT lease_token FROM job WHERE lease_token IS NOT NULL GROUP BY 1 HAVING count(*) > 1');
  none(
    'A payload is missing or kept twice',
    'SELECT id FROM job LEFT JOIN job_payload ON job_id = id WHERE (job.payload IS NULL) = (job_payload.payload IS NULL)',
  );
  none(
    'A count is wrong',
    `
    SELECT job_count.*, (SELECT count(*) FROM job WHERE job.state = job_count.state AND job.panel_group = job_count.panel_group) AS truth
    FROM job_count WHERE n <> (SELECT count(*) FROM job WHERE job.state = job_count.state AND job.panel_group = job_count.panel_group)`,
  );
  none(
    'Steps are not counted',
    'SELECT id, steps_done FROM job WHERE steps_done <> (SELECT count(*) FROM job_step WHERE job_id = id AND output IS NOT NULL)',
  );
  none(
    'An ended job forgot what it was undone for, or one that was not keeps it',
    "SELECT id, state, undo_for FROM job WHERE undo_for IS NOT NULL AND (state IN ('done', 'cancelled') OR state = 'failed' AND error_code <> 'compensation_failed')",
  );
  none(
    'A step was undone twice, or one that is not there',
    'SELECT job_id, compensates FROM job_step AS undo WHERE compensates IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1',
  );
  for (const row of rows("SELECT id, lease_token FROM job WHERE state = 'running'")) {
    if (!known.liveLeases.has(String(row['lease_token'])))
      throw new Error(`Job ${String(row['id'])} is running and no worker has its lease.`);
  }
  assertLegalTrails(
    rows('SELECT job_id, type FROM job_event ORDER BY job_id, seq'),
    new Map(rows('SELECT id, state FROM job').map(row => [String(row['id']), String(row['state'])])),
  );
}

function assertLegalTrails(events: readonly Record<string, unknown>[], states: ReadonlyMap<string, string>): void {
  const last = new Map<string, string>();
  for (const event of events) {
    const id = String(event['job_id']);
    const to = stateAfter[String(event['type'])];
    if (to === undefined) continue;
    const from = last.get(id);
    const legal =
      to === 'enqueued'
        ? from === undefined
        : from === 'enqueued'
          ? isLegalMove('queued', to) || isLegalMove('scheduled', to)
          : isLegalMove(from as JobState, to);
    if (!legal) throw new Error(`Job ${id} went from ${from ?? 'nothing'} to ${to}.`);
    last.set(id, to);
  }
  for (const [id, state] of states) {
    const told = last.get(id);
    if (told === 'enqueued' ? state !== 'queued' && state !== 'scheduled' : told !== state)
      throw new Error(`Job ${id} is ${state} and its trail ends with ${told ?? 'nothing'}.`);
  }
}
