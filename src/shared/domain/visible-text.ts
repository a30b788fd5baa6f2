/** Part of a text that is not the person's own: as it is, or a character that would not be seen, named. */
export interface VisiblePart {
  readonly text: string;
  /** It stands for one that hides or steers what is around it. */
  readonly isHidden: boolean;
}

/**
 * Characters that show nothing or change what others show: control characters but the line break and the tab, format characters
 * (those of Unicode's bidirectional algorithm, UAX 9, zero-width ones, tags), line and paragraph separators, lone surrogates,
 * private use, Hangul fillers, the Braille blank and variation selectors, but the one that emoji are written with.
 */
const hidden =
  /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u0000-\u0008\u000B-\u001F\u007F-\u009F\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180D\u180F\u2800\u3164\uFE00-\uFE0E\uFFA0\u{E0100}-\u{E01EF}]/gu;

function nameOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/**
 * SECURITY: what an agent wants to do is told in text that a page may have written. Nothing in it may hide, turn around or
 * imitate the rest of the question, so such characters are shown by their numbers.
 */
export function visibleParts(text: string): readonly VisiblePart[] {
  const parts: VisiblePart[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(hidden)) {
    if (index > from) parts.push({ text: text.slice(from, index), isHidden: false });
    parts.push({ text: nameOf(character), isHidden: true });
    from = index + character.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isHidden: false });
  return parts;
}

/** The same as one text, for places that show text alone. */
export function visibleText(text: string): string {
  return text.replace(hidden, nameOf);
}

/** On one line: breaks and runs of blanks are one blank. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/\s+/gu, ' ').trim());
}
