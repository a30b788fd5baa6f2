import type { DocumentView } from '../../shared/domain/document.ts';
import type { Messages } from './messages.ts';

/** What tells documents of one title apart: the file's own name where it is another one, or else the format; null before it was read. */
export function describeOrigin({ origin, title, format }: DocumentView, t: Messages): string | null {
  if (origin.kind === 'file' && origin.name !== title) return origin.name;
  return format === null ? null : t.documents.format[format];
}
