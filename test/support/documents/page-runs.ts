import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Registers itself, so that the library works in this process.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { placedRuns, frameOf } from '../../../src/renderer/features/sources/original/page-text.ts';
import type { PageFrame, PlacedRun } from '../../../src/renderer/features/sources/original/mark-boxes.ts';

/** The runs of text of each page, as the window gets them from pdf.js. */
export async function pageRuns(bytes: Uint8Array): Promise<readonly { readonly runs: readonly PlacedRun[]; readonly frame: PageFrame }[]> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0, useSystemFonts: false, disableFontFace: true });
  try {
    const document = await task.promise;
    const pages = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      pages.push({ runs: placedRuns(await page.getTextContent()), frame: frameOf(page.getViewport({ scale: 1 })) });
    }
    return pages;
  } finally {
    await task.destroy();
  }
}
