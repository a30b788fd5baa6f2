import type { DocumentError, DocumentErrorCode } from '../../shared/domain/document.ts';
import { documentErrorWords, needsModelChoice } from '../../shared/domain/document-error-words.ts';
import type { Language } from '../../shared/domain/language.ts';

/** What helps where the command line has another way than the window. */
const ownCures: Readonly<Record<Language, Readonly<Partial<Record<DocumentErrorCode, string>>>>> = {
  ru: {
    forbidden_address: 'открыть его: konspekt settings set allowed-hosts --add УЗЕЛ[:ПОРТ]',
    internal: 'подробности в журнале',
  },
  en: {
    forbidden_address: 'to allow it: konspekt settings set allowed-hosts --add HOST[:PORT]',
    internal: 'the log has the details',
  },
};

/** Where a picture needs a model that sees, or has one that does not answer. */
const visionCures: Readonly<Record<Language, string>> = {
  ru: 'выберите модель для картинок: konspekt models use vision ПРОВАЙДЕР МОДЕЛЬ, и добавьте файл снова',
  en: 'choose a model for images: konspekt models use vision PROVIDER MODEL, and add the file again',
};

const joints: Readonly<Record<Language, string>> = { ru: ' — ', en: '; ' };

const httpStatus = /^\d{3}$/u;

/** Why a document could not be read and what helps, as a clause that stands after a colon. */
export function documentFault(error: DocumentError, language: Language): string {
  const { fault, cure } = documentErrorWords(error, language);
  // Other details are for the log: sizes in bytes, a library's own words.
  const status = error.detail !== null && httpStatus.test(error.detail) ? ` (${error.detail})` : '';
  const own = needsModelChoice(error) ? visionCures[language] : ownCures[language][error.code];
  return `${lowerFirst(fault)}${status}${joints[language]}${own ?? lowerFirst(cure)}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
