import type { PDFPageProxy, PageViewport } from 'pdfjs-dist';
import type { PageFrame, PlacedRun } from './mark-boxes.ts';

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/** The page's runs of text in the order of pdf.js, which is that of the stored text too. */
export function placedRuns({ items, styles }: TextContent): PlacedRun[] {
  return items.flatMap(item => {
    if (!('str' in item)) return [];
    const style = styles[item.fontName];
    return [
      {
        str: item.str,
        transform: item.transform as readonly number[],
        width: item.width,
        fontFamily: style?.fontFamily ?? 'sans-serif',
        ascent: style?.ascent ?? 0,
        descent: style?.descent ?? 0,
        vertical: style?.vertical ?? false,
      },
    ];
  });
}

export function frameOf(viewport: PageViewport): PageFrame {
  return {
    width: viewport.width,
    height: viewport.height,
    toFrame(x, y) {
      const [px = 0, py = 0] = viewport.convertToViewportPoint(x, y) as number[];
      return [px, py];
    },
  };
}
