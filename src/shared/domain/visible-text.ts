/** Part of a text that is not the person's own: as it is, or a character that would not be seen, named. */
export interface VisiblePart {
  readonly text: string;
  /** It stands for one that hides or steers what is around it. */
  readonly isHidden: boolean;
}

/** Control and format characters (those of Unicode's bidirectional algorithm, UAX 9, zero-width ones, tags), separators, lone surrogates, private use. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;
/** Control characters that text is laid out with. */
const layout: ReadonlySet<string> = new Set(['\n', '\t']);
/** Letters and marks that show nothing all the same, by their numbers, both ends included. */
const blanks: readonly (readonly [number, number])[] = [
  // The joiner of graphemes.
  [0x034f, 0x034f],
  // Hangul fillers, also the wide and the narrow one.
  [0x115f, 0x1160],
  [0x3164, 0x3164],
  [0xffa0, 0xffa0],
  // Inherent vowels of Khmer.
  [0x17b4, 0x17b5],
  // Selectors of Mongolian forms.
  [0x180b, 0x180d],
  [0x180f, 0x180f],
  // The empty Braille cell.
  [0x2800, 0x2800],
  // Variation selectors, but the last of the first block, which emoji are written with.
  [0xfe00, 0xfe0e],
  [0xe0100, 0xe01ef],
];

function isHiding(character: string): boolean {
  if (invisible.test(character)) return !layout.has(character);
  const number = character.codePointAt(0) ?? 0;
  return number > 0x2ff && blanks.some(([from, to]) => number >= from && number <= to);
}

function nameOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/**
 * SECURITY: what an agent wants to do is told in text that a page may have written. Nothing in it may hide, turn around or
 * imitate the rest of the question, so such characters are shown by their numbers.
 */
export function visibleParts(text: string): readonly VisiblePart[] {
  const parts: VisiblePart[] = [];
  let plain = '';
  for (const character of text) {
    if (!isHiding(character)) {
      plain += character;
      continue;
    }
    if (plain !== '') parts.push({ text: plain, isHidden: false });
    plain = '';
    parts.push({ text: nameOf(character), isHidden: true });
  }
  if (plain !== '') parts.push({ text: plain, isHidden: false });
  return parts;
}

/** The same as one text, for places that show text alone. */
export function visibleText(text: string): string {
  return visibleParts(text)
    .map(part => part.text)
    .join('');
}

/** On one line: breaks and runs of blanks are one blank. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/\s+/gu, ' ').trim());
}
