import type { Language } from '../../shared/domain/language.ts';

/** Characters looked at: enough for a stable share, small enough to cost nothing. */
const sampleChars = 200_000;
/** Letters below which a text is too short to tell its language. */
const lettersNeeded = 20;
/** Share of Cyrillic letters from which a text is Russian: Russian technical prose carries up to a half of Latin names and code. */
const russianShare = 0.4;
/** Share of Latin letters, of all letters, for English. */
const englishShare = 0.8;

/**
 * Russian or English by the share of their letters, null when neither is clear. Other languages in the Latin alphabet
 * count as English and other Cyrillic ones as Russian: the engine has rules for these two only.
 */
export function detectLanguage(text: string): Language | null {
  const sample = text.slice(0, sampleChars);
  const all = sample.match(/\p{L}/gu)?.length ?? 0;
  if (all < lettersNeeded) return null;
  const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic / all >= russianShare) return 'ru';
  return latin / all >= englishShare ? 'en' : null;
}
