import type { Invariant } from './invariant.ts';
import { refutedBy } from './invariant.ts';

/** Sums of fractions of a cent differ in their last digits by the order they were added in. */
const moneyIsEqual = 1e-6;

/** What holds of effects, their undoing, forks, schedules and budgets between any two transactions. */
export const workInvariants: readonly Invariant[] = [
  refutedBy(
    'outcome-after-dispatch',
    'An effect has an outcome only after it was dispatched, and an output exactly when it succeeded.',
    ['job_step', 'job_event'],
    `SELECT job_id, name, effect_outcome FROM job_step WHERE compensates IS NULL AND (
       effect_class <> 'none' AND (dispatched_at_ms IS NULL OR (output IS NOT NULL) <> coalesce(effect_outcome = 'succeeded', 0))
       OR effect_class = 'none' AND (output IS NULL OR dispatched_at_ms IS NOT NULL OR effect_outcome IS NOT NULL))
     UNION ALL SELECT job_id, name, 'told in another order' FROM job_step JOIN job_event AS outcome USING (job_id)
       WHERE effect_class <> 'none' AND outcome.type = 'step' AND outcome.detail = name AND NOT EXISTS (
         SELECT 1 FROM job_event AS before WHERE before.job_id = outcome.job_id AND before.type = 'dispatched' AND before.detail = name
           AND before.seq < outcome.seq)`,
  ),
  refutedBy(
    'undone-in-reverse',
    'What was undone was undone the last step first.',
    ['job_step'],
    `SELECT first.job_id, first.compensates, second.compensates AS later FROM job_step AS first
     JOIN job_step AS second ON second.job_id = first.job_id AND second.seq > first.seq
     JOIN job_step AS done_first ON done_first.job_id = first.job_id AND done_first.name = first.compensates
     JOIN job_step AS done_second ON done_second.job_id = second.job_id AND done_second.name = second.compensates
     WHERE first.decision IS NULL AND second.decision IS NULL AND done_first.seq < done_second.seq`,
  ),
  refutedBy(
    'undone-at-the-end',
    'A job that failed or was cancelled has undone its steps or still knows that it has to; one that is done has undone none.',
    ['job', 'job_step'],
    // A job that could not be read was never claimed to be undone: what is left of it stays to be seen.
    `SELECT id, name FROM job JOIN job_step ON job_id = id
     WHERE state IN ('failed', 'cancelled') AND undo_for IS NULL AND coalesce(error_code, '') NOT IN ('unknown_kind', 'bad_payload')
       AND undo_name IS NOT NULL AND output IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM job_step AS undone WHERE undone.job_id = job.id AND undone.compensates = job_step.name)
     UNION ALL SELECT id, name FROM job JOIN job_step ON job_id = id WHERE state = 'done' AND compensates IS NOT NULL`,
  ),
  refutedBy(
    'asked-of-a-person',
    'An effect of which nobody knows keeps its job waiting, until a person has said something or the job has ended.',
    ['job', 'job_step'],
    `SELECT id, state, name FROM job JOIN job_step ON job_id = id
     WHERE effect_outcome = 'indeterminate' AND decision IS NULL AND state NOT IN ('waiting', 'failed', 'cancelled')`,
  ),
  refutedBy(
    'set-aside-numbered',
    'Steps set aside together have the number of their time, of which a job knows the last.',
    ['job', 'job_step_superseded'],
    `SELECT id, steps_run FROM job WHERE steps_run <> coalesce((SELECT max(run) FROM job_step_superseded WHERE job_id = id), 0)
       OR steps_run <> (SELECT count(DISTINCT run) FROM job_step_superseded WHERE job_id = id)`,
  ),
  refutedBy(
    'fork-and-parent',
    'A fork and its parent know of each other.',
    ['job', 'job_step', 'job_event'],
    `SELECT fork.id, fork.forked_from FROM job AS fork WHERE fork.forked_from IS NOT NULL AND (
       NOT EXISTS (SELECT 1 FROM job_event WHERE job_id = fork.id AND type = 'forked_from' AND detail = fork.forked_from)
       OR NOT EXISTS (SELECT 1 FROM job_event WHERE job_id = fork.forked_from AND type = 'forked' AND detail = fork.id))`,
  ),
  refutedBy(
    'planned-once',
    'A planned time of a schedule has one row, and a job one planned time.',
    ['schedule_run'],
    `SELECT schedule_id, planned_at_ms AS what FROM schedule_run GROUP BY 1, 2 HAVING count(*) > 1
     UNION ALL SELECT schedule_id, job_id FROM schedule_run WHERE job_id IS NOT NULL GROUP BY job_id HAVING count(*) > 1`,
  ),
  refutedBy(
    'schedule-names-its-job',
    'A schedule that has started a job names the newest, which is there.',
    ['schedule', 'schedule_run'],
    `SELECT id FROM schedule WHERE last_job_id IS NULL AND EXISTS (SELECT 1 FROM schedule_run WHERE schedule_id = id AND outcome = 'started')
       OR last_job_id IS NOT NULL AND last_job_id NOT IN (SELECT id FROM job)`,
  ),
  refutedBy(
    'next-while-on',
    'A schedule has a next time only while it is switched on.',
    ['schedule'],
    'SELECT id FROM schedule WHERE enabled = 0 AND next_at_ms IS NOT NULL',
  ),
  refutedBy(
    'spent-not-negative',
    'Nobody has spent less than nothing.',
    ['budget_spent'],
    'SELECT scope, subject FROM budget_spent WHERE tokens < 0 OR money_minor < 0 OR wall_ms < 0',
  ),
  refutedBy(
    'spent-adds-up',
    'On each day the program has spent what its jobs have, and at least that once some were cleaned away; a chat and a service spend no more. What a part has spent is in its task, too.',
    ['budget_spent', 'job'],
    `WITH day AS (
       SELECT scope, day_ends_at_ms, sum(tokens) AS tokens, sum(money_minor) AS money_minor, sum(wall_ms) AS wall_ms FROM budget_spent
       WHERE scope <> 'job' OR NOT EXISTS (SELECT 1 FROM job WHERE job.id = subject AND parent_id IS NOT NULL) GROUP BY 1, 2)
     SELECT part.scope, part.day_ends_at_ms, part.tokens, whole.tokens AS of FROM day AS part
     LEFT JOIN day AS whole ON whole.scope = 'program' AND whole.day_ends_at_ms = part.day_ends_at_ms
     WHERE part.scope <> 'program' AND (whole.tokens IS NULL OR part.tokens > whole.tokens OR part.wall_ms > whole.wall_ms
       OR part.money_minor > whole.money_minor + ${moneyIsEqual})`,
  ),
];
