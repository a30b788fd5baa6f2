import { CircleHelp, ShieldQuestion } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { answerLimit } from '../../../shared/domain/agent.ts';
import { mayAllowForJob, type ApprovalAnswer, type ApprovalView } from '../../../shared/domain/approval.ts';
import { askedWords } from '../../../shared/domain/asked-action.ts';
import { visibleText } from '../../../shared/domain/visible-text.ts';
import { describeTool } from '../../i18n/tool-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/use-now.ts';
import { actsInBrowser, AskedPicture } from './asked-picture.tsx';
import { BrowserPlan, readPlan } from './browser-plan.tsx';
import { Destination } from './destination.tsx';
import { Payload } from './payload.tsx';
import { prettyPayload } from './pretty-payload.ts';
import { Visible } from './visible.tsx';
import './approvals.css';

/** The time left is said in seconds. */
const tickMs = 1_000;
/** A click on its way when the card came up was meant for something else; browsers wait as long before a permission can be given. */
const restMs = 500;

interface CardProps {
  readonly approval: ApprovalView;
  /** The title of the task, where nothing around the card tells it. */
  readonly task?: string | undefined;
  readonly onAnswered?: (() => void) | undefined;
}

/** One thing a job asks, with all of what is asked and the ways to answer. */
export function AskCard({ approval, task, onAnswered }: CardProps) {
  const { approvals, announcer } = useServices();
  const sayError = useSayError();
  const { t, language } = useSpeech();
  const headingId = useId();
  const cardRef = useRef<HTMLDivElement>(null);
  const [isRested, setRested] = useState(false);
  const [isSent, setSent] = useState(false);
  const { type, tool, destination, payload, choices } = approval;
  const title = askedWords(approval, language);
  const pretty = useMemo(() => (payload === null ? null : prettyPayload(payload)), [payload]);
  const plan = useMemo(() => readPlan(tool, payload), [tool, payload]);
  const hasHidden = useMemo(
    () => [title, destination ?? '', pretty ?? '', ...choices].some(text => visibleText(text) !== text),
    [title, destination, pretty, choices],
  );

  useEffect(() => {
    const timer = setTimeout(() => setRested(true), restMs);
    return () => clearTimeout(timer);
  }, []);

  async function answer(given: ApprovalAnswer): Promise<void> {
    // A second press would answer what is no longer asked.
    setSent(true);
    const hadFocus = cardRef.current?.contains(document.activeElement) === true;
    const place = cardRef.current?.parentElement?.closest<HTMLElement>('[tabindex]');
    const failed = await approvals.answer(approval, given);
    setSent(false);
    sayError(failed);
    if (failed !== null) return;
    announcer.announce(t.asks.said[type][given.decision]);
    // The pressed button goes with its card; who works with keys stays where the card was.
    if (hadFocus) place?.focus();
    onAnswered?.();
  }
  const disabled = !isRested || isSent;
  const Icon = type === 'approval' ? ShieldQuestion : CircleHelp;

  return (
    <div ref={cardRef} className="ask-card" role="group" aria-labelledby={headingId}>
      <p id={headingId} className="ask-heading">
        <Icon aria-hidden /> {t.asks.title[type]}
      </p>
      {task !== undefined && <p className="ask-note">{t.asks.ofTask(task)}</p>}
      <p className="ask-title">
        <Visible text={title} />
      </p>
      {type === 'approval' && actsInBrowser(tool) && <AskedPicture jobId={approval.jobId} />}
      {plan !== null && <BrowserPlan plan={plan} />}
      {type === 'approval' && plan === null && (
        <dl className="ask-facts">
          {destination !== null && (
            <>
              <dt>{t.asks.destination}</dt>
              <dd>
                <Destination destination={destination} />
              </dd>
            </>
          )}
          <dt>{t.asks.tool}</dt>
          <dd>
            <Visible text={describeTool(tool, t)} />
          </dd>
          {pretty !== null && (
            <>
              <dt>{t.asks.payload}</dt>
              <dd>
                <Payload tool={tool} payload={payload ?? ''} pretty={pretty} />
              </dd>
            </>
          )}
        </dl>
      )}
      {hasHidden && <p className="ask-warning">{t.asks.hidden}</p>}
      <div className="ask-foot">
        {type === 'approval' ? (
          <ApprovalWays approval={approval} disabled={disabled} answer={answer} />
        ) : (
          <QuestionWays approval={approval} disabled={disabled} answer={answer} />
        )}
        <TimeLeft approval={approval} />
      </div>
    </div>
  );
}

interface WaysProps {
  readonly approval: ApprovalView;
  readonly disabled: boolean;
  readonly answer: (given: ApprovalAnswer) => Promise<void>;
}

const deny: ApprovalAnswer = { decision: 'deny', scope: 'once', answer: null };

function ApprovalWays({ approval, disabled, answer }: WaysProps) {
  const { t } = useSpeech();
  const meaningId = useId();
  const allow = (scope: ApprovalAnswer['scope']) => void answer({ decision: 'allow', scope, answer: null });
  const forJob = mayAllowForJob(approval);
  return (
    <>
      <p className="ask-ways">
        <Button variant="accent" disabled={disabled} onClick={() => allow('once')}>
          {t.asks.allow}
        </Button>
        {forJob && (
          <Button disabled={disabled} aria-describedby={meaningId} onClick={() => allow('job')}>
            {t.asks.allowForJob}
          </Button>
        )}
        <Button disabled={disabled} onClick={() => void answer(deny)}>
          {t.asks.deny}
        </Button>
      </p>
      {forJob && (
        <p id={meaningId} className="ask-note">
          {t.asks.allowForJobMeaning}
        </p>
      )}
    </>
  );
}

function QuestionWays({ approval, disabled, answer }: WaysProps) {
  const { t } = useSpeech();
  const fieldId = useId();
  const [words, setWords] = useState('');
  const say = (text: string) => void answer({ decision: 'allow', scope: 'once', answer: text });
  const isEmpty = words.trim() === '';

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!isEmpty && !disabled) say(words);
  }

  const decline = (
    <Button variant="quiet" disabled={disabled} onClick={() => void answer(deny)}>
      {t.asks.decline}
    </Button>
  );
  if (approval.choices.length > 0) {
    return (
      <ul className="ask-choices" aria-label={t.asks.choices}>
        {approval.choices.map(choice => (
          <li key={choice}>
            <Button disabled={disabled} onClick={() => say(choice)}>
              <Visible text={choice} />
            </Button>
          </li>
        ))}
        <li>{decline}</li>
      </ul>
    );
  }
  return (
    <div className="ask-words">
      <label htmlFor={fieldId}>{t.asks.yourAnswer}</label>
      <textarea
        id={fieldId}
        className="ask-field"
        rows={2}
        maxLength={answerLimit}
        value={words}
        onChange={event => setWords(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p className="ask-ways">
        <Button variant="accent" disabled={disabled || isEmpty} onClick={() => say(words)}>
          {t.asks.answer}
        </Button>
        {decline}
      </p>
    </div>
  );
}

/** How long it is asked, and what becomes of it then. */
function TimeLeft({ approval: { type, expiresAtMs, whenExpired } }: { readonly approval: ApprovalView }) {
  const speech = useSpeech();
  const { t } = speech;
  const nowMs = useNow(expiresAtMs === null ? null : tickMs);
  if (expiresAtMs === null) return <p className="ask-note">{t.asks.noLimit}</p>;
  return (
    <p className="ask-note">
      {t.asks.left(speech.duration(Math.max(0, expiresAtMs - nowMs)))} {t.asks.whenExpired[type][whenExpired]}
    </p>
  );
}
