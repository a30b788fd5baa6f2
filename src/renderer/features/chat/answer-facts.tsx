import { ChevronDown } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { MessageView } from '../../../shared/domain/session.ts';
import { describeAgentStep, describeTool } from '../../i18n/tool-words.ts';
import { isToolStep, type AnswerStep } from '../../state/answer-steps-store.ts';
import { useServices, useSpeech } from '../../state/context.tsx';

/** Tools named before the list is opened: the line stays a line. */
const namedTools = 2;

/** The line under an answer: its versions, who wrote it, what was done for it; `children` are what can be done with it. */
export function AnswerFacts({ message, children }: { readonly message: MessageView; readonly children: ReactNode }) {
  const { t } = useSpeech();
  const steps = useSteps(message);
  const [isOpen, setOpen] = useState(false);
  const { model } = message;
  return (
    <>
      <div className="message-foot">
        {model !== undefined && <span className="message-model truncate">{t.chat.byModel(model.modelId, model.provider)}</span>}
        {steps.length > 0 && (
          <button type="button" className="message-steps-open" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <span className="truncate">{summary(steps, t)}</span>
            <ChevronDown aria-hidden />
          </button>
        )}
        {children}
      </div>
      {isOpen && <Steps steps={steps} />}
    </>
  );
}

function summary(steps: readonly AnswerStep[], t: ReturnType<typeof useSpeech>['t']): string {
  const tools = steps.filter(isToolStep);
  const names = [...new Set(tools.flatMap(({ tool }) => (tool === null ? [] : [describeTool(tool, t)])))];
  // One sentence: what is named after the first goes on in small letters.
  const small = names.map((name, at) => (at === 0 ? name : `${name.charAt(0).toLocaleLowerCase()}${name.slice(1)}`));
  const named = small.length > namedTools ? [...small.slice(0, namedTools), '…'] : small;
  return [...(named.length === 0 ? [] : [named.join(', ')]), t.chat.toolSteps(tools.length)].join('\u00A0· ');
}

/** Steps of an answer that called tools; none for all others. */
function useSteps({ jobId, model, note }: MessageView): readonly AnswerStep[] {
  const { jobs, answerSteps } = useServices();
  const job = useStore(jobs, state => (jobId ? (state.byId.get(jobId) ?? null) : null));
  const isOfAgent = model !== undefined || note === 'background_ready';
  // Its setup and one call of the model are every answer's.
  const wanted = isOfAgent && job !== null && job.stepsDone > 2 ? job : null;
  const id = wanted?.id ?? null;
  const stepsDone = wanted?.stepsDone ?? 0;
  useEffect(() => {
    if (id !== null) answerSteps.need({ id, stepsDone });
  }, [answerSteps, id, stepsDone]);
  const steps = useStore(answerSteps, state => (id === null ? undefined : state.byJob.get(id)));
  return steps?.some(isToolStep) ? steps : [];
}

function Steps({ steps }: { readonly steps: readonly AnswerStep[] }) {
  const { t, duration } = useSpeech();
  return (
    <ol className="message-steps">
      {steps.map(({ name, tool, startedAtMs, finishedAtMs }) => (
        <li key={name}>
          <span>{describeAgentStep(name, tool, t) ?? name}</span>
          {finishedAtMs !== null && <span className="message-steps-time">{duration(finishedAtMs - startedAtMs)}</span>}
        </li>
      ))}
    </ol>
  );
}
