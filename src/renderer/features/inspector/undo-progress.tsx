import type { JobInspection } from '../../../shared/domain/job.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import { describeStep } from '../../i18n/step-words.ts';
import { useSpeech } from '../../state/context.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** How far the undoing of what a job did has come, and what is left when it failed. Nothing while nothing is undone. */
export function UndoProgress({ inspection }: { readonly inspection: JobInspection }) {
  const speech = useSpeech();
  const { t } = speech;
  const { job, steps, subjects } = inspection;
  // What did not happen is not undone.
  const undoable = steps.filter(step => step.undo !== null && step.outcome !== 'failed');
  const done = undoable.filter(step => step.undo === 'done').length;
  if (undoable.length === 0 || (job.undoing === null && done === 0)) return null;
  const left = isFinal(job.state) ? undoable.filter(step => step.undo !== 'done') : [];
  return (
    <section className="inspector-undo">
      <h3>{t.inspector.undoTitle}</h3>
      <p>{t.inspector.undoProgress(done, undoable.length)}</p>
      {!isFinal(job.state) && <ProgressBar done={done} total={undoable.length} label={t.inspector.undoProgress(done, undoable.length)} />}
      {left.length > 0 && (
        <p className="inspector-state-failed">
          {t.inspector.withDetail(
            t.inspector.undoLeft(left.length),
            left.map(step => describeStep(step.name, speech, subjects)).join(', '),
          )}
        </p>
      )}
    </section>
  );
}
