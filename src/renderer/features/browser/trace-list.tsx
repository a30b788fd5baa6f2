import { Image } from 'lucide-react';
import { useState } from 'react';
import type { BrowserTraceEntry, BrowserView } from '../../../shared/domain/browser.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import { describeAction, describeOutcome } from '../../i18n/browser-words.ts';
import { useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TracePicture } from './trace-picture.tsx';

interface TraceListProps {
  readonly view: BrowserView;
  readonly isAtWork: boolean;
}

/** What was done, the latest first: each action with its reason, what came of it and its picture. */
export function TraceList({ view, isAtWork }: TraceListProps) {
  const { t } = useSpeech();
  const { trace } = view;
  /** The step whose picture is shown large. */
  const [shown, setShown] = useState<number | null>(null);
  return (
    <section className="browser-part" aria-label={t.browser.trace}>
      <h3>{t.browser.trace}</h3>
      {trace.length === 0 && <p className="browser-note">{t.browser.traceEmpty}</p>}
      <ol className="trace" reversed>
        {trace
          .map((entry, at) => <TraceRow key={entry.step} entry={entry} number={at + 1} isAtWork={isAtWork} onShow={setShown} />)
          .toReversed()}
      </ol>
      {shown !== null && <TracePicture view={view} number={shown} isAtWork={isAtWork} onNumber={setShown} onClose={() => setShown(null)} />}
    </section>
  );
}

interface TraceRowProps {
  readonly entry: BrowserTraceEntry;
  readonly number: number;
  readonly isAtWork: boolean;
  readonly onShow: (number: number) => void;
}

function toneOf({ outcome }: BrowserTraceEntry, isAtWork: boolean): string {
  if (outcome === 'done') return 'trace-done';
  return outcome === 'asked' || (outcome === null && isAtWork) ? 'trace-now' : 'trace-problem';
}

function TraceRow({ entry, number, isAtWork, onShow }: TraceRowProps) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <li className="trace-row">
      <span className="trace-number">{number}</span>
      <span className="trace-words">
        {/* SECURITY: words of pages; what cannot be seen is shown by its number. */}
        <span className="trace-action">{visibleLine(describeAction(entry.action, speech))}</span>
        {entry.why !== '' && <span className="trace-why">{visibleLine(entry.why)}</span>}
        <span className={toneOf(entry, isAtWork)}>
          {describeOutcome(entry, isAtWork, speech)}
          {entry.told !== '' && entry.outcome !== 'done' && `: ${visibleLine(entry.told)}`}
        </span>
      </span>
      {entry.screenshot !== null && (
        <IconButton size="s" side="left" label={t.browser.showPicture(number)} icon={<Image />} onClick={() => onShow(number)} />
      )}
    </li>
  );
}
