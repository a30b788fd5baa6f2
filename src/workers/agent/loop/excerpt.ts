import type { Language } from '../../../shared/domain/language.ts';

const notice: Readonly<Record<Language, (rest: number, id: string, start: number) => string>> = {
  ru: (rest, id, start) => `[… ещё ${rest} символов; дальше: read_result с {"id":"${id}","start":${start}}]`,
  en: (rest, id, start) => `[… ${rest} more characters; read on: read_result with {"id":"${id}","start":${start}}]`,
};

/** Characters of a result that a model is shown: two pages. */
const mostShown = 8_000;
/** Of the smallest context: a paragraph or two. */
export const leastShown = 400;
/** Share of the context that one result may take. */
const shareShown = 0.15;
/** Characters of a token of Russian, to be on the safe side. */
const charsPerToken = 2;

/** Characters of one result that fit beside everything else in a context of so many tokens. */
export function shownLimit(contextTokens: number): number {
  return Math.max(leastShown, Math.min(mostShown, Math.floor(contextTokens * shareShown * charsPerToken)));
}

/** The beginning of a long text, cut at a space where there is one, and how to read on. A short one as it is. */
export function excerptOf(
  text: string,
  { limit, id, language, from = 0 }: { readonly limit: number; readonly id: string; readonly language: Language; readonly from?: number },
): string {
  const end = endOf(text, from, limit);
  const piece = text.slice(from, end);
  return end >= text.length ? piece : `${piece}\n${notice[language](text.length - end, id, end)}`;
}

function endOf(text: string, from: number, limit: number): number {
  const end = from + limit;
  if (end >= text.length) return text.length;
  const space = Math.max(text.lastIndexOf(' ', end), text.lastIndexOf('\n', end));
  // Only where it costs little: a text without spaces is cut anywhere but within a character.
  if (space > from + limit * 0.8) return space;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
