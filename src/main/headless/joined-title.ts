import type { DocumentView } from '../../shared/domain/document.ts';

/** As the contract bounds a chat's title. */
const titleLimit = 200;
/** A heading of two lines in a window; past it the rest is counted. */
const headingChars = 120;
const between = '; ';

/** One title for several documents: their own titles as far as they fit a heading, then how many more there are. */
export function joinedTitle(documents: readonly Pick<DocumentView, 'title'>[], more: (count: number) => string): string {
  const titles = documents.map(document => document.title);
  let joined = titles[0] ?? '';
  for (let count = 1; count < titles.length; count += 1) {
    const longer = `${joined}${between}${titles[count] ?? ''}`;
    if (longer.length > headingChars) {
      const rest = ` ${more(titles.length - count)}`;
      return `${cut(joined, titleLimit - rest.length)}${rest}`;
    }
    joined = longer;
  }
  return cut(joined, titleLimit);
}

function cut(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : `${text
        .slice(0, limit - 1)
        .toWellFormed()
        .replace(/\uFFFD$/u, '')
        .trimEnd()}…`;
}
