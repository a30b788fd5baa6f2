const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * SECURITY: text of documents as text of a page, in content or in a quoted attribute. Control characters, which HTML and XML
 * do not allow, become a space.
 */
export function escapeHtml(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[&<>"']/gu, mark => entities[mark] ?? mark).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu, ' ');
}
