import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { indexSnapshot } from '../../src/main/store/index-snapshot.ts';
import { addDocument, addSession, addSnapshot, open, snapshotOf } from '../integration/store/store-fixture.ts';
import { median, percentile } from './report/percentile.ts';
import { report } from './report/report.ts';
import { seededRandom } from '../support/seeded-random.ts';

/**
 * Measures what indexing costs the main thread and what a search costs: `node test/bench/store-index.ts [documents]`, each
 * document one million characters of Russian-like words drawn with a natural skew.
 */
const documents = Number(process.argv[2] ?? 3);
const charsEach = 1_000_000;

const random = seededRandom(42);
const syllables = [
  'кон',
  'спе',
  'кт',
  'ле',
  'ция',
  'ра',
  'бо',
  'та',
  'во',
  'прос',
  'от',
  'вет',
  'при',
  'мер',
  'за',
  'да',
  'ча',
  'по',
  'ни',
  'ма',
  'ние',
  'ость',
  'ский',
  'ать',
];
const vocabulary = Array.from({ length: 40_000 }, () =>
  Array.from({ length: 2 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)] ?? '').join(''),
);
const word = (): string => vocabulary[Math.floor(vocabulary.length * random() ** 3)] ?? '';

function paragraphs(chars: number): string[] {
  const made: string[] = [];
  for (let length = 0; length < chars;) {
    const text = Array.from({ length: 5 }, () => `${Array.from({ length: 14 }, word).join(' ')}.`).join(' ');
    made.push(text);
    length += text.length;
  }
  return made;
}
const root = mkdtempSync(join(tmpdir(), 'konspekt-bench-'));
const opened = open(root);
const { store, reader } = opened;
const session = addSession(store);
const slices: number[] = [];
/** Processor time of the same turns: what they cost on a machine with nothing else to do. */
const sliceCpu: number[] = [];
const passages = {
  finish: store.passages.finish,
  insertSlice(...args: Parameters<typeof store.passages.insertSlice>): void {
    const started = performance.now();
    const cpu = process.threadCpuUsage();
    store.passages.insertSlice(...args);
    const used = process.threadCpuUsage(cpu);
    sliceCpu.push((used.user + used.system) / 1_000);
    slices.push(performance.now() - started);
  },
};
const totals: number[] = [];
const delay = monitorEventLoopDelay({ resolution: 1 });
for (let n = 0; n < documents; n += 1) {
  const id = addDocument(store, session, `${n}.txt`);
  const snapshot = snapshotOf(paragraphs(charsEach));
  await addSnapshot(store, snapshot);
  delay.enable();
  const started = performance.now();
  await indexSnapshot({ snapshots: store.snapshots, passages, reader }, snapshot.hash);
  totals.push(performance.now() - started);
  delay.disable();
  store.documents.finish(id, { format: 'text', title: null, snapshotHash: snapshot.hash, original: null, byteCount: 1, warnings: [] });
}
const searches: number[] = [];
for (let n = 0; n < 50; n += 1) {
  const started = performance.now();
  await reader.searchPassages({ sessionId: session, query: `${word()} ${word()} ${word()}`, limit: 20 });
  searches.push(performance.now() - started);
}
const spread = (values: readonly number[], shares: readonly [name: string, share: number][]): string =>
  shares.map(([name, share]) => `${name} ${percentile(values, share).toFixed(1)}`).join(', ');
report('indexing a text, a slice in main, p99', percentile(slices, 0.99), 'ms', {
  note: `${slices.length} slices, ${spread(slices, [
    ['p50', 0.5],
    ['longest', 1],
  ])} ms; processor time ${spread(sliceCpu, [
    ['p50', 0.5],
    ['p99', 0.99],
  ])} ms`,
});
report('indexing a million characters', median(totals), 'ms', {
  note: `main loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, longest ${(delay.max / 1e6).toFixed(1)} ms`,
});
report('search of three words, p95', percentile(searches, 0.95), 'ms', {
  note: `${documents} million characters, ${spread(searches, [
    ['p50', 0.5],
    ['longest', 1],
  ])} ms`,
});
await opened.close();
rmSync(root, { recursive: true });
