/** Speed of the built-in engine on a megabyte of text, on one core: `node test/bench/extractive-speed.ts`. */
import { sectionKinds } from '../../src/shared/domain/synopsis.ts';
import { makeSection } from '../../src/workers/extractive/make-section.ts';
import { prepareSources } from '../../src/workers/extractive/prepare-sources.ts';
import { longText, type TextChoice } from './program/long-text.ts';
import { plainSource } from './quality/plain-source.ts';
import { report } from './report/report.ts';

const textBytes = 1_000_000;
/** The first run compiles the code and fills the stem cache; the best of the rest is the machine's figure. */
const runs = 4;

const choices: readonly TextChoice[] = [
  { language: 'ru', genre: 'article' },
  { language: 'en', genre: 'article' },
  { language: 'ru', genre: 'dialogue' },
  { language: 'en', genre: 'dialogue' },
];

/** Processor time of all threads, so that the figure is of one core and holds while others use the machine. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

for (const choice of choices) {
  const source = plainSource('speed', longText(choice, textBytes));
  const megabytes = Buffer.byteLength(source.snapshot.text) / 1e6;
  let prepareMs = Number.POSITIVE_INFINITY;
  let sectionsMs = Number.POSITIVE_INFINITY;
  let sentences = 0;
  for (let run = 0; run < runs; run += 1) {
    const startedAt = processorMs();
    const prepared = prepareSources([source], choice.language);
    const readyAt = processorMs();
    for (const kind of sectionKinds) makeSection(kind, prepared, { detail: 'full' });
    prepareMs = Math.min(prepareMs, readyAt - startedAt);
    sectionsMs = Math.min(sectionsMs, processorMs() - readyAt);
    sentences = prepared.sentences.length;
  }
  report(
    `read, rank and make all sections of ${choice.language} ${choice.genre}s`,
    (megabytes / (prepareMs + sectionsMs)) * 1_000,
    'MB/s',
    {
      target: { atLeast: 1 },
      note: `${megabytes.toFixed(2)} MB, ${source.snapshot.text.length} characters, ${sentences} sentences; processor time: read and rank ${prepareMs.toFixed(0)} ms, sections in full detail ${sectionsMs.toFixed(0)} ms`,
    },
  );
}
