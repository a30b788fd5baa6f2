import type { DocumentView } from '../../shared/domain/document.ts';
import { nameWithoutEnding } from '../../shared/domain/document-formats.ts';
import type { Language } from '../../shared/domain/language.ts';

/** As `synopsisVersion` bounds a title. */
const titleLimit = 500;

const andMore: Readonly<Record<Language, (count: number) => string>> = {
  ru: count => ` и ещё ${count}`,
  en: count => ` and ${count} more`,
};

/** A document that has no title of its own is known by its file's name, whose ending is no part of a title. */
function titleOf({ title, origin }: DocumentView): string {
  return origin.kind === 'file' && title === origin.name ? nameWithoutEnding(title) : title;
}

/**
 * The name a chat that nobody named gets from its documents: the title of the one that was added first, whichever was
 * read first. Null while that is not known yet, or when none could be read.
 */
export function chatTitleFromDocuments(documents: readonly DocumentView[]): string | null {
  const first = documents.find(document => document.state !== 'failed');
  return first?.state === 'ready' ? titleOf(first) : null;
}

/**
 * A synopsis of one document has its title; of several the chat's, and where the chat only has its first document's name,
 * that and how many more there are. `documents` in the order in which they were added.
 */
export function synopsisTitle(sessionTitle: string | null, documents: readonly DocumentView[], language: Language): string {
  const [first, ...more] = documents.filter(document => document.state !== 'failed');
  if (first === undefined) return cut(sessionTitle ?? '', '');
  const title = titleOf(first);
  if (more.length === 0) return cut(title, '');
  const isNamed = sessionTitle !== null && !first.title.startsWith(sessionTitle);
  return isNamed ? cut(sessionTitle, '') : cut(title, andMore[language](more.length));
}

function cut(title: string, rest: string): string {
  return title === '' ? '…' : `${title.slice(0, titleLimit - rest.length).toWellFormed()}${rest}`;
}

/** The language most of the material is in, by characters; null while nothing has been read. */
export function mainLanguage(documents: readonly DocumentView[]): Language | null {
  const chars: Record<Language, number> = { ru: 0, en: 0 };
  for (const document of documents) if (document.language !== null) chars[document.language] += document.charCount ?? 0;
  if (chars.ru === 0 && chars.en === 0) return null;
  return chars.ru >= chars.en ? 'ru' : 'en';
}
