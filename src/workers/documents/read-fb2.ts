import { createReadStream } from 'node:fs';
import { withArchive } from './archive.ts';
import { decodeText } from './decode-text.ts';
import { DocumentRefused } from './document-refused.ts';
import { readStart } from './original.ts';
import type { FormatReader, ReadContext, ReadOutcome } from './read-original.ts';
import { readXml } from './read-xml.ts';
import type { Block, SnapshotBuilder } from './snapshot-builder.ts';
import { tableLine } from './table-blocks.ts';

/** Bytes from which the encoding is judged where none is declared. */
const sampleBytes = 64 * 1024;
/** What is not text of the book: pictures, the list of styles, marks of notes. */
const leftOut: ReadonlySet<string> = new Set(['binary', 'stylesheet', 'custom-info', 'publish-info', 'src-title-info']);
/** Elements that end with a paragraph of their own, and its kind. */
const paragraphs: Readonly<Record<string, Block['kind']>> = {
  p: 'paragraph',
  v: 'paragraph',
  subtitle: 'paragraph',
  'text-author': 'paragraph',
};
const deepestLevel = 6;
const byNumber = new Intl.Collator('en', { numeric: true });

/** FictionBook 2, plain or in an archive, in whatever encoding: sections as headings, poems line by line, notes at the end. Of an archive all books. */
export const readFb2: FormatReader = async (original, builder, context) => {
  const start = await readStart(original, sampleBytes);
  if (start.subarray(0, 2).toString('latin1') !== 'PK')
    return await readBook(createReadStream(original.path), encodingOf(start), builder, context);
  return await withArchive(
    original,
    async archive => {
      // Volumes of one work, mostly: read one after the other, by their numbers.
      const books = archive.names.filter(name => /\.fb2$/iu.test(name)).toSorted(byNumber.compare);
      const [first, ...rest] = books;
      if (first === undefined) throw new DocumentRefused('damaged', 'the archive has no book');
      const told = [await readBook(archive.chunks(first), null, builder, context)];
      for (const book of rest) told.push(await readBook(archive.chunks(book), null, builder, context));
      const [only] = told;
      if (only !== undefined && rest.length === 0) return only;
      return { title: null, authors: [...new Set(told.flatMap(({ authors = [] }) => authors))], date: null, pageCount: null };
    },
    { format: 'fb2' },
  );
};

/** Only for a book that declares none: Cyrillic without a declaration is mostly windows-1251. */
function encodingOf(start: Buffer): string | null {
  if (/<\?xml[^>]{0,150}encoding/iu.test(start.subarray(0, 300).toString('latin1'))) return null;
  return decodeText(start).encoding;
}

async function readBook(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string | null,
  builder: SnapshotBuilder,
  { signal }: ReadContext,
): Promise<ReadOutcome> {
  const path: string[] = [];
  const facts = { title: '', date: '', dateValue: '' };
  const authors: string[] = [];
  let author: Record<string, string> = {};
  let skipped = 0;
  let sections = 0;
  let line: string | null = null;
  let cells: string[] = [];
  let rows: string[] = [];
  const within = (name: string): boolean => path.includes(name);

  function endParagraph(name: string, kind: Block['kind']): void {
    const text = line?.trim() ?? '';
    line = null;
    if (text === '') return;
    if (within('title')) return builder.add({ kind: 'heading', level: Math.min(deepestLevel, Math.max(1, sections)), text });
    if (name === 'subtitle') {
      // Three stars part scenes and name nothing.
      if (/\p{L}/u.test(text)) builder.add({ kind: 'heading', level: Math.min(deepestLevel, sections + 1), text });
      return;
    }
    const isQuoted = within('epigraph') || within('cite');
    builder.add({ kind: isQuoted ? 'quote' : kind, text, ...(name === 'v' ? { tight: path.at(-1) === 'stanza' && stanzaBegun } : {}) });
    if (name === 'v') stanzaBegun = true;
  }
  let stanzaBegun = false;

  const { isWhole } = await readXml(
    chunks,
    {
      open(name, attributes) {
        if (skipped > 0 || leftOut.has(name) || (name === 'a' && attributes['type'] === 'note')) {
          skipped += 1;
          return;
        }
        path.push(name);
        if (name === 'section') sections += 1;
        if (name === 'stanza') stanzaBegun = false;
        if (name === 'author') author = {};
        if (name === 'date' && path.at(-2) === 'title-info') facts.dateValue ||= attributes['value'] ?? '';
        if (within('body') && name in paragraphs) line = '';
        if (name === 'th' || name === 'td') line = '';
      },
      text(text) {
        if (skipped > 0) return;
        const at = path.at(-1);
        if (path[1] === 'description') {
          if (path[2] !== 'title-info') return;
          if (at === 'book-title') facts.title += text;
          else if (at === 'date') facts.date += text;
          else if (path[3] === 'author' && at !== undefined) author[at] = (author[at] ?? '') + text;
          return;
        }
        if (line !== null) line += text;
      },
      close(name) {
        if (skipped > 0) {
          skipped -= 1;
          return;
        }
        path.pop();
        if (name === 'author' && path.at(-1) === 'title-info')
          authors.push(
            [author['first-name'], author['middle-name'], author['last-name']].filter(Boolean).join(' ') || (author['nickname'] ?? ''),
          );
        const kind = paragraphs[name];
        if (kind !== undefined && !within('td') && !within('th')) endParagraph(name, kind);
        if (name === 'td' || name === 'th') {
          cells.push(line ?? '');
          line = null;
        }
        if (name === 'tr') {
          rows.push(tableLine(cells));
          cells = [];
        }
        if (name === 'table') {
          builder.add({ kind: 'table', text: rows.join('\n') });
          rows = [];
        }
        if (name === 'section') sections -= 1;
      },
    },
    encoding === null ? { signal } : { signal, encoding },
  );
  if (!isWhole) {
    if (builder.charCount === 0) throw new DocumentRefused('damaged', 'the book breaks off before its text');
    builder.warn('truncated', null, 'the file breaks off');
  }
  return { title: facts.title.trim() || null, authors, date: facts.dateValue || facts.date || null, pageCount: null };
}
