import { readSet } from '../quality/read-set.ts';

export interface TextChoice {
  readonly language: 'ru' | 'en';
  readonly genre: 'article' | 'dialogue';
}

/** Texts of one kind over and over, some words of each round made different, until they are `bytes` of UTF-8. */
export function longText({ language, genre }: TextChoice, bytes: number): string {
  const texts = readSet('dev')
    .filter(test => test.language === language && test.genre === genre)
    .map(({ text }) => text);
  const parts: string[] = [];
  for (let made = 0, round = 0; made < bytes; round += 1) {
    const text = (texts[round % texts.length] ?? '').replace(/\p{L}{6,}/gu, (word, at: number) =>
      (at * 31 + round * 17) % 23 === 0 ? `${word}${String.fromCodePoint(1_072 + (round % 32))}` : word,
    );
    parts.push(text);
    made += Buffer.byteLength(text);
  }
  return parts.join('\n\n');
}
