import { PreviewCard } from '@base-ui/react/preview-card';
import { Link } from 'lucide-react';
import { useState } from 'react';
import { clockTime } from '../../shared/domain/clock-time.ts';
import type { Citation } from '../../shared/domain/synopsis.ts';
import type { Messages } from '../i18n/messages.ts';
import { IconButton } from './icon-button.tsx';
import './citation-chip.css';

/** The context without the word it was cut through. */
const wholeWordsBefore = (prefix: string): string => prefix.replace(/^\S*\s+(?=\S)/u, '');
const wholeWordsAfter = (suffix: string): string => suffix.replace(/(?<=\S)\s+\S*$/u, '');

interface CitationChipProps {
  readonly citation: Citation;
  readonly number: number;
  readonly sourceTitle: string;
  readonly t: Messages;
  /** Its passage is shown now. */
  readonly isOpen?: boolean;
  readonly onOpen: (citation: Citation) => void;
  /** Puts the address of its passage on the clipboard; one without a passage has none. */
  readonly onCopyLink: (citation: Citation) => void;
}

/** Milliseconds of rest before the quote shows: shorter and it flashes while the pointer only passes. */
const hoverDelayMs = 180;

/** A numbered mark; hover or focus shows the quote in its context, a click opens the source there. */
export function CitationChip({ citation, number, sourceTitle, t, isOpen = false, onOpen, onCopyLink }: CitationChipProps) {
  const { support } = citation;
  const note = t.synopsis.supportShort[support];
  const [shown, setShown] = useState(false);
  return (
    <PreviewCard.Root
      open={shown}
      onOpenChange={(open, details) => {
        if (details.reason === 'escape-key') details.allowPropagation();
        setShown(open);
      }}
    >
      <PreviewCard.Trigger
        delay={hoverDelayMs}
        render={
          <button
            type="button"
            className={`citation citation-${support}`}
            aria-label={`${t.synopsis.citation(number)}: ${sourceTitle}${note === '' ? '' : `, ${note}`}`}
            aria-current={isOpen ? 'location' : undefined}
            onClick={() => {
              setShown(false);
              onOpen(citation);
            }}
          >
            {number}
          </button>
        }
      />
      <PreviewCard.Portal>
        <PreviewCard.Positioner sideOffset={6} className="citation-positioner">
          <PreviewCard.Popup className="citation-card">
            <blockquote className="citation-quote">
              {citation.prefix !== '' && <span className="citation-context">…{wholeWordsBefore(citation.prefix)}</span>}
              <mark>{citation.quote}</mark>
              {citation.suffix !== '' && <span className="citation-context">{wholeWordsAfter(citation.suffix)}…</span>}
            </blockquote>
            <p className="citation-from">
              <span className="truncate">{sourceTitle}</span>
              {citation.page !== null && <span>{t.common.page(citation.page)}</span>}
              {citation.timeMs !== undefined && <span>{clockTime(citation.timeMs)}</span>}
              {citation.start !== null && citation.end !== null && (
                <IconButton
                  size="s"
                  className="citation-link"
                  label={t.places.copyLink}
                  icon={<Link />}
                  onClick={() => onCopyLink(citation)}
                />
              )}
            </p>
            {support !== 'verified' && <p className={`citation-support citation-support-${support}`}>{t.synopsis.support[support]}</p>}
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}
