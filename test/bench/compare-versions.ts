/**
 * What became of one version in another of 200 sections: `synopsisDiff` as the window calls it. A synopsis has ten sections; the
 * figure is for twenty times as much. `node test/bench/compare-versions.ts`.
 */
import { sha256Hex } from '../../src/shared/domain/ids.ts';
import { section as sectionSchema, type Section } from '../../src/shared/domain/synopsis.ts';
import { synopsisDiff, type DiffSide } from '../../src/shared/domain/synopsis-diff.ts';
import { percentile } from './report/percentile.ts';
import { report } from './report/report.ts';
import { seededRandom } from '../support/seeded-random.ts';

const sections = 200;
/** As a standard synopsis has in its longest sections. */
const itemsPerSection = 8;
const runs = 60;
const target = { atMost: 50 };

const random = seededRandom(7);
const words = Array.from({ length: 3_000 }, (_, n) => `слово${n}`);
const word = (): string => words[Math.floor(words.length * random() ** 2)] ?? '';
const sentence = (): string => `${Array.from({ length: 14 + Math.floor(random() * 16) }, word).join(' ')}.`;

function sectionOf(texts: readonly string[]): Section {
  return sectionSchema.parse({
    kind: 'theses',
    items: texts.map((text, at) => ({
      id: `theses-${at + 1}`,
      text,
      citations: [
        {
          source: { kind: 'chat' },
          snapshotHash: sha256Hex.parse('a'.repeat(64)),
          quote: text,
          prefix: '',
          suffix: '',
          start: 0,
          end: text.length,
          page: null,
          messageId: null,
          support: 'verified',
        },
      ],
    })),
    emptyReason: texts.length === 0 ? 'nothing_found' : null,
    provenance: { kind: 'extractive', version: '6' },
  });
}

/** `share` of the items say something else in some of their words, a tenth of that share is gone and as many are new. */
function changed(texts: readonly (readonly string[])[], share: number): string[][] {
  return texts.map(items =>
    items.flatMap(text => {
      const dice = random();
      if (dice > share) return [text];
      if (dice < share / 10) return [];
      const parts = text.split(' ').map(each => (random() < 0.15 ? word() : each));
      return dice < share / 5 ? [parts.join(' '), sentence()] : [parts.join(' ')];
    }),
  );
}

const before = Array.from({ length: sections }, () => Array.from({ length: itemsPerSection }, sentence));
const sideOf = (texts: readonly (readonly string[])[]): DiffSide => ({ title: 'Версия', sections: texts.map(sectionOf), notes: [] });
const old = sideOf(before);

for (const [name, texts] of [
  ['a third of the items are others', changed(before, 0.33)],
  ['every item is another', changed(before, 1)],
  ['the texts have nothing in common', Array.from({ length: sections }, () => Array.from({ length: itemsPerSection }, sentence))],
] as const) {
  const after = sideOf(texts);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    // Processor time of this thread, so that the figure holds while others use the machine.
    const before = process.threadCpuUsage();
    synopsisDiff(old, after);
    const { user, system } = process.threadCpuUsage(before);
    times.push((user + system) / 1_000);
  }
  const { counts } = synopsisDiff(old, after);
  report(`compare two versions of ${sections} sections, p95`, percentile(times, 0.95), 'ms', {
    target,
    note: `processor time; ${name}: ${counts.changed} changed, ${counts.added} added, ${counts.removed} removed; first ${(times[0] ?? 0).toFixed(1)}, p50 ${percentile(times, 0.5).toFixed(1)} ms`,
  });
}
