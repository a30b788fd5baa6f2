import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** All text of a PDF as its reader finds it, pages one after the other. */
export async function textOfPdf(bytes: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await task.promise;
  try {
    const pages: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      pages.push(items.map(item => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join(''));
    }
    return pages.join(' ').replace(/\s+/gu, ' ');
  } finally {
    await task.destroy();
  }
}
