import { documentErrorCodes, type DocumentErrorCode } from '../../shared/domain/document.ts';
import { documentErrorWords, isMark } from '../../shared/domain/document-error-words.ts';
import type { Language } from '../../shared/domain/language.ts';

/** Codes whose detail makes the sentence concrete: a size, a format's name, an address, a status. Other details are for the log. */
const withDetail: ReadonlySet<DocumentErrorCode> = new Set([
  'too_large',
  'too_many_pages',
  'unsupported_format',
  'wrong_format',
  'unreachable',
  'forbidden_address',
  'http_error',
]);

/** The type of what no known format begins with; a word of ours and no name of a format, it says nothing to a person. */
const untypedBytes = 'binary';

type Sentences = Readonly<Record<DocumentErrorCode, (detail: string | null) => string>>;

/** Why a document could not be read, as sentences with the cure. */
export function documentErrorSentences(language: Language): Sentences {
  const sentence = (code: DocumentErrorCode) => (detail: string | null) => {
    const { fault, cure } = documentErrorWords({ code, detail }, language);
    return detail === null || isMark(detail) || detail === untypedBytes || !withDetail.has(code)
      ? `${fault}. ${cure}.`
      : `${fault}. ${cure}. (${detail})`;
  };
  // Each code is in the list once.
  return Object.fromEntries(documentErrorCodes.map(code => [code, sentence(code)])) as Sentences;
}
