import { readdirSync, readFileSync } from 'node:fs';
import type { Language } from '../../../src/shared/domain/language.ts';

export interface QualityCase {
  readonly name: string;
  readonly half: 'dev' | 'test';
  readonly language: Language;
  readonly genre: 'article' | 'dialogue';
  readonly text: string;
  /** A summary in a person's own words. */
  readonly reference: string;
}

/** Parts the text of a case from its reference summary. */
export const REFERENCE_MARK = '\n=== reference\n';
const folder = new URL('./set/', import.meta.url);

/** The texts of one half, named `<language>-<genre>-<slug>.txt`; nothing is ever tuned on the half called test (see README.md). */
export function readSet(half: QualityCase['half']): QualityCase[] {
  return readdirSync(new URL(`${half}/`, folder))
    .filter(name => name.endsWith('.txt'))
    .sort()
    .map(name => {
      const [language, genre] = name.split('-');
      const [text, reference] = readFileSync(new URL(`${half}/${name}`, folder), 'utf8').split(REFERENCE_MARK);
      if (
        (language !== 'ru' && language !== 'en') ||
        (genre !== 'article' && genre !== 'dialogue') ||
        text === undefined ||
        reference === undefined
      ) {
        throw new Error(
          `${half}/${name} is no case: name it <ru|en>-<article|dialogue>-<slug>.txt and part the text from the summary with "=== reference".`,
        );
      }
      return { name: name.slice(0, -4), half, language, genre, text, reference: reference.trim() };
    });
}
