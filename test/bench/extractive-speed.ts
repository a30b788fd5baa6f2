/** Speed of the built-in engine on a megabyte of text: `node test/bench/extractive-speed.ts`. */
import { sectionKinds } from '../../src/shared/domain/synopsis.ts';
import { makeSection } from '../../src/workers/extractive/make-section.ts';
import { prepareSources } from '../../src/workers/extractive/prepare-sources.ts';
import { plainSource } from './quality/plain-source.ts';
import { readSet } from './quality/read-set.ts';

const TARGET_BYTES = 1_000_000;
/** The first run compiles the code and fills the stem cache; the best of the rest is the machine's figure. */
const RUNS = 4;

/** Texts of one language over and over, each sentence made different by a number, until they are a megabyte of UTF-8. */
function megabyteOf(language: 'ru' | 'en', genre: 'article' | 'dialogue'): string {
  const texts = readSet('dev')
    .filter(test => test.language === language && test.genre === genre)
    .map(({ text }) => text);
  const parts: string[] = [];
  let bytes = 0;
  for (let round = 0; bytes < TARGET_BYTES; round += 1) {
    const text = (texts[round % texts.length] ?? '').replace(/\p{L}{6,}/gu, (word, at: number) =>
      (at * 31 + round * 17) % 23 === 0 ? `${word}${String.fromCodePoint(1072 + (round % 32))}` : word,
    );
    parts.push(text);
    bytes += Buffer.byteLength(text);
  }
  return parts.join('\n\n');
}

for (const [language, genre] of [
  ['ru', 'article'],
  ['en', 'article'],
  ['ru', 'dialogue'],
  ['en', 'dialogue'],
] as const) {
  const source = plainSource('speed', megabyteOf(language, genre));
  const megabytes = Buffer.byteLength(source.snapshot.text) / 1e6;
  let best = { prepare: Number.POSITIVE_INFINITY, sections: Number.POSITIVE_INFINITY };
  let sentences = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const prepared = prepareSources([source], language);
    const ready = performance.now();
    for (const kind of sectionKinds) makeSection(kind, prepared, { detail: 'full' });
    const done = performance.now();
    best = { prepare: Math.min(best.prepare, ready - start), sections: Math.min(best.sections, done - ready) };
    sentences = prepared.sentences.length;
  }
  console.log(
    `${language} ${genre}s: ${megabytes.toFixed(2)} MB (${source.snapshot.text.length} characters), ${sentences} sentences: read and rank ${best.prepare.toFixed(0)} ms = ${((megabytes / best.prepare) * 1000).toFixed(2)} MB/s; ` +
      `all sections ${best.sections.toFixed(0)} ms; together ${((megabytes / (best.prepare + best.sections)) * 1000).toFixed(2)} MB/s`,
  );
}
