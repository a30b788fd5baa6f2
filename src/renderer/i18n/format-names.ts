import { documentFormats, formatTable, type DocumentFormat } from '../../shared/domain/document-formats.ts';
import type { Language } from '../../shared/domain/language.ts';

/** What one document of each kind is called. */
export function formatNames(language: Language): Readonly<Record<DocumentFormat, string>> {
  // Each format is in the list once.
  return Object.fromEntries(documentFormats.map(format => [format, formatTable[format].label[language]])) as Record<DocumentFormat, string>;
}
