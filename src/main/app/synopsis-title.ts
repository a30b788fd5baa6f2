import type { DocumentView } from '../../shared/domain/document.ts';
import type { Language } from '../../shared/domain/language.ts';

/** As `synopsisVersion` bounds a title. */
const titleLimit = 500;

/** A synopsis of one document has its title; of several the chat's, and of an unnamed chat the documents' titles. */
export function synopsisTitle(sessionTitle: string | null, documents: readonly DocumentView[]): string {
  const [only] = documents;
  const title =
    documents.length === 1 && only !== undefined ? only.title : (sessionTitle ?? documents.map(document => document.title).join(', '));
  return title === '' ? '…' : title.slice(0, titleLimit).toWellFormed();
}

/** The language most of the material is in, by characters; null while nothing has been read. */
export function mainLanguage(documents: readonly DocumentView[]): Language | null {
  const chars: Record<Language, number> = { ru: 0, en: 0 };
  for (const document of documents) if (document.language !== null) chars[document.language] += document.charCount ?? 0;
  if (chars.ru === 0 && chars.en === 0) return null;
  return chars.ru >= chars.en ? 'ru' : 'en';
}
