import { activeJobStates, finalJobStates, isLegalMove, jobStates, waitReasons } from '../../../src/shared/domain/job-state.ts';
import type { JobState } from '../../../src/shared/domain/job-state.ts';
import type { Invariant, Row } from './invariant.ts';
import { refutedBy, rowsOf } from './invariant.ts';

const oneOf = (values: readonly string[]): string => `(${values.map(value => `'${value}'`).join(', ')})`;
const active = oneOf(activeJobStates);
const final = oneOf(finalJobStates);

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

/** What holds of the job engine's tables between any two transactions. */
export const jobInvariants: readonly Invariant[] = [
  {
    name: 'sound',
    holds: 'The file is a sound database with every index in step.',
    tables: [],
    broken: db => rowsOf(db, 'PRAGMA integrity_check').flatMap(row => (row['integrity_check'] === 'ok' ? [] : [JSON.stringify(row)])),
  },
  {
    name: 'references',
    holds: 'No row names another one that is not there.',
    tables: [],
    broken: db => rowsOf(db, 'PRAGMA foreign_key_check').map(row => JSON.stringify(row)),
  },
  {
    name: 'acknowledged',
    holds: 'Every job that a caller was told of is there.',
    tables: ['job'],
    broken(db, known) {
      const ids = new Set(rowsOf(db, 'SELECT id FROM job').map(row => row['id']));
      return [...known.enqueued].filter(id => !ids.has(id));
    },
  },
  refutedBy(
    'known-state',
    'A job is in one of the states there are.',
    ['job'],
    `SELECT id, state FROM job WHERE state NOT IN ${oneOf(jobStates)}`,
  ),
  refutedBy(
    'lease-while-running',
    'A job holds a lease exactly while it runs.',
    ['job'],
    "SELECT id, state, lease_token FROM job WHERE (lease_token IS NOT NULL) <> (state = 'running')",
  ),
  refutedBy(
    'one-job-a-lease',
    'No two jobs share a lease.',
    ['job'],
    'SELECT lease_token FROM job WHERE lease_token IS NOT NULL GROUP BY 1 HAVING count(*) > 1',
  ),
  {
    name: 'running-has-worker',
    holds: 'Nothing is running without a live worker.',
    tables: ['job'],
    broken: (db, known) =>
      rowsOf(db, "SELECT id, lease_token FROM job WHERE state = 'running'").flatMap(row =>
        known.liveLeases.has(String(row['lease_token'])) ? [] : [JSON.stringify(row)],
      ),
  },
  refutedBy(
    'attempts',
    'A job is tried no more often than its kind allows.',
    ['job'],
    'SELECT id, attempt, max_attempts FROM job WHERE attempt > max_attempts OR attempt < 0',
  ),
  refutedBy(
    'one-active-a-key',
    'At most one active job has an idempotency key.',
    ['job'],
    `SELECT idempotency_key FROM job WHERE state IN ${active} GROUP BY 1 HAVING count(*) > 1`,
  ),
  refutedBy(
    'payload-once',
    'A payload is kept once: in the row, or beside it when it is long.',
    ['job', 'job_payload'],
    'SELECT id FROM job LEFT JOIN job_payload ON job_id = id WHERE (job.payload IS NULL) = (job_payload.payload IS NULL)',
  ),
  refutedBy(
    'counts',
    'The stored counts say how many jobs there are of each state and group.',
    ['job', 'job_count'],
    `WITH truth AS (SELECT state, panel_group, count(*) AS n FROM job GROUP BY 1, 2)
     SELECT coalesce(truth.state, said.state) AS state, coalesce(truth.panel_group, said.panel_group) AS panel_group, said.n AS said, truth.n AS truth
     FROM job_count AS said FULL JOIN truth ON truth.state = said.state AND truth.panel_group = said.panel_group
     WHERE coalesce(said.n, -1) <> coalesce(truth.n, 0)`,
  ),
  refutedBy(
    'steps-counted',
    'A job counts the outputs it has recorded.',
    ['job', 'job_step'],
    'SELECT id, steps_done FROM job WHERE steps_done <> (SELECT count(*) FROM job_step WHERE job_id = id AND output IS NOT NULL)',
  ),
  refutedBy(
    'steps-contiguous',
    'Recorded steps are numbered from 1 without a hole, unless one was forgotten and recorded anew.',
    ['job_step', 'job_event'],
    `SELECT job_id, count(*) AS steps, max(seq) AS last FROM job_step GROUP BY job_id
     HAVING max(seq) <> count(*) AND (SELECT count(*) FROM job_event WHERE job_event.job_id = job_step.job_id AND type = 'step') <= count(*)`,
  ),
  refutedBy(
    'steps-told',
    'The trail tells of every recorded step: that it was done or undone, that a person decided it, or that it came with a fork.',
    ['job_step', 'job_event', 'job_step_superseded'],
    `SELECT job_id, name FROM job_step WHERE output IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM job_event AS told WHERE told.job_id = job_step.job_id AND (
         told.type = 'step' AND told.detail = job_step.name
         OR told.type = 'undone' AND told.detail = job_step.compensates
         OR told.type = 'decided' AND told.detail = job_step.decision || ': ' || coalesce(job_step.compensates, job_step.name)
         -- A fork has the step from its parent, whose trail tells of it while the parent is kept.
         OR told.type = 'forked_from' AND (
           NOT EXISTS (SELECT 1 FROM job AS parent WHERE parent.id = told.detail)
           OR job_step.name IN (SELECT name FROM job_step AS theirs WHERE theirs.job_id = told.detail
             UNION ALL SELECT name FROM job_step_superseded AS theirs WHERE theirs.job_id = told.detail))))`,
  ),
  refutedBy(
    'wait-while-waiting',
    'A job has a reason to wait, of those there are, exactly while it waits.',
    ['job'],
    `SELECT id, state, wait_reason, wait_detail, wait_expires_at_ms, wait_default FROM job
     WHERE (wait_reason IS NOT NULL) <> (state = 'waiting') OR wait_reason NOT IN ${oneOf(waitReasons)}
       OR state <> 'waiting' AND (wait_detail IS NOT NULL OR wait_expires_at_ms IS NOT NULL OR wait_default IS NOT NULL)`,
  ),
  refutedBy(
    'no-wake-up-lost',
    'A job waits for its children while one of them is active, or has a time at which it looks again.',
    ['job'],
    `SELECT id FROM job WHERE state = 'waiting' AND wait_reason = 'children' AND wait_expires_at_ms IS NULL
       AND NOT EXISTS (SELECT 1 FROM job AS child WHERE child.parent_id = job.id AND child.finished_at_ms IS NULL)`,
  ),
  refutedBy(
    'held-while-queued',
    'Only a queued job is held for a gate.',
    ['job'],
    "SELECT id, state, held_for FROM job WHERE held_for IS NOT NULL AND state <> 'queued'",
  ),
  refutedBy(
    'end-is-whole',
    'A job has a time of its end exactly in a final state, an outcome exactly when it is done, and a reason when it failed.',
    ['job'],
    `SELECT id, state, outcome, error_code, error_message, finished_at_ms FROM job
     WHERE (finished_at_ms IS NOT NULL) <> (state IN ${final}) OR (outcome IS NOT NULL) <> (state = 'done')
       OR (error_code IS NULL) <> (error_message IS NULL) OR state = 'failed' AND error_code IS NULL`,
  ),
  refutedBy(
    'cancel-asked',
    'A cancellation is asked for only of a job that runs, and ends with it.',
    ['job'],
    "SELECT id, state FROM job WHERE cancel_requested_at_ms IS NOT NULL AND state NOT IN ('running', 'cancelled')",
  ),
  refutedBy(
    'orphans-of-an-end',
    'With a job that failed or was cancelled its children have ended or are being stopped, or its family is called off.',
    ['job', 'job_family_called_off'],
    `SELECT child.id, child.state, parent.state AS parent FROM job AS child JOIN job AS parent ON parent.id = child.parent_id
     WHERE parent.state IN ('failed', 'cancelled') AND child.finished_at_ms IS NULL AND child.cancel_requested_at_ms IS NULL AND child.undo_for IS NULL
       AND child.created_at_ms < parent.finished_at_ms AND parent.id NOT IN (SELECT job_id FROM job_family_called_off)`,
  ),
  refutedBy(
    'family-tree',
    'No job is its own ancestor.',
    ['job'],
    `WITH RECURSIVE above (id, ancestor) AS (
       SELECT id, parent_id FROM job WHERE parent_id IS NOT NULL
       UNION SELECT above.id, job.parent_id FROM above JOIN job ON job.id = above.ancestor WHERE job.parent_id IS NOT NULL)
     SELECT id FROM above WHERE id = ancestor`,
  ),
  refutedBy(
    'undone-for',
    'A job knows the end it is undone for until it has come to it.',
    ['job'],
    "SELECT id, state, undo_for FROM job WHERE undo_for IS NOT NULL AND (state IN ('done', 'cancelled') OR state = 'failed' AND error_code <> 'compensation_failed')",
  ),
  refutedBy(
    'undone-once',
    'A step is undone at most once.',
    ['job_step'],
    'SELECT job_id, compensates FROM job_step WHERE compensates IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1',
  ),
  refutedBy(
    'trail-contiguous',
    'The trail of a job is numbered from 1 without a hole.',
    ['job_event'],
    'SELECT job_id FROM job_event GROUP BY job_id HAVING min(seq) <> 1 OR max(seq) <> count(*)',
  ),
  {
    name: 'trail-legal',
    holds: 'A job has come to its state by legal moves, and its trail tells each.',
    tables: ['job', 'job_event'],
    broken: db =>
      illegalTrails(
        rowsOf(db, 'SELECT job_id, type FROM job_event ORDER BY job_id, seq'),
        new Map(rowsOf(db, 'SELECT id, state FROM job').map(row => [String(row['id']), String(row['state'])])),
      ),
  },
];

function illegalTrails(events: readonly Row[], states: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const last = new Map<string, string>();
  for (const event of events) {
    const id = String(event['job_id']);
    const to = stateAfter[String(event['type'])];
    if (to === undefined) continue;
    const from = last.get(id);
    const isLegal =
      to === 'enqueued'
        ? from === undefined
        : from === 'enqueued'
          ? isLegalMove('queued', to) || isLegalMove('scheduled', to)
          : isLegalMove(from as JobState, to);
    if (!isLegal) found.push(`Job ${id} went from ${from ?? 'nothing'} to ${to}.`);
    last.set(id, to);
  }
  for (const [id, state] of states) {
    const told = last.get(id);
    if (told === 'enqueued' ? state !== 'queued' && state !== 'scheduled' : told !== state)
      found.push(`Job ${id} is ${state} and its trail ends with ${told ?? 'nothing'}.`);
  }
  return found;
}
