/** One line, with what Markdown, its tables, footnotes and mathematics would take for their own marks escaped. */
export function escapeInline(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~$]|&(?=[a-z#])/giu, String.raw`\$&`)
    .replace(/^(?:#{1,6}|[+-])(?=\s|$)/u, String.raw`\$&`)
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, String.raw`$1\$2`);
}
