import { pageMarkdown } from '../agent/tools/page-markdown.ts';
import { readLinkedHtml } from '../documents/read-html.ts';

/** What a person would read on the page, as Markdown with its links; the same as of a page that was fetched. */
export function pageAsMarkdown(html: string, url: string): { readonly title: string | null; readonly text: string } {
  const reading = readLinkedHtml(html);
  return { title: reading.title, text: pageMarkdown(reading, url) };
}
