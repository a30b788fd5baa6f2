import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { pictureLimit } from '../../shared/domain/picture-answer.ts';
import type { Picture } from './bounded-picture.ts';
import type { Look } from './look-at-picture.ts';
import type { Block } from './snapshot-builder.ts';

export interface ScannedPages {
  /** By page; those that could not be read are not in it. */
  readonly blocks: ReadonlyMap<number, readonly Block[]>;
  /** Null where none was read. */
  readonly model: string | null;
}

export interface ToLookAt {
  readonly pages: readonly number[];
  /** The hash of the file. */
  readonly edition: string;
  readonly isNeeded: boolean;
  readonly look: Look;
  /** Opened when the first page is drawn: what is recorded needs none. */
  readonly open: () => Promise<PDFDocumentProxy>;
  readonly done: (count: number, total: number) => void;
}

/** Pages without text as a model reads them, one step for each. */
export async function readScannedPages({ pages, edition, isNeeded, look, open, done }: ToLookAt): Promise<ScannedPages> {
  const blocks = new Map<number, readonly Block[]>();
  // The rest is told as unread.
  const shown = pages.slice(0, pictureLimit);
  let model: string | null = null;
  for (const [index, number] of shown.entries()) {
    const looked = await look({
      key: [edition, String(number)],
      picture: async () => await drawPage(await open(), number),
      // What is read already is not thrown away because the next page cannot be.
      isNeeded,
    });
    if (looked.outcome === 'away') break;
    if (looked.outcome === 'read') {
      blocks.set(number, looked.blocks);
      model ??= looked.model;
    }
    done(index + 1, shown.length);
  }
  return { blocks, model };
}

async function drawPage(document: PDFDocumentProxy, number: number): Promise<Picture> {
  const [{ createCanvas }, { jpegOf, longestSide }] = await Promise.all([import('@napi-rs/canvas'), import('./bounded-picture.ts')]);
  const page = await document.getPage(number);
  try {
    const { width, height } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: longestSide / Math.max(width, height) });
    const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
    // pdf.js draws on any canvas that answers as the browser's does, whose types workers do not have.
    await page.render({ canvas: canvas as never, viewport, background: '#fff' }).promise;
    return await jpegOf(canvas);
  } finally {
    page.cleanup();
  }
}
