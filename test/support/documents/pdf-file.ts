import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib';
import { makeGreyPng } from './png-file.ts';

const require = createRequire(import.meta.url);

export interface PdfPart {
  readonly text: string;
  /** Letter size in points: 11 for the body, larger for headings. */
  readonly size?: number;
}
export interface PdfOptions {
  readonly title?: string;
  /** Printed at the top of each page, and the page's number at its foot. */
  readonly runningHead?: string;
}

const bodySize = 11;
const pageWidth = 595;
const pageHeight = 842;
const margin = 72;
/** Leading of one line and the gap after a paragraph, in letter sizes. */
const leading = 1.35;
const gap = 0.9;

/**
 * A text PDF, A4, with an embedded font that has Cyrillic, one entry of `pages` per page; text is wrapped and must fit
 * its page. The same input gives the same text, not the same bytes.
 */
export async function makePdf(pages: readonly (readonly PdfPart[])[], options: PdfOptions = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const path = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
  const font = await document.embedFont(await readFile(path), { subset: true });
  if (options.title !== undefined) document.setTitle(options.title);
  for (const [index, parts] of pages.entries()) {
    const page = document.addPage([pageWidth, pageHeight]);
    if (options.runningHead !== undefined) {
      page.drawText(options.runningHead, { x: margin, y: pageHeight - 40, size: 8, font });
      page.drawText(String(index + 1), { x: pageWidth / 2, y: 36, size: 8, font });
    }
    drawParts(page, parts, font);
  }
  return await document.save();
}

function drawParts(page: PDFPage, parts: readonly PdfPart[], font: PDFFont): void {
  let y = pageHeight - margin;
  for (const { text, size = bodySize } of parts) {
    for (const line of wrap(text, size, font)) {
      y -= size * leading;
      if (y < margin) throw new Error(`A page of the test PDF overflows at «${line}»; put less on it.`);
      page.drawText(line, { x: margin, y, size, font });
    }
    y -= size * gap;
  }
}

/** Lines that fit between the margins; a line break in the text is kept. */
function wrap(text: string, size: number, font: PDFFont): string[] {
  return text.split('\n').flatMap(paragraph => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && font.widthOfTextAtSize(longer, size) > pageWidth - 2 * margin) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  });
}

/** A scan: pages that are one picture each, drawn over the whole page, with `blank` empty pages after them. */
export async function makeScannedPdf(pageCount: number, blank = 0): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const image = await document.embedPng(makeGreyPng(64, 64));
  for (let index = 0; index < pageCount; index += 1) {
    document.addPage([pageWidth, pageHeight]).drawImage(image, { x: 0, y: 0, width: pageWidth, height: pageHeight });
  }
  for (let index = 0; index < blank; index += 1) document.addPage([pageWidth, pageHeight]);
  return await document.save();
}
