import { CircleHelp } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { StepDecision, UndecidedStep } from '../../../shared/domain/job-step.ts';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import type { Question } from '../../i18n/engine-messages.ts';
import { describeAction } from '../../i18n/browser-words.ts';
import { describeStep, isFileStep } from '../../i18n/step-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { useScreenshot } from '../../state/use-screenshot.ts';
import { useTraceStep } from '../../state/use-trace-step.ts';
import { PagePicture } from '../../ui/page-picture.tsx';
import { Button } from '../../ui/button.tsx';

interface Props {
  readonly inspection: JobInspection;
  readonly nowMs: number;
}

/** Every step that waits for the person's word. */
export function Questions({ inspection, nowMs }: Props) {
  const { t } = useSpeech();
  if (inspection.undecided.length === 0) return null;
  return (
    <section className="questions" aria-label={t.inspector.question}>
      {inspection.undecided.map(step => (
        <QuestionCard key={step.name} step={step} inspection={inspection} nowMs={nowMs} />
      ))}
    </section>
  );
}

function questionOf({ what }: UndecidedStep, { job }: JobInspection): Question {
  if (what === 'compensation') return 'compensation';
  return job.undoing === null ? 'effect' : 'effectWhileUndoing';
}

/** What was about to happen, and what each answer will do. */
function QuestionCard({ step, inspection, nowMs }: Props & { readonly step: UndecidedStep }) {
  const { jobs } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const [isSent, setSent] = useState(false);
  const { job, subjects } = inspection;
  // What a browser task was about to do, with its page as it was then.
  const done = useTraceStep(
    job.kind === 'browser.run' ? job.id : null,
    useCallback(trace => trace.find(entry => entry.step === step.name), [step.name]),
  );
  const picture = useScreenshot(job.id, done?.screenshot ?? null);
  const question = questionOf(step, inspection);
  const sentence =
    question === 'effect' && isFileStep(step.name)
      ? t.inspector.asksFile(subjects?.[step.name] ?? null, job.title)
      : t.inspector.asksStep[question](
          done === undefined ? describeStep(step.name, speech, subjects) : visibleLine(describeAction(done.action, speech)),
        );

  async function decide(decision: StepDecision): Promise<void> {
    // A second press would answer a question that is no longer asked.
    setSent(true);
    const failed = await jobs.decide(job.id, step.name, decision);
    setSent(false);
    sayError(failed);
  }

  return (
    <div className="question">
      <h3>
        <CircleHelp aria-hidden /> {t.inspector.question}
      </h3>
      <p>{sentence}</p>
      {picture != null && <PagePicture src={picture} alt={t.browser.picture} largerLabel={t.browser.larger} />}
      <p className="question-since">{t.inspector.since(speech.date(step.sinceMs, nowMs))}</p>
      <ul className="question-choices">
        {step.decisions.map(decision => {
          const { label, meaning } = t.inspector.choice[question][decision];
          const staysSent = job.kind === 'browser.run' && question === 'effect' && decision === 'drop';
          return (
            <li key={decision}>
              <Button size="s" disabled={isSent} aria-describedby={`choice-${step.seq}-${decision}`} onClick={() => void decide(decision)}>
                {label}
              </Button>
              <span id={`choice-${step.seq}-${decision}`}>{staysSent ? t.inspector.dropInBrowser : meaning}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
