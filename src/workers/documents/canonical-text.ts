/** Line ends of every convention, next-line and the Unicode separators; a form feed or vertical tab ends a line too. */
const lineEnds = /\r\n|[\r\f\v\u0085\u2028\u2029]/gu;
/**
 * Controls but tab and newline, and characters that are invisible in every rendering yet break search and quotation:
 * soft hyphen, zero-width space, word joiner, byte order mark. Joiners (U+200C, U+200D) carry meaning in scripts and emoji and stay.
 */
// oxlint-disable-next-line no-control-regex -- these are the characters to remove
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff]/gu;

/**
 * Canonical form of any text that reaches a snapshot: `\n` line ends, no control characters but `\n` and `\t`, no lone
 * surrogates (each becomes U+FFFD), Unicode NFC. Applying it twice changes nothing, and the canonical form of two texts
 * joined by white space is the join of their canonical forms, so a document may be made canonical block by block.
 */
export function toCanonical(text: string): string {
  return text.toWellFormed().replaceAll(lineEnds, '\n').replaceAll(invisible, '').normalize('NFC');
}

/** Prose on one line: every run of white space that holds a break, tab or two spaces becomes one space. A single no-break space stays. */
export function toOneLine(text: string): string {
  return toCanonical(text)
    .replaceAll(/[ \t\n]+/gu, ' ')
    .trim();
}

/** Lines kept, white space at their ends dropped, empty lines at both ends dropped. */
export function toTrimmedLines(text: string): string {
  return toCanonical(text)
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/^\n+/u, '')
    .trimEnd();
}
