import type { Language } from './language.ts';

interface FormatFacts {
  /** How files of this kind end, without the dot and in small letters. */
  readonly extensions: readonly string[];
  /** Media types servers declare for it. */
  readonly mediaTypes: readonly string[];
  /** What one document of it is called in the window. */
  readonly label: Readonly<Record<Language, string>>;
  /** How it is named in a list inside a sentence. */
  readonly listed: Readonly<Record<Language, string>>;
}

/** A name that is the same in both languages and in every place. */
function known(name: string): Pick<FormatFacts, 'label' | 'listed'> {
  return { label: { ru: name, en: name }, listed: { ru: name, en: name } };
}

/**
 * Every kind of file that is read, in the order in which they are named to a person. Detection, the dialog for files, what is taken
 * from a folder, the README and the sentences about what cannot be read all come from here.
 */
export const formatTable = {
  pdf: { extensions: ['pdf'], mediaTypes: ['application/pdf'], ...known('PDF') },
  docx: {
    extensions: ['docx', 'docm', 'dotx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ...known('DOCX'),
  },
  odt: { extensions: ['odt', 'ott'], mediaTypes: ['application/vnd.oasis.opendocument.text'], ...known('ODT') },
  rtf: { extensions: ['rtf'], mediaTypes: ['application/rtf', 'text/rtf'], ...known('RTF') },
  epub: { extensions: ['epub'], mediaTypes: ['application/epub+zip'], ...known('EPUB') },
  fb2: {
    extensions: ['fb2', 'fbz', 'fb2.zip'],
    mediaTypes: ['application/x-fictionbook+xml', 'application/x-fictionbook'],
    ...known('FB2'),
  },
  pptx: {
    extensions: ['pptx', 'pptm', 'ppsx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ...known('PPTX'),
  },
  xlsx: {
    extensions: ['xlsx', 'xlsm'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ...known('XLSX'),
  },
  table: { extensions: ['csv', 'tsv'], mediaTypes: ['text/csv', 'text/tab-separated-values'], ...known('CSV') },
  subtitles: {
    extensions: ['srt', 'vtt'],
    mediaTypes: ['text/vtt', 'application/x-subrip'],
    label: { ru: 'Субтитры', en: 'Subtitles' },
    listed: { ru: 'субтитры SRT и VTT', en: 'SRT and VTT subtitles' },
  },
  html: {
    extensions: ['html', 'htm', 'xhtml'],
    mediaTypes: ['text/html', 'application/xhtml+xml'],
    label: { ru: 'Веб-страница', en: 'Web page' },
    listed: { ru: 'HTML', en: 'HTML' },
  },
  mhtml: {
    extensions: ['mhtml', 'mht'],
    mediaTypes: ['multipart/related', 'message/rfc822', 'application/x-mimearchive'],
    label: { ru: 'Веб-страница', en: 'Web page' },
    listed: { ru: 'MHTML', en: 'MHTML' },
  },
  markdown: { extensions: ['md', 'markdown', 'mdown'], mediaTypes: ['text/markdown', 'text/x-markdown'], ...known('Markdown') },
  image: {
    extensions: ['png', 'jpg', 'jpeg', 'webp', 'gif'],
    mediaTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    label: { ru: 'Изображение', en: 'Image' },
    listed: { ru: 'изображения', en: 'images' },
  },
  text: {
    extensions: ['txt', 'text', 'log'],
    mediaTypes: ['text/plain'],
    label: { ru: 'Текст', en: 'Text' },
    listed: { ru: 'простой текст', en: 'plain text' },
  },
} as const satisfies Readonly<Record<string, FormatFacts>>;

export type DocumentFormat = keyof typeof formatTable;

/** In the order of the table. */
export const documentFormats = Object.keys(formatTable) as [DocumentFormat, ...DocumentFormat[]];

const byExtension = new Map<string, DocumentFormat>(
  documentFormats.flatMap(format => formatTable[format].extensions.map(extension => [extension, format] as const)),
);
const byMediaType = new Map<string, DocumentFormat>(
  documentFormats.flatMap(format => formatTable[format].mediaTypes.map(type => [type, format] as const)),
);

/** The format a file's name promises; null for a name that promises none of them. `book.fb2.zip` is one of two endings. */
export function formatOfName(name: string): DocumentFormat | null {
  const [, ...endings] = name.trim().toLowerCase().split('.');
  return byExtension.get(endings.slice(-2).join('.')) ?? byExtension.get(endings.at(-1) ?? '') ?? null;
}

/** A file's name as a title: without the ending that says what kind of file it is. */
export function nameWithoutEnding(name: string): string {
  if (formatOfName(name) === null) return name;
  const bare = name.trim().replace(/(?:\.fb2)?\.[^.]+$/iu, '');
  return bare === '' ? name : bare;
}

export function formatOfMediaType(type: string): DocumentFormat | null {
  return byMediaType.get(type.toLowerCase()) ?? null;
}

/** What a dialog for files offers, as the `accept` of an input takes it. Other files may be chosen all the same and are refused with a sentence. */
export const acceptedFiles: string = documentFormats
  .flatMap(format => formatTable[format].extensions)
  .filter(extension => !extension.includes('.'))
  .map(extension => `.${extension}`)
  .join(',');

const conjunctions: Readonly<Record<Language, string>> = { ru: ' или ', en: ' or ' };

/** «PDF, DOCX … или простой текст». */
export function listedFormats(language: Language): string {
  const names = documentFormats.map(format => formatTable[format].listed[language]);
  return `${names.slice(0, -1).join(', ')}${conjunctions[language]}${names.at(-1) ?? ''}`;
}
