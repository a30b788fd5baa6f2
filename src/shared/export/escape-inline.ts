/** What CommonMark, GFM and mathematics of it take for a mark only where it can be one; a price ("$10,000") or snake_case is none. */
const marks = [
  // A backslash escapes only punctuation; at the end of a text it might meet a mark of ours.
  String.raw`\\(?=[!-/:-@[-\x60{-~]|$)`,
  '[`*]',
  // Inside a word an underscore is a letter.
  String.raw`(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])`,
  String.raw`<(?=[\p{L}/!?])`,
  // "~50" opens nothing that another mark would not have to close; neither does "$5".
  String.raw`~(?!\d)`,
  String.raw`\$(?!\d)`,
  '&(?=[a-z][a-z0-9]*;|#)',
].join('|');
const always = new RegExp(marks, 'giu');
/** Brackets make a link, a footnote or a definition only in front of these; at the end of a text comes a footnote of ours. */
const linking = /\](?:[([:]|$)|\[\^/u;

/** One line inside a line of ours, with what Markdown would take for its own marks escaped, and nothing else. */
export function escapeInline(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const escaped = line.replace(always, String.raw`\$&`).replace(/^#{1,6}(?=\s|$)/u, String.raw`\$&`);
  return linking.test(line) || /^\[[ x]?\]/iu.test(line) ? escaped.replace(/[[\]]/gu, String.raw`\$&`) : escaped;
}

/** The same at the head of a paragraph or of an item, where a number, a dash or a bracket begins a list, a quotation or a heading. */
export function escapeBlock(text: string): string {
  return escapeInline(text)
    .replace(/^(?:[+-]|>)/u, String.raw`\$&`)
    .replace(/^(?:=+|~+)$/u, String.raw`\$&`)
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, String.raw`$1\$2`);
}
