/** One-byte Cyrillic encodings met in Russian files, most frequent first: a tie goes to the earlier one. */
const candidates = ['windows-1251', 'ibm866', 'koi8-r', 'iso-8859-5', 'x-mac-cyrillic'] as const;

/** The ten most frequent letters of Russian; they make up two thirds of any prose. */
const frequent = /[оеаинтсрвл]/giu;
const letters = /[а-яё]/giu;
/** A small letter followed by a capital inside a word: what KOI8-R and windows-1251 look like when taken for each other. */
const caseBreaks = /[а-яё][А-ЯЁ]/gu;
/** Box drawing, other alphabets' letters and signs that Russian prose does not hold. */
const strangers = /[^\u0000-\u007fа-яёА-ЯЁ«»„“”‘’–—…№§°•·\u00a0©®±×]/gu; // oxlint-disable-line no-control-regex
/** Latin and Cyrillic inside one word: Western letters with accents taken for Russian. */
const mixedWords = /[a-z][а-яё]|[а-яё][a-z]/giu;
/** Mixed joints per Cyrillic letter from which the text is Western: Russian prose has next to none. */
const mixedShare = 0.2;

/** Share of characters beyond ASCII that must be Russian letters before the text counts as Russian at all. */
const lettersShare = 0.7;

/**
 * Tells the one-byte Cyrillic encodings apart by letter statistics, for texts too short for a general detector. Null when
 * none of them gives Russian.
 */
export function guessCyrillicEncoding(sample: Uint8Array): string | null {
  let best: { encoding: string; score: number } | null = null;
  for (const encoding of candidates) {
    const text = new TextDecoder(encoding).decode(sample);
    const foreign = count(text, /[^\u0000-\u007f]/gu); // oxlint-disable-line no-control-regex
    const cyrillic = count(text, letters);
    if (foreign === 0 || cyrillic / foreign < lettersShare || count(text, mixedWords) > cyrillic * mixedShare) continue;
    const score = (cyrillic + count(text, frequent) - 2 * count(text, strangers) - 2 * count(text, caseBreaks)) / foreign;
    if (best === null || score > best.score) best = { encoding, score };
  }
  return best?.encoding ?? null;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
