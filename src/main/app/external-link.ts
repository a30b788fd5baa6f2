const openable = new Set(['https:', 'http:', 'mailto:']);

/**
 * SECURITY: the address that may be handed to the operating system, serialised anew from its parsed form, or null. The
 * text comes from documents and pages; a scheme that starts a program and credentials that disguise a host are refused.
 */
export function externalLink(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!openable.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  return url.href;
}
