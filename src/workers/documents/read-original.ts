import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DocumentFormat } from '../../shared/domain/document-formats.ts';
import type { z } from 'zod';
import { documentCharLimit } from '../../shared/domain/document.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import { toOneLine } from './canonical-text.ts';
import { decodeText } from './decode-text.ts';
import { DocumentRefused } from './document-refused.ts';
import type { Look } from './look-at-picture.ts';
import { readStart, type Original } from './original.ts';
import { readCsv } from './read-csv.ts';
import { decodeHtml, readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readMhtml } from './read-mhtml.ts';
import { readPlainText } from './read-plain-text.ts';
import { readRtf } from './read-rtf.ts';
import { readSubtitles, subtitlesTitle } from './read-subtitles.ts';
import type { Block, SnapshotBuilder } from './snapshot-builder.ts';
import { createTableBlocks } from './table-blocks.ts';
import { titleFromHeading, titleFromOpening } from './title-from-text.ts';

export interface ReadContext {
  readonly signal: AbortSignal;
  report(progress: Progress): void;
  /**
   * What an earlier attempt of the job made under this name, or else what `make` makes now and is kept for the next one. Names are
   * asked for once. Absent where an attempt has no other after it.
   */
  readonly keep?: <T>(name: string, schema: z.ZodType<T>, make: () => Promise<T>) => Promise<T>;
  /** Has a picture read by a model; absent where the person has chosen none for that. */
  readonly look?: Look;
}

/** What a format's reader tells beside the blocks it adds. */
export interface ReadOutcome {
  readonly title: string | null;
  readonly pageCount: number | null;
  /** As the document names them, in its order. */
  readonly authors?: readonly string[];
  /** When it was written or published, in whatever way its format writes dates. */
  readonly date?: string | null;
}

export type FormatReader = (original: Original, builder: SnapshotBuilder, context: ReadContext) => Promise<ReadOutcome>;

/** Bytes of a text read: the most that `documentCharLimit` letters of Russian take in UTF-8. What follows is reported as truncated. */
const textByteLimit = 2 * documentCharLimit;
/** Bytes of RTF read: pictures in it are written as letters and are most of a large one. */
const rtfByteLimit = 128 * 1024 * 1024;
/** Bytes of a web archive read: its page comes first and its pictures after it. */
const mhtmlByteLimit = 64 * 1024 * 1024;
/** Blocks added between two looks at the abort signal: some milliseconds of work. */
const blocksPerTurn = 5_000;

const readText: FormatReader = async (original, builder, context) => {
  const text = await decodeOriginal(original, builder);
  await addAll(readPlainText(text), builder, context.signal);
  return { title: titleFromOpening(text), pageCount: null };
};

const readSubtitleFile: FormatReader = async (original, builder, context) => {
  const text = await decodeOriginal(original, builder);
  await addAll(readSubtitles(text), builder, context.signal);
  // What has no times is no recording, and its words are not lost for that.
  if (builder.charCount === 0) await addAll(readPlainText(text), builder, context.signal);
  return { title: subtitlesTitle(text), pageCount: null };
};

const readTableFile: FormatReader = async (original, builder, context) => {
  const text = await decodeOriginal(original, builder);
  const table = createTableBlocks(block => {
    builder.add(block);
  });
  let rows = 0;
  for (const row of readCsv(text, original.name)) {
    table.row(row);
    rows += 1;
    if (rows % blocksPerTurn === 0) await pause(context.signal);
    if (builder.isFull) break;
  }
  table.flush();
  return { title: null, pageCount: null };
};

const readRtfFile: FormatReader = async (original, builder, context) => {
  const bytes = await readStart(original, rtfByteLimit);
  const reading = readRtf(bytes.toString('latin1'));
  await addAll(reading.blocks, builder, context.signal);
  if (!reading.isWhole) {
    if (builder.charCount === 0) throw new DocumentRefused('damaged', 'the text breaks off before it begins');
    builder.warn('truncated', null, 'the file breaks off');
  }
  const heading = reading.blocks.find(block => block.kind === 'heading' && block.level === 1)?.text ?? null;
  const title =
    titleFromHeading(heading) ??
    reading.title ??
    titleFromOpening(
      reading.blocks
        .slice(0, 2)
        .map(block => block.text)
        .join('\n\n'),
    );
  return { title, authors: [reading.author ?? ''], date: reading.date, pageCount: null };
};

const readMhtmlFile: FormatReader = async (original, builder) => {
  const page = readMhtml((await readStart(original, mhtmlByteLimit)).toString('latin1'));
  if (page === null) throw new DocumentRefused('damaged', 'the archive has no page');
  const decoded = decodeHtml(page.bytes, page.charset);
  if (decoded.guessed) builder.warn('encoding_guessed', null, decoded.encoding);
  const { blocks, title, author, date, flattenedTables } = page.isHtml
    ? readHtml(decoded.text)
    : { blocks: [...readPlainText(decoded.text)], title: null, author: null, date: null, flattenedTables: 0 };
  for (const block of blocks) builder.add(block);
  if (flattenedTables > 0) builder.warn('tables_flattened', flattenedTables, null);
  return { title: page.title === null ? title : toOneLine(page.title), authors: [author ?? ''], date: date ?? page.date, pageCount: null };
};

const readMarkdownFile: FormatReader = async (original, builder, context) => {
  const reading = readMarkdown(await decodeOriginal(original, builder));
  let firstHeading: string | null = null;
  for (const piece of reading.pieces) {
    for (const block of piece) {
      if (block.kind === 'heading' && block.level === 1) firstHeading ??= block.text;
      builder.add(block);
    }
    await pause(context.signal);
  }
  return { title: reading.title ?? titleFromHeading(firstHeading), authors: [reading.author ?? ''], date: reading.date, pageCount: null };
};

const readHtmlFile: FormatReader = async (original, builder) => {
  const bytes = await readStart(original, textByteLimit);
  const decoded = decodeHtml(bytes, original.charset);
  if (decoded.guessed) builder.warn('encoding_guessed', null, decoded.encoding);
  const reading = readHtml(decoded.text);
  for (const block of reading.blocks) builder.add(block);
  if (reading.flattenedTables > 0) builder.warn('tables_flattened', reading.flattenedTables, null);
  return { title: reading.title, authors: [reading.author ?? ''], date: reading.date, pageCount: null };
};

/** The heavy readers are loaded when a document needs them: PDF and DOCX libraries take a tenth of a second and 60 MB. */
export const formatReaders: Readonly<Record<DocumentFormat, FormatReader>> = {
  text: readText,
  markdown: readMarkdownFile,
  html: readHtmlFile,
  pdf: async (...task) => await (await import('./read-pdf.ts')).readPdf(...task),
  docx: async (...task) => await (await import('./read-docx.ts')).readDocx(...task),
  odt: async (...task) => await (await import('./read-odt.ts')).readOdt(...task),
  epub: async (...task) => await (await import('./read-epub.ts')).readEpub(...task),
  fb2: async (...task) => await (await import('./read-fb2.ts')).readFb2(...task),
  pptx: async (...task) => await (await import('./read-pptx.ts')).readPptx(...task),
  xlsx: async (...task) => await (await import('./read-xlsx.ts')).readXlsx(...task),
  rtf: readRtfFile,
  table: readTableFile,
  subtitles: readSubtitleFile,
  mhtml: readMhtmlFile,
  image: async (...task) => await (await import('./read-image.ts')).readImage(...task),
};

async function decodeOriginal(original: Original, builder: SnapshotBuilder): Promise<string> {
  const bytes = await readStart(original, textByteLimit);
  const decoded = decodeText(bytes, original.charset);
  if (decoded.guessed) builder.warn('encoding_guessed', null, decoded.encoding);
  if (bytes.byteLength < original.byteCount) builder.warn('truncated', null, `${original.byteCount - bytes.byteLength} bytes`);
  return decoded.text;
}

async function addAll(blocks: Iterable<Block>, builder: SnapshotBuilder, signal: AbortSignal): Promise<void> {
  let added = 0;
  for (const block of blocks) {
    builder.add(block);
    added += 1;
    if (added % blocksPerTurn === 0) await pause(signal);
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
