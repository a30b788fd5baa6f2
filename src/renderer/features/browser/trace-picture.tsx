import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { BrowserView } from '../../../shared/domain/browser.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import { describeAction, describeOutcome } from '../../i18n/browser-words.ts';
import { useSpeech } from '../../state/context.tsx';
import { useScreenshot } from '../../state/use-screenshot.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

interface TracePictureProps {
  readonly view: BrowserView;
  /** Of the step, from 1. */
  readonly number: number;
  readonly isAtWork: boolean;
  readonly onNumber: (number: number) => void;
  readonly onClose: () => void;
}

/** The picture of one step, large, and the way to those before and after it. */
export function TracePicture({ view, number, isAtWork, onNumber, onClose }: TracePictureProps) {
  const speech = useSpeech();
  const { t } = speech;
  const entry = view.trace[number - 1];
  const picture = useScreenshot(view.jobId, entry?.screenshot ?? null);
  if (entry === undefined) return null;
  const numbers = view.trace.flatMap(({ screenshot }, at) => (screenshot === null ? [] : [at + 1]));
  const earlier = numbers.findLast(each => each < number);
  const later = numbers.find(each => each > number);
  const words = visibleLine(describeAction(entry.action, speech));

  return (
    <Dialog open size="l" title={t.browser.pictureOf(number)} closeLabel={t.common.close} onClose={onClose}>
      <figure className="trace-figure">
        {picture === null ? (
          <p className="browser-note">{t.browser.pictureGone}</p>
        ) : (
          <div className="trace-large">
            {picture !== undefined && <img src={picture} alt={t.browser.screen(entry.title || entry.url)} />}
          </div>
        )}
        <figcaption>
          <IconButton
            label={t.browser.earlier}
            icon={<ChevronLeft />}
            disabled={earlier === undefined}
            onClick={() => earlier !== undefined && onNumber(earlier)}
          />
          <span className="trace-caption">
            <span>{words}</span>
            <span className="browser-note">
              {describeOutcome(entry, isAtWork, speech)}
              {entry.url !== '' && ` · ${visibleLine(entry.url)}`}
            </span>
          </span>
          <IconButton
            label={t.browser.later}
            icon={<ChevronRight />}
            disabled={later === undefined}
            onClick={() => later !== undefined && onNumber(later)}
          />
        </figcaption>
      </figure>
    </Dialog>
  );
}
