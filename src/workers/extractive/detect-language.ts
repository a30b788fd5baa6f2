import type { Language } from '../../shared/domain/language.ts';

/** Characters looked at: the share of scripts is stable after a few thousand letters, and a book need not be read for it. */
const SAMPLE_LENGTH = 20_000;
/** Fewer letters than this say nothing; a page of numbers has no language. */
const MIN_LETTERS = 12;
/**
 * Russian text about technology carries up to two thirds of Latin letters in names and code, while English text carries next
 * to no Cyrillic: the border therefore lies well below one half.
 */
const MIN_CYRILLIC_SHARE = 0.3;

const cyrillic = /\p{Script=Cyrillic}/gu;
const latin = /\p{Script=Latin}/gu;

/** Russian or English by the share of letters; null when there are too few letters of either script. */
export function detectLanguage(text: string): Language | null {
  const sample = sampleOf(text);
  const cyrillicCount = sample.match(cyrillic)?.length ?? 0;
  const latinCount = sample.match(latin)?.length ?? 0;
  if (cyrillicCount + latinCount < MIN_LETTERS) return null;
  return cyrillicCount / (cyrillicCount + latinCount) >= MIN_CYRILLIC_SHARE ? 'ru' : 'en';
}

/** Beginning, middle and end, so that a foreign title page or a bibliography does not decide alone. */
function sampleOf(text: string): string {
  if (text.length <= SAMPLE_LENGTH) return text;
  const part = Math.floor(SAMPLE_LENGTH / 3);
  const middle = Math.floor((text.length - part) / 2);
  return text.slice(0, part) + text.slice(middle, middle + part) + text.slice(-part);
}
