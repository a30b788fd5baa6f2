import type { Citation } from '../../../shared/domain/synopsis.ts';
import { createCiteMarkers } from './cite-markers.ts';

/** Between what a model said before a call of a tool and what it says after it. */
const separator = '\n\n';

/** The text of an answer over all calls of the model, with its citations. */
export interface AnswerText {
  /** Returns what is shown of it now. */
  push(text: string): string;
  /** The call is over: returns what was held back. */
  endCall(): string;
  whole(): string;
  /** What the last call that said anything has said. */
  last(): string;
  citations(): Citation[];
}

export function createAnswerText(citationOf: (number: number) => Citation | undefined): AnswerText {
  const markers = createCiteMarkers(citationOf);
  let text = '';
  /** Where in `text` the call at hand began to speak; null while it has said nothing. */
  let start: number | null = null;
  let lastStart = 0;

  function show(given: string): string {
    // A call begins where its first word stands.
    const piece = start === null ? given.trimStart() : given;
    if (piece === '') return '';
    let out = piece;
    if (start === null) {
      if (text !== '') out = separator.slice(trailingBreaks(text)) + piece;
      start = text.length + out.length - piece.length;
      lastStart = start;
    }
    text += out;
    return out;
  }
  return {
    push: given => show(markers.push(given)),
    endCall() {
      const out = show(markers.flush());
      start = null;
      return out;
    },
    whole: () => text,
    last: () => text.slice(lastStart),
    citations: () => markers.citations(),
  };
}

function trailingBreaks(text: string): number {
  if (text.endsWith('\n\n')) return 2;
  return text.endsWith('\n') ? 1 : 0;
}
