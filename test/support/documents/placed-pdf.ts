import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument } from 'pdf-lib';

const require = createRequire(import.meta.url);

/** A line of text at a place of its page, in points from the lower left corner. */
export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Letter size; 11 when absent. */
  readonly size?: number;
}

export const placedPage = { width: 595, height: 842 } as const;
export const placedSize = 11;

/** Points from one baseline to the next in a column. */
const leading = 15;

/** The lines of a column from its upper end down. */
export function column(lines: readonly string[], x = 72, top = 760): PlacedLine[] {
  return lines.map((text, index) => ({ text, x, y: top - index * leading }));
}

export interface PlacedPdf {
  readonly bytes: Uint8Array;
  /** The width of a text in points, as it is drawn. */
  measure(text: string, size?: number): number;
}

/** A PDF whose lines stand exactly where they are put; written in the order given. */
export async function makePlacedPdf(pages: readonly (readonly PlacedLine[])[]): Promise<PlacedPdf> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const font = await document.embedFont(await readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')), {
    subset: true,
    // Ligatures are in a test where it writes them.
    features: { liga: false },
  });
  for (const lines of pages) {
    const page = document.addPage([placedPage.width, placedPage.height]);
    for (const { text, x, y, size = placedSize } of lines) page.drawText(text, { x, y, size, font });
  }
  return { bytes: await document.save(), measure: (text, size = placedSize) => font.widthOfTextAtSize(text, size) };
}
