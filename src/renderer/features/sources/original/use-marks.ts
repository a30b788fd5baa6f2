import { useEffect, useState } from 'react';
import { useServices } from '../../../state/context.tsx';
import type { OpenSource } from '../../../state/view-store.ts';
import { citedPages } from './cited-pages.ts';
import { locatePassage } from './locate-passage.ts';
import { markBoxes, type MarkBox } from './mark-boxes.ts';
import type { OpenedPdf } from './open-pdf.ts';
import type { PageSize } from './page-layout.ts';
import { frameOf, placedRuns } from './page-text.ts';

export interface MarkedPage {
  /** 1-based. */
  readonly page: number;
  readonly size: PageSize;
  /** Empty where the passage was not found on its page. */
  readonly boxes: readonly MarkBox[];
}

/** The size in CSS pixels at which letters are measured; only shares of a run's width are taken from it. */
const measuredPx = 30;

/** The pages of the citation with its marks, in order. Null while they are looked for; empty where its page is not known. */
export function useMarks({ document }: OpenedPdf, { snapshotHash, range, opening }: OpenSource): readonly MarkedPage[] | null {
  const { client } = useServices();
  const [marks, setMarks] = useState<{ readonly of: number; readonly pages: readonly MarkedPage[] } | null>(null);
  useEffect(() => {
    let isStale = false;
    async function look(): Promise<readonly MarkedPage[]> {
      const cited = range === null ? null : await citedPages(client, snapshotHash, range);
      const pages: MarkedPage[] = [];
      for (const passage of (cited ?? []).filter(({ page }) => page <= document.numPages)) {
        const page = await document.getPage(passage.page);
        const viewport = page.getViewport({ scale: 1 });
        const runs = placedRuns(await page.getTextContent());
        const spans = locatePassage(
          runs.map(({ str }) => str),
          passage,
        );
        const size = { width: viewport.width, height: viewport.height };
        pages.push({ page: passage.page, size, boxes: markBoxes(runs, spans ?? [], frameOf(viewport), createMeasure()) });
      }
      return pages;
    }
    void look()
      .catch(() => [])
      .then(pages => {
        if (!isStale) setMarks({ of: opening, pages });
      });
    return () => {
      isStale = true;
    };
  }, [client, document, snapshotHash, range, opening]);
  return marks !== null && marks.of === opening ? marks.pages : null;
}

function createMeasure(): (text: string, fontFamily: string) => number {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  return (text, fontFamily) => {
    if (context === null) return text.length;
    context.font = `${measuredPx}px ${fontFamily}`;
    return context.measureText(text).width;
  };
}
