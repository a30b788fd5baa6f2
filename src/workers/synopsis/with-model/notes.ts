import type { Citation } from '../../../shared/domain/synopsis.ts';
import type { NoteKind } from '../prompts/synopsis-prompts.ts';

/**
 * What stands in a part of the material, with its proof: every citation is one that was found there. The first step of
 * map-reduce leaves nothing else, so the second cannot be misled by an invented quote.
 */
export interface Note {
  readonly kind: NoteKind;
  readonly text: string;
  readonly term: string | null;
  readonly when: string | null;
  readonly who: string | null;
  readonly due: string | null;
  readonly figure: string | null;
  readonly citations: readonly Citation[];
}

/** Characters of a quote that a note shows; the rest is in the source. */
const shownQuote = 300;

/** A note as a model is shown it, under its number. */
export function shownNote({ text, term, when, who, due, figure, citations }: Note, number: number): string {
  const about = [term, when, figure, who, due].filter(field => field !== null).join(' · ');
  const quotes = citations.map(({ quote }) =>
    `«${quote.length > shownQuote ? `${quote.slice(0, shownQuote)}…` : quote}»`.replaceAll(/\s+/gu, ' '),
  );
  return `[${number}] ${about === '' ? '' : `(${about}) `}${text} ${quotes.join(' ')}`;
}
