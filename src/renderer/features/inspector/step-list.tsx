import { ArrowUpRight, Ellipsis, GitFork, RotateCcw } from 'lucide-react';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { JobInspection, JobKindName } from '../../../shared/domain/job.ts';
import type { JobStepView, ToolCall } from '../../../shared/domain/job-step.ts';
import { describeAmount } from '../../i18n/budget-words.ts';
import { describeStep } from '../../i18n/step-words.ts';
import type { Speech } from '../../i18n/format.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import type { RunAgain } from '../../state/jobs-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { durationOf } from './step-duration.ts';

interface Props {
  readonly inspection: JobInspection;
  readonly nowMs: number;
}

/** A recorded step as it is listed; one that was set aside has no undoing of its own. */
type AnyStep = Omit<JobStepView, 'undo'> & { readonly undo?: JobStepView['undo'] };

/** Kinds whose work is mostly one piece: where nothing is recorded on the way, nothing is missing. */
const withoutSteps: readonly JobKindName[] = ['chat.answer', 'document.import'];

/** Null for an effect that was sent and has no result, or has it by a person's word: that came when they had the time. */
function tookMs({ startedAtMs, finishedAtMs, decision }: AnyStep): number | null {
  return finishedAtMs === null || decision === 'done' ? null : finishedAtMs - startedAtMs;
}

/** What there is to know of a step beside its name and its time. */
function remarksOf(step: AnyStep, speech: Speech): readonly { readonly text: string; readonly tone: 'plain' | 'warn' | 'bad' }[] {
  const { inspector } = speech.t;
  const outcome = step.outcome;
  const tokens = step.usage?.tokens ?? 0;
  const money = step.usage?.moneyMinor ?? 0;
  const unpriced = step.usage?.unpricedTokens ?? 0;
  return [
    ...(tokens > 0 ? [{ text: describeAmount('tokens', tokens, speech), tone: 'plain' as const }] : []),
    ...(money > 0 ? [{ text: describeAmount('moneyMinor', money, speech), tone: 'plain' as const }] : []),
    ...(unpriced > 0 ? [{ text: speech.t.inspector.priceUnknown, tone: 'plain' as const }] : []),
    ...(step.attempt > 1 ? [{ text: inspector.attemptOf(step.attempt), tone: 'warn' as const }] : []),
    ...(outcome === null
      ? []
      : [
          {
            text: inspector.outcome[outcome],
            tone: outcome === 'succeeded' ? ('plain' as const) : outcome === 'failed' ? ('bad' as const) : ('warn' as const),
          },
        ]),
    ...(step.decision === null ? [] : [{ text: inspector.decided[step.decision], tone: 'plain' as const }]),
    ...(step.undo == null || outcome === 'failed'
      ? []
      : [{ text: inspector.undo[step.undo], tone: step.undo === 'left' ? ('warn' as const) : ('plain' as const) }]),
  ];
}

export function StepList({ inspection, nowMs }: Props) {
  const { t } = useSpeech();
  const { steps } = inspection;
  const longestMs = steps.reduce((most, step) => Math.max(most, tookMs(step) ?? 0), 1);
  return (
    <section>
      <h3>{t.jobs.steps}</h3>
      {steps.length === 0 && (
        <p className="inspector-none">{withoutSteps.includes(inspection.job.kind) ? t.material.oneStep : t.jobs.noSteps}</p>
      )}
      <ol className="inspector-steps">
        {steps.map(step => (
          <StepRow key={step.seq} step={step} inspection={inspection} share={(tookMs(step) ?? 0) / longestMs} />
        ))}
      </ol>
      <SetAside inspection={inspection} nowMs={nowMs} />
    </section>
  );
}

function StepRow({
  step,
  inspection,
  share,
}: {
  readonly step: AnyStep;
  readonly inspection: JobInspection;
  readonly share: number | null;
}) {
  const speech = useSpeech();
  const { t } = speech;
  const { subjects } = inspection;
  const name =
    step.compensates === null
      ? describeStep(step.name, speech, subjects)
      : t.inspector.undoOf(describeStep(step.compensates, speech, subjects));
  const remarks = remarksOf(step, speech);
  const ms = tookMs(step);
  return (
    <li>
      <span className="step-number">{step.seq}</span>
      <span className="step-name">
        {name}
        {step.effect !== 'none' && (
          <span className="step-effect" title={t.inspector.effect[step.effect]}>
            <ArrowUpRight aria-hidden />
            <span className="visually-hidden">{t.inspector.effect[step.effect]}</span>
          </span>
        )}
        {remarks.length > 0 && (
          <span className="step-remarks">
            {remarks.map(({ text, tone }) => (
              <span key={text} className={`step-remark-${tone}`}>
                {text}
              </span>
            ))}
          </span>
        )}
      </span>
      <span className="step-time">{ms === null ? '' : durationOf(ms, speech)}</span>
      {share !== null && <StepMenu step={step} inspection={inspection} />}
      <ToolCalls calls={step.toolCalls ?? []} />
      {share !== null && <span className="step-bar" aria-hidden style={{ width: `${Math.max(1.5, share * 100)}%` }} />}
    </li>
  );
}

/** The tools that were called within a step, with how long each took; nothing where none is known. */
function ToolCalls({ calls }: { readonly calls: readonly ToolCall[] }) {
  const speech = useSpeech();
  const { t } = speech;
  if (calls.length === 0) return null;
  return (
    <ul className="step-tools" aria-label={t.panel.toolCalls(calls.length)}>
      {calls.map((call, at) => (
        <li key={`${at}:${call.name}`}>
          <span>
            <code>{call.name}</code>
            {call.ok === false && <span className="step-remark-bad"> {t.panel.toolFailed}</span>}
          </span>
          <span className="step-time">
            {call.finishedAtMs === null ? t.panel.toolUnanswered : durationOf(call.finishedAtMs - call.startedAtMs, speech)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What can be begun at a step of a job that has ended. The undoing of a step is none to begin with. */
function StepMenu({ step, inspection: { job } }: { readonly step: AnyStep; readonly inspection: JobInspection }) {
  const { jobs, view, toasts } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  if (!isFinal(job.state) || job.undoing !== null || step.compensates !== null) return <span />;

  async function begin(request: RunAgain): Promise<void> {
    const ran = await jobs.again(request);
    if (!ran.ok) return sayError(ran.code);
    if (ran.job === null || request.how !== 'fork') return;
    toasts.say({ key: 'forked', text: said => (ran.created ? said.t.inspector.forked : said.t.inspector.forkJoined) });
    view.inspect(ran.job.id);
  }
  const again: MenuEntry = {
    key: 'again',
    label: t.inspector.retryFrom,
    hint: t.inspector.retryFromHint,
    icon: <RotateCcw />,
    onSelect: () => void begin({ how: 'retryFrom', jobId: job.id, step: step.seq }),
  };
  const fork: MenuEntry = {
    key: 'fork',
    label: t.inspector.fork,
    hint: t.inspector.forkHint,
    icon: <GitFork />,
    onSelect: () => void begin({ how: 'fork', jobId: job.id, step: step.seq }),
  };
  return (
    <Menu
      trigger={<IconButton size="s" className="step-menu" label={t.inspector.stepMenu(step.seq)} icon={<Ellipsis />} />}
      // What is done is not done over; a new job may begin with its steps.
      entries={job.state === 'done' ? [fork] : [again, fork]}
    />
  );
}

/** Steps of earlier runs, folded: they are the record, not the state. */
function SetAside({ inspection, nowMs }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const { superseded } = inspection;
  if (superseded.length === 0) return null;
  const runs = [...new Set(superseded.map(step => step.run))];
  return (
    <details className="steps-aside">
      <summary>{t.inspector.superseded(superseded.length)}</summary>
      {runs.map(run => {
        const steps = superseded.filter(step => step.run === run);
        return (
          <div key={run}>
            <p className="inspector-none">{t.inspector.supersededRun(run, speech.date(steps[0]?.supersededAtMs ?? 0, nowMs))}</p>
            <ol className="inspector-steps">
              {steps.map(step => (
                <StepRow key={step.seq} step={step} inspection={inspection} share={null} />
              ))}
            </ol>
          </div>
        );
      })}
    </details>
  );
}
