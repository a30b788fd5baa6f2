import type { SynopsisVersion } from '../domain/synopsis.ts';
import type { PlaceOf } from './citation-place.ts';
import { exportWords } from './export-words.ts';
import { fileStemOf } from './file-name.ts';
import { sourceTitle, synopsisContent } from './synopsis-content.ts';
import { markdownOf } from './synopsis-markdown.ts';

/** A file's name without its ending, in bytes: file systems allow 255, of which the ending, a word and a number take some. */
const stemBytes = 200;

/** A synopsis as a note of a vault: properties that Obsidian reads (text, lists of texts, a date), and no two notes of one id. */
export interface VaultNote {
  readonly fileName: string;
  readonly markdown: string;
  /** The line that says whose note it is, so that it is found where the person has moved it. */
  readonly mark: string;
  /** For the name of a second file of this title. */
  readonly besideWord: string;
}

export interface VaultNoteParams {
  /** Of the version in a folder that appends, of the synopsis in one that mirrors. */
  readonly id: string;
  readonly tags: readonly string[];
  readonly placeOf: PlaceOf;
  /** Where a source is on the web, by its document; null where it is not. */
  readonly addressOf: (documentId: string) => string | null;
}

export function vaultNote(version: SynopsisVersion, { id, tags, placeOf, addressOf }: VaultNoteParams): VaultNote {
  const words = exportWords[version.language];
  const mark = `id: ${JSON.stringify(id)}`;
  const stem = noteStemOf(version.title, words.synopsis);
  const linkOf = (source: SynopsisVersion['coverage'][number]['source']): string | null =>
    source.kind === 'document' ? addressOf(source.documentId) : null;
  const names = tags.flatMap(tag => tagOf(tag) ?? []);
  const properties = [
    mark,
    `title: ${JSON.stringify(version.title)}`,
    ...listOf('tags', names),
    // The name of the file is cut and cleaned; the note is found under its whole title too.
    ...listOf('aliases', stem === version.title || version.title.trim() === '' ? [] : [version.title]),
    `created: ${new Date(version.finishedAtMs ?? version.createdAtMs).toISOString().slice(0, 10)}`,
    `version: ${version.number}`,
    `template: ${version.template}`,
    `language: ${version.language}`,
    ...listOf(
      'sources',
      version.coverage.map(source => linkOf(source.source) ?? sourceTitle(source, words)),
    ),
    'generator: Konspekt',
  ];
  const content = synopsisContent(version, version.language, placeOf);
  return { fileName: `${stem}.md`, markdown: markdownOf(content, { properties, linkOf }), mark, besideWord: words.synopsis.toLowerCase() };
}

/** SECURITY: as `fileStemOf`, and without what Obsidian's links cannot hold; not hidden, and short enough with a number behind it. */
export function noteStemOf(title: string, otherwise: string): string {
  const stem = fileStemOf(title.normalize('NFC').replace(/[#^[\]]/gu, ' '), otherwise).replace(/^[. ]+/u, '');
  let cut = '';
  let bytes = 0;
  for (const letter of stem) {
    bytes += utf8BytesOf(letter.codePointAt(0) ?? 0);
    if (bytes > stemBytes) break;
    cut += letter;
  }
  const safe = cut
    .toWellFormed()
    .replace(/\uFFFD/gu, '')
    .replace(/[. ]+$/u, '');
  // Windows reserves these with every ending.
  return safe === '' || /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/iu.test(safe) ? otherwise : safe;
}

function utf8BytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** As Obsidian takes tags: letters, digits, `_`, `-` and `/`, and not digits alone. Null where nothing is left. */
function tagOf(name: string): string | null {
  const tag = name
    .trim()
    .replace(/\s+/gu, '-')
    .replace(/[^\p{L}\p{N}_/-]/gu, '');
  if (tag === '') return null;
  return /^\p{N}+$/u.test(tag) ? `_${tag}` : tag;
}

function listOf(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${name}:`, ...values.map(value => `  - ${JSON.stringify(value)}`)];
}
