import { makePdf, type PdfPart } from '../../support/documents/pdf-file.ts';
import { longText } from './long-text.ts';

/** What a page of a report holds at 11 points with headings; the whole book is then some 540,000 characters. */
const charsPerPage = 1_800;
const headingSize = 16;
/** Characters of Cyrillic take two bytes; the text is cut to pages, so more than enough is made. */
const bytesPerPage = charsPerPage * 2.5;

/** A text PDF of so many full pages of Russian articles; two books of different `seed` share no page. */
export async function makeBook(pageCount: number, seed: number): Promise<Uint8Array> {
  const paragraphs = longText({ language: 'ru', genre: 'article' }, pageCount * bytesPerPage)
    .split(/\n\s*\n/u)
    .map(paragraph => paragraph.replace(/\s+/gu, ' ').trim())
    .filter(paragraph => paragraph !== '');
  const pages: PdfPart[][] = [];
  let page: PdfPart[] = [];
  let chars = 0;
  for (const paragraph of paragraphs) {
    const isHeading = paragraph.startsWith('#');
    const text = isHeading ? `${paragraph.replace(/^#+\s*/u, '')} ${pages.length + 1}.${seed}` : paragraph;
    if (chars + text.length > charsPerPage && page.length > 0) {
      pages.push(page);
      page = [];
      chars = 0;
    }
    page.push(isHeading ? { text, size: headingSize } : { text });
    chars += text.length;
    if (pages.length === pageCount) break;
  }
  if (pages.length < pageCount) throw new Error(`The texts made ${pages.length} pages where ${pageCount} are wanted.`);
  return makePdf(pages, { runningHead: `Отчёт ${seed}` });
}
