import { wordsOf } from '../../shared/domain/words.ts';
import type { FoundDefinition } from './find-definition.ts';

/** Where a main clause ends: before a subordinate one, at a colon, a semicolon or a dash. */
const clauseEnd =
  /(?:,\s+(?=(?:котор\p{L}+|что|чтобы|потому|поскольку|так\s+как|где|когда|хотя|поэтому|а|но|и|то\s+есть|which|who|because|but|and|so|where|when|while|although|saying|many\s+of|the\s+only|the\s+first|a\s+\p{L}+\s+that)(?!\p{L}))|\s*[;:]\s+|\s+[—–]\s+)/gu;
/** Where another clause begins that can stand alone. */
const clauseStart = /;\s+|,\s+(?=(?:and|but|so|и|а|но)\s)/gu;
/** A finite verb, by the endings it mostly has: without one the beginning of a sentence says nothing. */
const verb =
  /(?<!\p{L})(?:\p{L}{2,}(?:л|ла|ло|ли|лся|лась|лось|лись|ет|ит|ют|ут|ат|ят|ется|ится|ются|ятся)|\p{L}{2,}ed|was|were|is|are|has|have|had|became|made|built|took|gave|won|grew|fell|rose|led|lost|cost|sank|ran|held|kept|left|paid|sold|sent|met|began|wrote|found|will)(?!\p{L})/iu;
/** Beside its date or figure the short form names what happened. */
const MIN_OTHER_WORDS = 3;
/** A shorter rest is not worth the cut. */
const MIN_REST_WORDS = 3;

/**
 * The clause of a sentence that holds the stretch, with «…» for the rest; null when no clause parts from it. Whatever is cut off stands
 * whole in an earlier section.
 */
export function shortForm(text: string, { start, end }: { readonly start: number; readonly end: number }): string | null {
  const isClause = (kept: string): boolean =>
    wordsOf(kept).length - wordsOf(text.slice(start, end)).length >= MIN_OTHER_WORDS && verb.test(kept);
  const isWorthTheCut = (rest: string): boolean => wordsOf(rest).length >= MIN_REST_WORDS;
  for (const { index } of text.matchAll(clauseEnd)) {
    const kept = text.slice(0, index);
    if (index >= end && isClause(kept)) return isWorthTheCut(text.slice(index)) ? `${kept}…` : null;
  }
  const last = [...text.matchAll(clauseStart)].findLast(({ index }) => index < start);
  if (last === undefined) return null;
  const from = last.index + last[0].length;
  return isClause(text.slice(from)) && isWorthTheCut(text.slice(0, from)) ? `…${text.slice(from)}` : null;
}

const link = /^(?:\s\([^)]{1,80}\))?\s*(?:\s[—–-]\s+(?:это\s+)?|\s(?:is|are)\s+)(?=[\p{L}\d])/u;

/** «Наука о методах…» of «Навигация — это наука о методах…», which stands beside its term; other wordings stay whole. */
export function withoutTerm(text: string, { term, isOblique }: FoundDefinition): string {
  if (isOblique) return text;
  const head = new RegExp(
    String.raw`^(?:(?:An?|The)\s+)?[«"“]?${term.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}[»"”]?`,
    'iu',
  ).exec(text)?.[0];
  if (head === undefined) return text;
  const joint = link.exec(text.slice(head.length))?.[0];
  if (joint === undefined) return text;
  const rest = text.slice(head.length + joint.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
