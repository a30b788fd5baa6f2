type Random = () => number;

/** Characters of a line and lines of a page, as a small book has them. */
const lineLength = 58;
const pageLines = 12;
/** Share of places where each trait shows. */
const often = 0.3;
const seldom = 0.08;

const ligatures: readonly (readonly [string, string])[] = [
  ['ffi', 'ﬃ'],
  ['ffl', 'ﬄ'],
  ['ff', 'ﬀ'],
  ['fi', 'ﬁ'],
  ['fl', 'ﬂ'],
];

/**
 * A text as it comes out of a typeset book: lines broken with hyphens, pages broken in the middle of sentences and words, soft
 * hyphens, ligatures, unbreakable spaces, other quotation marks and dashes, «ё» with and without its dots.
 */
export function typeset(text: string, random: Random): string {
  return text
    .split('\n')
    .map(paragraph => brokenIntoLines(dressed(paragraph, random), random))
    .join('\n')
    .normalize('NFC');
}

/** The same letters in other signs, for a document as well as for a quote of it. */
export function dressed(text: string, random: Random): string {
  const swap = (share: number, from: string | RegExp, to: string) => (given: string) =>
    given.replaceAll(from, match => (random() < share ? to : match));
  const steps = [
    swap(often, 'ё', 'е'),
    swap(often, 'Ё', 'Е'),
    swap(seldom, ' ', '\u00A0'),
    swap(often, '—', '–'),
    swap(often, /[«“„]/gu, '"'),
    swap(often, /[»”]/gu, '"'),
    ...ligatures.map(([letters, sign]) => swap(often, letters, sign)),
    (given: string) => given.replaceAll(/(\p{L}{3})(?=\p{L}{3})/gu, match => (random() < seldom ? `${match}\u00AD` : match)),
  ];
  return steps.reduce((given, step) => step(given), text);
}

function brokenIntoLines(paragraph: string, random: Random): string {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    const room = lineLength - line.length - 1;
    if (word.length <= room) {
      line = line === '' ? word : `${line} ${word}`;
      continue;
    }
    // A word is parted between letters only, with at least three on each side.
    const at = /^(\p{L}{3,})(?=\p{L}{3,})/u.test(word) && room >= 5 && random() < often ? partedAt(word, room - 1) : null;
    if (at === null) {
      lines.push(line);
      line = word;
    } else {
      const hyphen = random() < often ? '\u00AD' : '-';
      lines.push(`${line} ${word.slice(0, at)}${hyphen}`);
      line = word.slice(at);
    }
  }
  lines.push(line);
  return lines
    .map((each, index) => (index === lines.length - 1 ? each : `${each}${(index + 1) % pageLines === 0 ? '\n\n' : '\n'}`))
    .join('');
}

function partedAt(word: string, most: number): number | null {
  const letters = /^\p{L}+/u.exec(word)?.[0].length ?? 0;
  const at = Math.min(most, letters - 3);
  return at >= 3 ? at : null;
}
