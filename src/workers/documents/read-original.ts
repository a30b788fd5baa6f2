import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DocumentFormat } from '../../shared/domain/document.ts';
import { documentCharLimit } from '../../shared/domain/document.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import { decodeText } from './decode-text.ts';
import { readStart, type Original } from './original.ts';
import { decodeHtml, readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPlainText } from './read-plain-text.ts';
import type { SnapshotBuilder } from './snapshot-builder.ts';
import { titleFromHeading, titleFromOpening } from './title-from-text.ts';

export interface ReadContext {
  readonly signal: AbortSignal;
  report(progress: Progress): void;
}

/** What a format's reader tells beside the blocks it adds. */
export interface ReadOutcome {
  readonly title: string | null;
  readonly pageCount: number | null;
}

export type FormatReader = (original: Original, builder: SnapshotBuilder, context: ReadContext) => Promise<ReadOutcome>;

/** Bytes of a text read: the most that `documentCharLimit` letters of Russian take in UTF-8. What follows is reported as truncated. */
const textByteLimit = 2 * documentCharLimit;
/** Blocks added between two looks at the abort signal: some milliseconds of work. */
const blocksPerTurn = 5_000;

const readText: FormatReader = async (original, builder, context) => {
  const text = await decodeOriginal(original, builder);
  let added = 0;
  for (const block of readPlainText(text)) {
    builder.add(block);
    added += 1;
    if (added % blocksPerTurn === 0) await pause(context.signal);
  }
  return { title: titleFromOpening(text), pageCount: null };
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
  return { title: reading.title ?? titleFromHeading(firstHeading), pageCount: null };
};

const readHtmlFile: FormatReader = async (original, builder) => {
  const bytes = await readStart(original, textByteLimit);
  const decoded = decodeHtml(bytes, original.charset);
  if (decoded.guessed) builder.warn('encoding_guessed', null, decoded.encoding);
  const reading = readHtml(decoded.text);
  for (const block of reading.blocks) builder.add(block);
  if (reading.flattenedTables > 0) builder.warn('tables_flattened', reading.flattenedTables, null);
  return { title: reading.title, pageCount: null };
};

/** The heavy readers are loaded when a document needs them: PDF and DOCX libraries take a tenth of a second and 60 MB. */
export const formatReaders: Readonly<Record<DocumentFormat, FormatReader>> = {
  text: readText,
  markdown: readMarkdownFile,
  html: readHtmlFile,
  pdf: async (...task) => await (await import('./read-pdf.ts')).readPdf(...task),
  docx: async (...task) => await (await import('./read-docx.ts')).readDocx(...task),
};

async function decodeOriginal(original: Original, builder: SnapshotBuilder): Promise<string> {
  const bytes = await readStart(original, textByteLimit);
  const decoded = decodeText(bytes, original.charset);
  if (decoded.guessed) builder.warn('encoding_guessed', null, decoded.encoding);
  if (bytes.byteLength < original.byteCount) builder.warn('truncated', null, `${original.byteCount - bytes.byteLength} bytes`);
  return decoded.text;
}

async function pause(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
