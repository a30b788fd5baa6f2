import type { JobId } from '../../shared/domain/ids.ts';
import type { StepDecision, UndecidedStep } from '../../shared/domain/job-step.ts';
import { EngineError } from './engine-api.ts';
import type { Family } from './family.ts';
import type { Turn } from './group-commit.ts';
import { parsePayload } from './job-hooks.ts';
import type { JobRecord } from './job-store.ts';
import { parseStep } from './recorded-steps.ts';
import type { ByHandDeps } from './requests-by-hand.ts';
import type { RunAgain } from './run-again.ts';
import type { JournalStep } from './step-journal.ts';
import { stepsToUndo } from './step-journal.ts';

/**
 * What a person says of steps that the program cannot judge, in transaction, with a row in the trail. An effect of which
 * nobody knows whether it happened keeps its job `waiting`; a compensation that failed has left its job `failed`.
 */
export function createDecisions(deps: ByHandDeps & { readonly runAgain: RunAgain; readonly family: Family }) {
  const { store, clock, kinds, runAgain } = deps;

  function undecided(record: JobRecord): readonly UndecidedStep[] {
    const journal = store.journal(record.id);
    const view = ({ seq, name, startedAtMs }: JournalStep) => ({ seq, name, sinceMs: startedAtMs });
    if (record.state === 'waiting')
      return indeterminate(journal).map(step => ({
        ...view(step),
        what: 'effect',
        // What is being undone is not sent again.
        decisions: record.undoFor === null ? ['done', 'repeat', 'drop'] : ['done', 'drop'],
      }));
    if (record.state === 'failed' && record.undoFor !== null)
      return stepsToUndo(journal).map(step => ({ ...view(step), what: 'compensation', decisions: ['done', 'repeat', 'drop'] }));
    return [];
  }

  function decide(turn: Turn, id: JobId, name: string, decision: StepDecision): void {
    const record = runAgain.found(id);
    const step = undecided(record).find(waiting => waiting.name === name);
    if (step === undefined) throw new EngineError('not_undecided', `Step "${name}" of job ${id} waits for nobody's word.`);
    if (!step.decisions.includes(decision))
      throw new EngineError('not_undecided', `Job ${id} is being undone; of step "${name}" say whether it happened.`);
    store.note(id, 'decided', `${decision}: ${name}`, clock.nowMs());
    if (step.what === 'compensation') decideUndo(turn, record, name, decision);
    else decideEffect(turn, record, step.seq, name, decision);
  }

  function decideUndo(turn: Turn, record: JobRecord, name: string, decision: StepDecision): void {
    const { kind, job } = runAgain.readable(record);
    const active = store.findActiveByKey(record.idempotencyKey);
    if (active !== null) throw new EngineError('already_running', `Job ${active} does the same work already.`);
    if (decision !== 'repeat') store.decideUndo(record.id, name, decision, clock.nowMs());
    runAgain.queue(turn, record, kind, job, []);
  }

  function decideEffect(turn: Turn, record: JobRecord, seq: number, name: string, decision: StepDecision): void {
    const { id } = record;
    const after = (effect: () => void): void => {
      turn.afterCommit(effect);
    };
    if (decision === 'repeat') store.supersede(id, [seq], 'repeat', clock.nowMs());
    else store.decideEffect(id, name, decision, clock.nowMs());
    if (decision === 'done') tellKind(record, name);
    if (decision === 'drop' && record.undoFor === null) {
      deps.family.cancel(after, record);
      return;
    }
    // With another question open the job goes on waiting for that one.
    if (indeterminate(store.journal(id)).length > 0) after(() => deps.emit({ type: 'waiting', jobId: id }));
    else deps.waits.resume(after, id);
  }

  /** The kind hears of the step as if its worker had reported it. */
  function tellKind(record: JobRecord, name: string): void {
    const kind = kinds.get(record.kind);
    const step = store.recordedSteps(record.id).find(recorded => recorded.name === name);
    if (kind?.onStep === undefined || step === undefined) return;
    const payload = parsePayload(kind, store.payload(record.id));
    const parsed = parseStep(kind, step);
    if (!payload.ok || !parsed.ok) return;
    const { id, sessionId, attempt, traceId, parentId } = record;
    kind.onStep({ id, sessionId, payload: payload.value, attempt, traceId, parentId }, { name, output: parsed.output });
  }

  return { undecided, decide };
}

function indeterminate(journal: readonly JournalStep[]): readonly JournalStep[] {
  return journal.filter(step => step.outcome === 'indeterminate' && step.decision === null);
}
