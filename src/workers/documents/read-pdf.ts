import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { getDocument, OPS, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Registers itself, so that pdf.js works in this process: the whole worker is a process of its own already.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { z } from 'zod';
import { documentPageLimit } from '../../shared/domain/document.ts';
import { DocumentRefused } from './document-refused.ts';
import { headingLevels } from './pdf-headings.ts';
import { linesOf, type PdfLine } from './pdf-lines.ts';
import { withoutRunningHeads } from './pdf-margins.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';
import type { FormatReader, ReadContext } from './read-original.ts';
import { readScannedPages } from './read-scanned-pages.ts';
import { titleFromHeading } from './title-from-text.ts';

/** Pages read between two recorded steps: under a second of work, and ten steps for a thousand pages. */
const pagesKept = 100;
/** Enough of a hash that two editions of one document do not meet. */
const editionLength = 16;
/** Characters below which a page has no text worth the name: a page number and a stamp fit. */
const pageCharsNeeded = 20;
/** Paths from which a page without text is drawn letters: a ruled blank page has a handful. */
const drawnPaths = 50;
/** Image area, in pixels, above which pdf.js does not decode: with 1 it decodes none, and only their places matter here. */
const maxImageSize = 1;

/** Image area above which none is drawn for a model to look at: a page of A3 at 600 dots to the inch has 70 million pixels. */
const maxDrawnSize = 80_000_000;

/** Titles programs write by themselves. */
const automaticTitle =
  /^(?:about:.*|[a-z][a-z+.-]*:\/\/.*|untitled|без имени|документ\s*\d*|document\s*\d*|microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|pdf|tex|dvi|indd|rtf|odt|pptx?|html?))$/iu;

/**
 * PDF page by page: lines in reading order, running heads taken out, paragraphs, headings by letter size. A paragraph that
 * goes on over the page break is two segments. Pages without text but with a picture are shown to a model, where one is chosen, or counted as `pages_need_ocr`,
 * pages that fail as `pages_failed`; the others are read.
 *
 * @throws DocumentRefused `encrypted`, `damaged` or `too_many_pages`
 */
export const readPdf: FormatReader = async (original, builder, context) => {
  const label = original.name.slice(0, 200) || null;
  const bytes = await readFile(original.path, { signal: context.signal });
  // What an address gave to an earlier attempt may have been another edition: its pages are not this one's.
  const edition = createHash('sha256').update(bytes).digest('hex').slice(0, editionLength);
  // pdf.js takes the bytes it is given for itself.
  const task = getDocument({ ...settings, data: new Uint8Array(bytes), maxImageSize });
  let drawing: ReturnType<typeof getDocument> | null = null;
  try {
    const document = await task.promise.catch(refusePdf);
    const total = document.numPages;
    if (total > documentPageLimit) throw new DocumentRefused('too_many_pages', `${total} pages, at most ${documentPageLimit} are read`);
    const read: ReadPage[] = [];
    for (let first = 1; first <= total; first += pagesKept) {
      const last = Math.min(total, first + pagesKept - 1);
      let reported = 0;
      const block = async () =>
        await readPages(document, first, last, context, number => {
          reported = number;
          context.report({ phase: 'extracting', label, done: number, total });
        });
      // A short document is read again sooner than it is looked up.
      const isKept = context.keep !== undefined && total > pagesKept;
      read.push(...(isKept ? await context.keep(`${edition}-${first}`, readPagesSchema, block) : await block()));
      // An earlier attempt had read it.
      if (reported === 0) context.report({ phase: 'extracting', label, done: last, total });
    }
    const pages = read.map(({ lines }) => lines);
    const needed = read.flatMap(({ state }, index) => (state === 'picture' ? [index + 1] : []));
    const failed = read.flatMap(({ state }, index) => (state === 'failed' ? [index + 1] : []));
    if (failed.length === total) throw new DocumentRefused('damaged', `none of ${total} pages can be read`);

    const { look } = context;
    const scans =
      look === undefined || needed.length === 0
        ? null
        : await readScannedPages({
            pages: needed,
            edition,
            isNeeded: needed.length + failed.length === total,
            look,
            open: () => {
              drawing ??= getDocument({ ...settings, data: new Uint8Array(bytes), useWasm: true, maxImageSize: maxDrawnSize });
              return drawing.promise;
            },
            done: (done, of) => {
              context.report({ phase: 'extracting', label, done, total: of });
            },
          });
    const needOcr = needed.filter(number => scans?.blocks.has(number) !== true);

    const paragraphs = withoutRunningHeads(pages).map(paragraphsOf);
    const levelOf = headingLevels(paragraphs.flat());
    let firstHeading: string | null = null;
    for (const [index, page] of paragraphs.entries()) {
      builder.startPage(index + 1);
      const seen = scans?.blocks.get(index + 1);
      if (seen !== undefined) {
        for (const block of seen) builder.add(block);
        continue;
      }
      for (const paragraph of page) {
        const level = levelOf(paragraph);
        if (level === 1) firstHeading ??= paragraph.text;
        if (level !== null) builder.add({ kind: 'heading', level, text: paragraph.text });
        else builder.add({ kind: paragraph.isListItem ? 'list-item' : 'paragraph', text: paragraph.text });
      }
    }
    if (needOcr.length > 0) builder.warn('pages_need_ocr', needOcr.length, rangesOf(needOcr));
    if (scans !== null && scans.model !== null) builder.warn('read_by_model', scans.blocks.size, scans.model);
    if (failed.length > 0) builder.warn('pages_failed', failed.length, rangesOf(failed));
    const { title, author, date } = await factsOf(document);
    return { title: title ?? titleFromHeading(firstHeading), authors: [author], date, pageCount: total };
  } finally {
    await task.destroy();
    await (drawing as ReturnType<typeof getDocument> | null)?.destroy();
  }
};

const readPagesSchema = z.array(
  z.strictObject({
    state: z.enum(['text', 'picture', 'failed']),
    lines: z.array(z.strictObject({ text: z.string(), left: z.number(), right: z.number(), baseline: z.number(), size: z.number() })),
  }),
);
type ReadPage = z.output<typeof readPagesSchema>[number];

async function readPages(
  document: PDFDocumentProxy,
  first: number,
  last: number,
  { signal }: ReadContext,
  done: (number: number) => void,
): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let number = first; number <= last; number += 1) {
    signal.throwIfAborted();
    try {
      const { lines, isPicture } = await readPage(document, number);
      pages.push({ state: isPicture ? 'picture' : 'text', lines });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      pages.push({ state: 'failed', lines: [] });
    }
    done(number);
  }
  return pages;
}

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

const pdfInfo = z.object({ Title: z.string().catch(''), Author: z.string().catch(''), CreationDate: z.string().catch('') });

async function factsOf(document: PDFDocumentProxy): Promise<{ title: string | null; author: string; date: string }> {
  const metadata = await document.getMetadata().catch(() => null);
  const { Title, Author, CreationDate } = pdfInfo.catch({ Title: '', Author: '', CreationDate: '' }).parse(metadata?.info);
  const title = Title.trim();
  return { title: title === '' || automaticTitle.test(title) ? null : title, author: Author, date: CreationDate };
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
const packagedFolders: Readonly<Record<string, string>> = {
  cMapUrl: 'cmaps',
  standardFontDataUrl: 'standard_fonts',
  wasmUrl: 'wasm',
  iccUrl: 'iccs',
};
const settings = {
  verbosity: 0,
  useSystemFonts: false,
  disableFontFace: true,
  useWasm: false,
  useWorkerFetch: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  stopAtErrors: false,
  BinaryDataFactory: PackagedData,
} as const;

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
