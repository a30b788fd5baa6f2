import type { Citation } from '../../../shared/domain/synopsis.ts';

/** As the output's schema bounds them. */
const citationLimit = 50;
/** Characters after which an open bracket is no marker: `[12, 13, 14]` and a little air. */
const markerLimit = 40;
/** Backticks of a fence, as CommonMark has it. */
const fenceTicks = 3;

/** `[3]`, `[3, 7]`, `[^3]`, `【3】` as some models write it, with what they put after a dagger. */
const marker = /^[[【]\s*\^?\d{1,4}(?:\s*[,;]\s*\d{1,4})*\s*(?:†[^\]】]*)?[\]】]$/u;
const mayBecomeMarker = /^[[【][\s^\d,;]*(?:†[^\]】]*)?$/u;

/**
 * Turns the numbers that a model cites by into those of the answer: 1, 2, 3 in the order they are cited, each with its
 * citation. Numbers of passages that the model was not shown are removed. What is between backticks is code and stays.
 * Works on a stream: the same pieces of text, cut in any way, give the same whole.
 */
export interface CiteMarkers {
  /** What may be shown now; the rest waits for what tells a marker from a bracket. */
  push(text: string): string;
  /** What was still held back. Nothing may be pushed into the same sentence after it. */
  flush(): string;
  /** In the order of their numbers. */
  citations(): Citation[];
}

export function createCiteMarkers(
  citationOf: (number: number) => Citation | undefined,
  /** The number to show a citation under; its place when absent. */
  shownAs: (citation: Citation, place: number) => number = (_, place) => place,
): CiteMarkers {
  const citations: Citation[] = [];
  const places = new Map<number, number>();
  /** A space, a bracket and what may yet become a marker, or a whole marker of which the next character decides. */
  let held = '';
  /** Length of the run of backticks that opened the code we are in; 0 outside. */
  let codeTicks = 0;
  /** Of the run of backticks at hand. */
  let ticks = 0;
  let last = '';

  function placeOf(number: number): number | null {
    const known = places.get(number);
    if (known !== undefined) return known;
    const citation = citationOf(number);
    if (citation === undefined || citations.length >= citationLimit) return null;
    citations.push(citation);
    places.set(number, citations.length);
    return citations.length;
  }

  function numberAt(place: number): number {
    const citation = citations[place - 1];
    return citation === undefined ? place : shownAs(citation, place);
  }

  /** What stands for a marker, with the space before it. */
  function written(found: string): string {
    const numbers = [...found.replace(/†.*$/u, '').matchAll(/\d+/gu)].map(([digits]) => placeOf(Number(digits)));
    const known = [...new Set(numbers)].filter(place => place !== null);
    // Several numbers of which none is known are more likely a list than a source.
    if (known.length === 0) return numbers.length > 1 ? found : '';
    return (found.startsWith(' ') ? ' ' : '') + known.map(place => `[${numberAt(place)}]`).join('');
  }

  function release(): string {
    const found = held;
    held = '';
    return marker.test(found.trimStart()) ? written(found) : found;
  }

  function countTicks(char: string): void {
    if (char === '`') ticks += 1;
    else if (ticks > 0) {
      if (codeTicks === 0) codeTicks = ticks;
      else if (codeTicks === ticks) codeTicks = 0;
      ticks = 0;
    }
    // Code within a line does not go beyond its paragraph; a fence has three ticks or more.
    if (char === '\n' && last === '\n' && codeTicks < fenceTicks) codeTicks = 0;
    last = char;
  }

  function take(char: string): string {
    countTicks(char);
    const bracket = held.trimStart();
    if (bracket !== '' && bracket.length < markerLimit && !marker.test(bracket)) {
      const longer = bracket + char;
      if (marker.test(longer) || mayBecomeMarker.test(longer)) {
        held += char;
        return '';
      }
    }
    if (held === ' ' && isOpening(char)) {
      held += char;
      return '';
    }
    // A number that is the text of a link is no marker.
    const out = char === '(' && marker.test(bracket) ? held : release();
    held = '';
    if (codeTicks === 0 && ticks === 0 && (char === ' ' || isOpening(char))) {
      held = char;
      return out;
    }
    return out + char;
  }

  return {
    push(text) {
      let out = '';
      for (const char of text) out += take(char);
      return out;
    },
    flush() {
      countTicks('');
      return release();
    },
    citations: () => [...citations],
  };
}

const isOpening = (char: string): boolean => char === '[' || char === '【';

/** A text of another answer, whose numbers mean other passages. */
export const withoutMarkers = (text: string): string => text.replaceAll(/ ?\[\d{1,3}\](?!\()/gu, '');
