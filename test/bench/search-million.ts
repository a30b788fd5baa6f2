/**
 * A million passages of generated Russian and English text with a natural skew of words, searched by words, by meaning and by both
 * fused, in the reader thread, while main's loop is watched. `node test/bench/search-million.ts [passages]`. The database takes some
 * minutes to make and is kept in the system's folder for temporary files.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { createReader } from '../../src/main/store/reader.ts';
import { dataFolder, prepareDataFolder } from '../../src/main/store/data-folder.ts';
import { openConnection } from '../../src/main/store/connection.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import { migrations } from '../../src/main/store/migrations/all.ts';
import { createStore } from '../../src/main/store/store.ts';
import { signCode } from '../../src/main/store/search/sign-codes.ts';
import { indexText } from '../../src/main/store/search-words.ts';
import { addDocument, addSession, addSnapshot, readerEntry, snapshotOf } from '../integration/store/store-fixture.ts';
import { providerId as providerIdSchema } from '../../src/shared/domain/ids.ts';
import { percentile } from './report/percentile.ts';
import { report } from './report/report.ts';
import { seededRandom } from '../support/seeded-random.ts';

const passages = Number(process.argv[2] ?? 1_000_000);
const dimensions = 768;
/** As many as an article of sixty pages has. */
const passagesOfText = 200;
/** As the palette asks for; each has its text read for a snippet. */
const shown = 6;
const wordsOfPassage = 40;
const vocabularySize = 60_000;
/** What a search takes at most that a person does not notice. */
const target = { atMost: 50 };
/** Counted up when other rows are made; what was stored by an earlier schema is migrated. */
const edition = 3;
const place = join(tmpdir(), `konspekt-bench-search-${passages}-rows-${edition}`);
const model = { providerId: providerIdSchema.parse('01920000-0000-7000-8000-000000000002'), modelId: 'bench' };

const random = seededRandom(7);
const russian = [
  'кон',
  'спе',
  'ле',
  'ра',
  'бо',
  'та',
  'во',
  'при',
  'мер',
  'за',
  'да',
  'ча',
  'по',
  'ни',
  'ма',
  'ро',
  'ги',
  'су',
  'лю',
  'фо',
];
const english = [
  'con',
  'ver',
  'ta',
  'lo',
  'mi',
  'ser',
  'pra',
  'de',
  'no',
  'ri',
  'sta',
  'fi',
  'gu',
  'ba',
  'ker',
  'wol',
  'jen',
  'da',
  'mo',
  'pel',
];
const vocabulary = Array.from({ length: vocabularySize }, (_, at) => {
  const parts = at % 2 === 0 ? russian : english;
  return Array.from({ length: 2 + Math.floor(random() * 4) }, () => parts[Math.floor(random() * parts.length)] ?? '').join('');
});
/** Of Zipf's law with exponent 1: the first word is in a third of all passages, half of them are in a few each. */
const word = (): string => vocabulary[Math.min(vocabularySize - 1, Math.floor(vocabularySize ** random()) - 1)] ?? '';
const sentence = (): string => Array.from({ length: wordsOfPassage }, word).join(' ');

if (existsSync(place)) update();
else await make();
await measure();

async function make(): Promise<void> {
  const startedAt = performance.now();
  const half = `${place}.half`;
  rmSync(half, { recursive: true, force: true });
  const folder = dataFolder(half);
  prepareDataFolder(folder);
  const db = openConnection(folder.database);
  migrate(db, migrations, () => undefined);
  const store = createStore(db, folder);
  db.pragma('synchronous = OFF');
  const session = addSession(store, { title: 'Bench' });
  const putPassage = db.prepare('INSERT INTO passage (snapshot_hash, seq, start, "end") VALUES (?, ?, ?, ?)');
  const putWords = db.prepare('INSERT INTO passage_fts (rowid, body) VALUES (?, ?)');
  const putVector = db.prepare(
    'INSERT INTO passage_vector (place, space_id, n, text_hash, vector) VALUES (1 << 32 | @n, 1, @n, @hash, @vector)',
  );
  const putCount = db.prepare('INSERT INTO vector_count (space_id, snapshot_hash, passage_count) VALUES (1, ?, ?)');
  const putCodes = db.prepare('INSERT INTO vector_codes (space_id, passages, codes) VALUES (1, ?, ?)');
  db.prepare('INSERT INTO vector_space (id, provider_id, model_id, dimensions, created_at_ms) VALUES (1, ?, ?, ?, 1)').run(
    model.providerId,
    model.modelId,
    dimensions,
  );
  const noise = Int8Array.from({ length: 1 << 20 }, () => Math.floor(random() * 255) - 127);
  for (let first = 0; first < passages; first += passagesOfText) {
    const count = Math.min(passagesOfText, passages - first);
    const paragraphs = Array.from({ length: count }, sentence);
    const snapshot = snapshotOf(paragraphs);
    await addSnapshot(store, snapshot);
    const document = addDocument(store, session, `${first}.txt`);
    store.documents.finish(document, {
      format: 'text',
      title: null,
      snapshotHash: snapshot.hash,
      original: null,
      byteCount: 1,
      warnings: [],
    });
    store.inTransaction(() => {
      const ns: number[] = [];
      const codes: number[] = [];
      paragraphs.forEach((text, seq) => {
        const segment = snapshot.segments[seq];
        const n = Number(putPassage.run(snapshot.hash, seq, segment?.start ?? 0, segment?.end ?? 1).lastInsertRowid);
        putWords.run(n, indexText(text));
        const at = Math.floor(random() * (noise.length - dimensions));
        const vector = noise.slice(at, at + dimensions);
        const hash = Buffer.alloc(16);
        hash.writeUInt32BE(n);
        putVector.run({ n, hash, vector: new Uint8Array(vector.buffer) });
        ns.push(n);
        codes.push(...signCode(vector));
        if (ns.length === 32 || seq === count - 1) {
          putCodes.run(new Uint8Array(Uint32Array.from(ns).buffer), new Uint8Array(Uint32Array.from(codes).buffer));
          ns.length = 0;
          codes.length = 0;
        }
      });
      putCount.run(snapshot.hash, count);
      store.passages.finish(snapshot.hash, count);
    });
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  renameSync(half, place);
  console.log(`${passages} passages were made in ${Math.round((performance.now() - startedAt) / 1_000)} s and are kept in ${place}.`);
}

function update(): void {
  const db = openConnection(dataFolder(place).database);
  const startedAt = performance.now();
  const before = db.pragma('user_version', { simple: true });
  const after = migrate(db, migrations, () => undefined);
  db.close();
  if (before !== after)
    console.log(`The schema was brought from ${String(before)} to ${after} in ${Math.round(performance.now() - startedAt)} ms.`);
}

async function measure(): Promise<void> {
  const reader = createReader(readerEntry, dataFolder(place));
  const vector = (): Int8Array => Int8Array.from({ length: dimensions }, () => Math.floor(random() * 255) - 127);
  /** Frequent words among them: every second query begins with one that a third to a hundredth of all passages have. */
  const query = (at: number): string => [at % 2 === 0 ? (vocabulary[at % 40] ?? '') : word(), word(), word()].join(' ');
  const common = (at: number): string => `${vocabulary[at % 5]} ${vocabulary[(at + 1) % 7]}`;
  const ways = [
    { name: 'by words', ask: (at: number) => ({ typed: query(at), meaning: null }) },
    { name: 'by words that are all common', ask: (at: number) => ({ typed: common(at), meaning: null }) },
    { name: 'by meaning', ask: () => ({ typed: '—', meaning: { model, vector: vector() } }) },
    { name: 'by both, fused', ask: (at: number) => ({ typed: query(at), meaning: { model, vector: vector() } }) },
  ];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const loadAt = performance.now();
  const slices: number[] = [];
  for (let isLoaded = false; !isLoaded;) {
    const startedAt = performance.now();
    ({ isLoaded } = await reader.loadMeaning(model));
    slices.push(performance.now() - startedAt);
  }
  const loadMs = performance.now() - loadAt;
  for (const { name, ask } of ways) {
    const times: number[] = [];
    let hits = 0;
    delay.reset();
    delay.enable();
    for (let at = 0; at < 100; at += 1) {
      const asked = ask(at);
      const startedAt = performance.now();
      const { found } = await reader.searchMaterial({ ...asked, limit: shown });
      times.push(performance.now() - startedAt);
      hits += found.length;
    }
    delay.disable();
    report(`a search of ${passages.toLocaleString('en')} passages ${name}, p95`, percentile(times, 0.95), 'ms', {
      target,
      note: `p50 ${percentile(times, 0.5).toFixed(1)} ms, longest ${percentile(times, 1).toFixed(1)} ms, ${(hits / times.length).toFixed(0)} found; main's loop late by ${(delay.percentile(99) / 1e6).toFixed(1)} ms at its p99`,
    });
  }
  report('a slice of the index by meaning is read after a start, p95', percentile(slices, 0.95), 'ms', {
    target,
    note: `other reads wait so long at most times; longest ${percentile(slices, 1).toFixed(1)} ms; all ${slices.length} in ${Math.round(loadMs)} ms`,
  });
  await reader.close();
}
