import type { DocumentView } from '../../shared/domain/document.ts';
import type { Messages } from './messages.ts';

/** What tells documents of one title apart: the file's own name where it is another one, the site of a page, or else the format; null before it was read. */
export function describeOrigin({ origin, title, format }: DocumentView, t: Messages): string | null {
  if (origin.kind === 'page') return URL.parse(origin.url)?.host ?? origin.url;
  if (origin.kind === 'file' && origin.name !== title) return origin.name;
  return format === null ? null : t.documents.format[format];
}
