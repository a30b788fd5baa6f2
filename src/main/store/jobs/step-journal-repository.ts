import type { JobId } from '../../../shared/domain/ids.ts';
import type { Compensation, EffectClass, EffectOutcome, StepDecision } from '../../../shared/domain/job-step.ts';
import { undoPrefix } from '../../../shared/domain/job-step.ts';
import type { JournalStep, StepJournal, StepRecording } from '../../engine/step-journal.ts';
import type { RecordedStep } from '../../engine/task-runner.ts';
import type { Database } from '../connection.ts';
import type { JobCounts } from './job-counts.ts';
import { inlinePayloadLimit, jobSql, whereHeld } from './job-statements.ts';

interface Held {
  id: JobId;
  leaseToken: string;
}
interface Named {
  id: JobId;
  name: string;
}
interface JournalRow {
  readonly seq: number;
  readonly name: string;
  readonly finished: number;
  readonly startedAtMs: number;
  readonly effect: 'none' | EffectClass;
  readonly outcome: EffectOutcome | null;
  readonly undoName: string | null;
  readonly undoData: string | null;
  readonly compensates: string | null;
  readonly decision: StepDecision | null;
}
type Undoing = { undoName: string | null; undoData: string | null };

/** Columns that a step takes along when it is set aside. */
const kept = `seq, name, attempt, output, started_at_ms, finished_at_ms, effect_class, effect_key, dispatched_at_ms, effect_outcome, compensates,
  assumed_output, undo_name, undo_data`;

/** What a row of the trail is written with. */
export type Trail = (id: JobId, type: string, atMs: number, detail?: string | null) => void;

function prepare(db: Database) {
  return {
    recorded: db.prepare<{ id: JobId }, RecordedStep>(
      'SELECT name, output FROM job_step WHERE job_id = @id AND output IS NOT NULL AND compensates IS NULL ORDER BY seq',
    ),
    journal: db.prepare<{ id: JobId }, JournalRow>(`
      SELECT seq, name, output IS NOT NULL AS finished, started_at_ms AS startedAtMs, effect_class AS effect, effect_outcome AS outcome,
        undo_name AS undoName, undo_data AS undoData, compensates, decision
      FROM job_step WHERE job_id = @id ORDER BY seq`),
    stepsRun: db.prepare<{ id: JobId }, { n: number }>('SELECT steps_run AS n FROM job WHERE id = @id'),
    step: db.prepare<Named, { output: string | null; effect: 'none' | EffectClass; outcome: EffectOutcome | null }>(
      'SELECT output, effect_class AS effect, effect_outcome AS outcome FROM job_step WHERE job_id = @id AND name = @name',
    ),
    count: db.prepare<Held & { nowMs: number }>(jobSql.countStep),
    uncount: db.prepare<Held>(`UPDATE job SET steps_done = steps_done - 1 ${whereHeld}`),
    touch: db.prepare<Held & { nowMs: number }>(`UPDATE job SET last_news_at_ms = @nowMs ${whereHeld}`),
    held: db.prepare<Held, { id: JobId }>(`SELECT id FROM job ${whereHeld}`),
    recount: db.prepare<{ id: JobId }>(
      'UPDATE job SET steps_done = (SELECT count(*) FROM job_step WHERE job_id = @id AND output IS NOT NULL) WHERE id = @id',
    ),
    add: db.prepare<Named & Undoing & { output: string; startedAtMs: number; nowMs: number }>(`
      INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms, undo_name, undo_data)
      SELECT id, @name, (SELECT coalesce(max(seq), 0) + 1 FROM job_step WHERE job_id = @id), attempt, @output, @startedAtMs, @nowMs, @undoName, @undoData
      FROM job WHERE id = @id
      ON CONFLICT (job_id, name) DO NOTHING`),
    dispatch: db.prepare<Named & Undoing & { effect: EffectClass; key: string; assumed: string; startedAtMs: number; nowMs: number }>(`
      INSERT INTO job_step (job_id, name, seq, attempt, started_at_ms, effect_class, effect_key, dispatched_at_ms, assumed_output, undo_name, undo_data)
      SELECT id, @name, (SELECT coalesce(max(seq), 0) + 1 FROM job_step WHERE job_id = @id), attempt, @startedAtMs, @effect, @key, @nowMs, @assumed,
        @undoName, @undoData
      FROM job WHERE id = @id
      ON CONFLICT (job_id, name) DO UPDATE SET attempt = excluded.attempt, started_at_ms = excluded.started_at_ms, effect_key = excluded.effect_key,
        dispatched_at_ms = excluded.dispatched_at_ms, effect_outcome = NULL, decision = NULL, assumed_output = excluded.assumed_output,
        undo_name = excluded.undo_name, undo_data = excluded.undo_data`),
    succeed: db.prepare<Named & { output: string; nowMs: number }>(`
      UPDATE job_step SET output = @output, finished_at_ms = @nowMs, effect_outcome = 'succeeded', decision = NULL
      WHERE job_id = @id AND name = @name AND output IS NULL`),
    notDone: db.prepare<Named>(
      "UPDATE job_step SET effect_outcome = 'failed', decision = NULL WHERE job_id = @id AND name = @name AND output IS NULL AND dispatched_at_ms IS NOT NULL",
    ),
    undone: db.prepare<Named & { undoName: string; startedAtMs: number; nowMs: number; decision: StepDecision | null }>(`
      INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms, compensates, decision)
      SELECT id, @undoName, (SELECT coalesce(max(seq), 0) + 1 FROM job_step WHERE job_id = @id), max(attempt, 1), 'null', @startedAtMs, @nowMs, @name, @decision
      FROM job WHERE id = @id
      ON CONFLICT (job_id, name) DO NOTHING`),
    // An effect, and what can be undone, is never forgotten.
    forgetAll: db.prepare<{ id: JobId }>(
      "DELETE FROM job_step WHERE job_id = @id AND effect_class = 'none' AND undo_name IS NULL AND compensates IS NULL",
    ),
    forget: db.prepare<{ id: JobId; names: string }>(`
      DELETE FROM job_step WHERE job_id = @id AND name IN (SELECT value FROM json_each(@names))
        AND effect_class = 'none' AND undo_name IS NULL AND compensates IS NULL`),

    markIndeterminate: db.prepare<Named>(`
      UPDATE job_step SET effect_outcome = 'indeterminate', decision = NULL
      WHERE job_id = @id AND name = @name AND dispatched_at_ms IS NOT NULL AND (effect_outcome IS NULL OR effect_outcome = 'indeterminate')`),
    decideDone: db.prepare<Named & { nowMs: number }>(`
      UPDATE job_step SET output = assumed_output, finished_at_ms = @nowMs, effect_outcome = 'succeeded', decision = 'done'
      WHERE job_id = @id AND name = @name AND effect_outcome = 'indeterminate'`),
    decideDrop: db.prepare<Named>(
      "UPDATE job_step SET decision = 'drop' WHERE job_id = @id AND name = @name AND effect_outcome = 'indeterminate'",
    ),
    nextRun: db.prepare<{ id: JobId }>('UPDATE job SET steps_run = steps_run + 1 WHERE id = @id'),
    setAside: db.prepare<{ id: JobId; seqs: string; decision: StepDecision | null; nowMs: number }>(`
      INSERT INTO job_step_superseded (job_id, run, ${kept}, decision, superseded_at_ms)
      SELECT job_id, (SELECT steps_run FROM job WHERE id = @id), ${kept}, coalesce(@decision, decision), @nowMs
      FROM job_step WHERE job_id = @id AND seq IN (SELECT value FROM json_each(@seqs))`),
    removeSetAside: db.prepare<{ id: JobId; seqs: string }>(
      'DELETE FROM job_step WHERE job_id = @id AND seq IN (SELECT value FROM json_each(@seqs))',
    ),

    beginUndo: db.prepare<{
      id: JobId;
      leaseToken: string | null;
      state: 'failed' | 'cancelled';
      code: string | null;
      message: string | null;
      maxAttempts: number;
      nowMs: number;
    }>(jobSql.beginUndo),
    endUndo: db.prepare<Held>(`UPDATE job SET undo_for = NULL, undo_error_code = NULL, undo_error_message = NULL ${whereHeld}`),
    fork: db.prepare<{
      id: JobId;
      from: JobId;
      payload: string | null;
      idempotencyKey: string;
      traceId: string;
      maxAttempts: number;
      nowMs: number;
    }>(`
      INSERT INTO job (id, kind, session_id, title, search_text, idempotency_key, trace_id, provider, priority, payload, state, due_at_ms, max_attempts,
        created_at_ms, last_news_at_ms, forked_from)
      SELECT @id, kind, session_id, title, search_text, @idempotencyKey, @traceId, provider, priority, @payload, 'queued', @nowMs, @maxAttempts, @nowMs, @nowMs, id
      FROM job WHERE id = @from`),
    payload: db.prepare<{ id: JobId; payload: string }>(jobSql.insertPayload),
    forkSteps: db.prepare<{ id: JobId; from: JobId; beforeSeq: number }>(`
      INSERT INTO job_step (job_id, seq, name, attempt, output, started_at_ms, finished_at_ms, effect_class, effect_key, dispatched_at_ms, effect_outcome)
      SELECT @id, seq, name, attempt, output, started_at_ms, finished_at_ms, effect_class, effect_key, dispatched_at_ms, effect_outcome
      FROM job_step WHERE job_id = @from AND seq < @beforeSeq AND output IS NOT NULL AND compensates IS NULL`),
  };
}

/** The journal's part of the store on SQLite. */
export function createStepJournal(db: Database, trail: Trail, counts: Pick<JobCounts, 'entered'>): StepJournal {
  const sql = prepare(db);
  const changed = (result: { readonly changes: number }): boolean => result.changes === 1;
  const undoing = (compensation: Compensation | null): Undoing => ({
    undoName: compensation?.name ?? null,
    undoData: compensation?.data ?? null,
  });

  return {
    recordedSteps: id => sql.recorded.all({ id }),
    journal: id => sql.journal.all({ id }).map(toJournalStep),
    timesSuperseded: id => sql.stepsRun.get({ id })?.n ?? 0,

    recordStep(lease, step, nowMs): StepRecording {
      const { jobId: id, leaseToken } = lease;
      if (!changed(sql.count.run({ id, leaseToken, nowMs }))) return 'lease_lost';
      const { name, output, startedAtMs } = step;
      const isNew =
        changed(sql.add.run({ id, name, output, startedAtMs, nowMs, ...undoing(step.compensation ?? null) })) ||
        changed(sql.succeed.run({ id, name, output, nowMs }));
      if (isNew) {
        trail(id, 'step', nowMs, name);
        return 'recorded';
      }
      sql.uncount.run({ id, leaseToken });
      return sql.step.get({ id, name })?.output === output ? 'recorded_before' : 'differs';
    },
    dispatchEffect(lease, effect, nowMs): StepRecording {
      const { jobId: id, leaseToken } = lease;
      if (!changed(sql.touch.run({ id, leaseToken, nowMs }))) return 'lease_lost';
      const { name, key, assumed, startedAtMs } = effect;
      const there = sql.step.get({ id, name });
      // Finished, or on its way and not to be repeated.
      if (there !== undefined && (there.output !== null || (there.effect !== 'idempotent' && there.outcome !== 'failed'))) return 'differs';
      sql.dispatch.run({ id, name, key, assumed, startedAtMs, effect: effect.effect, nowMs, ...undoing(effect.compensation) });
      trail(id, 'dispatched', nowMs, name);
      return 'recorded';
    },
    effectNotDone(lease, name, nowMs) {
      const { jobId: id, leaseToken } = lease;
      if (!changed(sql.touch.run({ id, leaseToken, nowMs })) || !changed(sql.notDone.run({ id, name }))) return false;
      trail(id, 'not_done', nowMs, name);
      return true;
    },
    recordUndone(lease, { name, startedAtMs }, nowMs): StepRecording {
      const { jobId: id, leaseToken } = lease;
      if (!changed(sql.count.run({ id, leaseToken, nowMs }))) return 'lease_lost';
      if (changed(sql.undone.run({ id, name, undoName: undoPrefix + name, startedAtMs, nowMs, decision: null }))) {
        trail(id, 'undone', nowMs, name);
        return 'recorded';
      }
      sql.uncount.run({ id, leaseToken });
      return 'recorded_before';
    },
    forgetSteps: ({ jobId: id, leaseToken }, names) => {
      if (sql.held.get({ id, leaseToken }) === undefined) return false;
      if (names === null) sql.forgetAll.run({ id });
      else sql.forget.run({ id, names: JSON.stringify(names) });
      return changed(sql.recount.run({ id }));
    },

    markIndeterminate: (id, name) => changed(sql.markIndeterminate.run({ id, name })),
    decideEffect(id, name, decision, nowMs) {
      if (!changed(decision === 'done' ? sql.decideDone.run({ id, name, nowMs }) : sql.decideDrop.run({ id, name }))) return false;
      return changed(sql.recount.run({ id }));
    },
    decideUndo(id, name, decision, nowMs) {
      const undone = sql.undone.run({ id, name, undoName: undoPrefix + name, startedAtMs: nowMs, nowMs, decision });
      return changed(undone) && changed(sql.recount.run({ id }));
    },
    supersede(id, seqs, decision, nowMs) {
      if (seqs.length === 0) return;
      const list = JSON.stringify(seqs);
      sql.nextRun.run({ id });
      sql.setAside.run({ id, seqs: list, decision, nowMs });
      sql.removeSetAside.run({ id, seqs: list });
      sql.recount.run({ id });
      trail(id, 'superseded', nowMs, seqs.join(', '));
    },

    beginUndo(id, leaseToken, error, maxAttempts, nowMs) {
      const state = error === null ? 'cancelled' : 'failed';
      const { code = null, message = null } = error ?? {};
      if (!changed(sql.beginUndo.run({ id, leaseToken, state, code, message, maxAttempts, nowMs }))) return false;
      trail(id, 'undoing', nowMs, code === null ? null : `${code}: ${message ?? ''}`);
      return true;
    },
    endUndo: ({ jobId: id, leaseToken }) => changed(sql.endUndo.run({ id, leaseToken })),
    insertFork({ beforeSeq, ...fork }) {
      const inline = fork.payload.length <= inlinePayloadLimit;
      counts.entered('queued', sql.fork.run({ ...fork, payload: inline ? fork.payload : null }).changes);
      if (!inline) sql.payload.run({ id: fork.id, payload: fork.payload });
      sql.forkSteps.run({ id: fork.id, from: fork.from, beforeSeq });
      sql.recount.run({ id: fork.id });
      trail(fork.id, 'enqueued', fork.nowMs);
      trail(fork.id, 'forked_from', fork.nowMs, fork.from);
      trail(fork.from, 'forked', fork.nowMs, fork.id);
    },
  };
}

function toJournalStep({ finished, undoName, undoData, ...row }: JournalRow): JournalStep {
  return { ...row, finished: finished === 1, compensation: undoName === null ? null : { name: undoName, data: undoData ?? 'null' } };
}
