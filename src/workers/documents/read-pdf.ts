import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { getDocument, OPS, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Registers itself, so that pdf.js works in this process: the whole worker is a process of its own already.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { documentPageLimit } from '../../shared/domain/document.ts';
import { DocumentRefused } from './document-refused.ts';
import { headingLevels } from './pdf-headings.ts';
import { linesOf, type PdfLine } from './pdf-lines.ts';
import { withoutRunningHeads } from './pdf-margins.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';
import type { FormatReader } from './read-original.ts';
import { titleFromHeading } from './title-from-text.ts';

/** Characters below which a page has no text worth the name: a page number and a stamp fit. */
const pageCharsNeeded = 20;
/** Paths from which a page without text is drawn letters: a ruled blank page has a handful. */
const drawnPaths = 50;
/** Image area, in pixels, above which pdf.js does not decode: with 1 it decodes none, and only their places matter here. */
const maxImageSize = 1;

/** Titles programs write by themselves. */
const automaticTitle =
  /^(?:about:.*|[a-z][a-z+.-]*:\/\/.*|untitled|без имени|документ\s*\d*|document\s*\d*|microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|pdf|tex|dvi|indd|rtf|odt|pptx?|html?))$/iu;

/**
 * PDF page by page: lines in reading order, running heads taken out, paragraphs, headings by letter size. A paragraph that
 * goes on over the page break is two segments. Pages without text but with a picture are counted as `pages_need_ocr`,
 * pages that fail as `pages_failed`; the others are read.
 *
 * @throws DocumentRefused `encrypted`, `damaged` or `too_many_pages`
 */
export const readPdf: FormatReader = async (original, builder, context) => {
  const label = original.name.slice(0, 200) || null;
  const task = getDocument({
    data: new Uint8Array(await readFile(original.path, { signal: context.signal })),
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize,
    stopAtErrors: false,
    BinaryDataFactory: PackagedData,
  });
  try {
    const document = await task.promise.catch(refusePdf);
    const total = document.numPages;
    if (total > documentPageLimit) throw new DocumentRefused('too_many_pages', `${total} pages, at most ${documentPageLimit} are read`);
    const pages: PdfLine[][] = [];
    const needOcr: number[] = [];
    const failed: number[] = [];
    for (let number = 1; number <= total; number += 1) {
      context.signal.throwIfAborted();
      try {
        const { lines, isPicture } = await readPage(document, number);
        pages.push(lines);
        if (isPicture) needOcr.push(number);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!(error instanceof Error)) throw error;
        pages.push([]);
        failed.push(number);
      }
      context.report({ phase: 'extracting', label, done: number, total });
    }
    if (failed.length === total) throw new DocumentRefused('damaged', `none of ${total} pages can be read`);

    const paragraphs = withoutRunningHeads(pages).map(paragraphsOf);
    const levelOf = headingLevels(paragraphs.flat());
    let firstHeading: string | null = null;
    for (const [index, page] of paragraphs.entries()) {
      builder.startPage(index + 1);
      for (const paragraph of page) {
        const level = levelOf(paragraph);
        if (level === 1) firstHeading ??= paragraph.text;
        if (level !== null) builder.add({ kind: 'heading', level, text: paragraph.text });
        else builder.add({ kind: paragraph.isListItem ? 'list-item' : 'paragraph', text: paragraph.text });
      }
    }
    if (needOcr.length > 0) builder.warn('pages_need_ocr', needOcr.length, rangesOf(needOcr));
    if (failed.length > 0) builder.warn('pages_failed', failed.length, rangesOf(failed));
    return { title: (await titleOf(document)) ?? titleFromHeading(firstHeading), pageCount: total };
  } finally {
    await task.destroy();
  }
};

async function readPage(document: PDFDocumentProxy, number: number): Promise<{ lines: PdfLine[]; isPicture: boolean }> {
  const page = await document.getPage(number);
  try {
    const content = await page.getTextContent({ includeMarkedContent: false });
    const lines = linesOf(
      content.items.flatMap(item => ('str' in item ? [{ str: item.str, transform: item.transform as number[], width: item.width }] : [])),
    );
    const chars = lines.reduce((sum, line) => sum + line.text.length, 0);
    return { lines, isPicture: chars < pageCharsNeeded && (await isDrawn(page)) };
  } finally {
    page.cleanup();
  }
}

/**
 * Whether a page shows an image or letters drawn as paths. Images are left undecoded by `maxImageSize`, and what remains
 * of one in the list of operators is the matrix that placed it with nothing painted after it.
 */
async function isDrawn(page: PDFPageProxy): Promise<boolean> {
  const { fnArray } = await page.getOperatorList();
  const marks = fnArray.filter(op => !silentOps.has(op));
  if (marks.filter(op => op === OPS.constructPath).length >= drawnPaths) return true;
  return marks.some((op, index) => {
    if (imageOps.has(op)) return true;
    const next = marks[index + 1];
    return op === OPS.transform && (next === undefined || next === OPS.restore || next === OPS.paintFormXObjectEnd);
  });
}

const silentOps: ReadonlySet<number> = new Set([
  OPS.dependency,
  OPS.setGState,
  OPS.beginMarkedContent,
  OPS.beginMarkedContentProps,
  OPS.endMarkedContent,
  OPS.setRenderingIntent,
]);
const imageOps: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintSolidColorImageMask,
]);

async function titleOf(document: PDFDocumentProxy): Promise<string | null> {
  const metadata = await document.getMetadata().catch(() => null);
  const info: unknown = metadata?.info;
  const title = typeof info === 'object' && info !== null && 'Title' in info && typeof info.Title === 'string' ? info.Title.trim() : '';
  return title === '' || automaticTitle.test(title) ? null : title;
}

function refusePdf(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') throw new DocumentRefused('encrypted', 'pdf', error);
  throw new DocumentRefused('damaged', error instanceof Error ? error.message : 'pdf', error);
}

/** Character maps and standard fonts from the package's own folder; pdf.js asks for them by name. */
class PackagedData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const folder = packagedFolders[kind];
    // SECURITY: the name comes from the PDF's encoding entry; only a plain file name reaches the disk.
    if (folder === undefined || !/^[\w.-]+$/u.test(filename)) throw new Error(`pdf.js asked for the unknown file ${kind}/${filename}.`);
    return new Uint8Array(await readFile(join(pdfjsFolder(), folder, filename)));
  }
}
const packagedFolders: Readonly<Record<string, string>> = { cMapUrl: 'cmaps', standardFontDataUrl: 'standard_fonts' };

function pdfjsFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')) + sep;
}

/** «3, 5–9, 12», cut to the pages that fit. */
function rangesOf(pages: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last !== undefined && page === last[1] + 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
