import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { z } from 'zod';
import type { DocumentId, JobId, MessageId, SessionId, Sha256, SynopsisId, VersionId } from '../../../src/shared/domain/ids.ts';
import { documentId, jobId, messageId, sessionId, sha256Hex, synopsisId, versionId } from '../../../src/shared/domain/ids.ts';
import type { MessageView } from '../../../src/shared/domain/session.ts';
import type { Segment, Snapshot } from '../../../src/shared/domain/snapshot.ts';
import type { CoverageSource, Section } from '../../../src/shared/domain/synopsis.ts';
import type { Database } from '../../../src/main/store/connection.ts';
import { openConnection } from '../../../src/main/store/connection.ts';
import { dataFolder, prepareDataFolder } from '../../../src/main/store/data-folder.ts';
import type { CorruptionChoice, OpenedStore } from '../../../src/main/store/open-store.ts';
import { openStore } from '../../../src/main/store/open-store.ts';
import type { Migration } from '../../../src/main/store/migrate.ts';
import { migrate } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { createStore } from '../../../src/main/store/store.ts';
import { createNetworkWaits } from '../../../src/main/app/models/network-waits.ts';
import type { Store } from '../../../src/main/store/store.ts';

export const readerEntry = new URL('../../../src/main/store/reader-thread.ts', import.meta.url);

/** A day in the middle of its UTC day, so that a few hours more or less stay in it. */
export const noonMs = Date.UTC(2026, 10, 20, 12);

export interface TestFolder {
  readonly root: string;
  remove(): void;
}

export function testFolder(): TestFolder {
  const root = mkdtempSync(join(tmpdir(), 'konspekt-store-'));
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true });
    },
  };
}

export function open(
  root: string,
  options: { onCorruption?: CorruptionChoice; migrations?: readonly Migration[]; nowMs?: number } = {},
): OpenedStore {
  const { nowMs = noonMs, ...rest } = options;
  return openStore({ root, readerEntry, nowMs: () => nowMs, ...rest });
}

export interface PlainStore {
  readonly store: Store;
  readonly db: Database;
  close(): void;
}

/** The repositories over a real file, without the open sequence and its threads. */
export function plainStore(root: string): PlainStore {
  const folder = dataFolder(root);
  prepareDataFolder(folder);
  const db = openConnection(folder.database);
  migrate(db, migrations, () => undefined);
  return {
    store: createStore(db, folder),
    db,
    close: () => {
      db.close();
    },
  };
}

function made<S extends z.ZodType>(schema: S): z.output<S> {
  return schema.parse(v7());
}
export const newId = {
  session: (): SessionId => made(sessionId),
  message: (): MessageId => made(messageId),
  document: (): DocumentId => made(documentId),
  job: (): JobId => made(jobId),
  synopsis: (): SynopsisId => made(synopsisId),
  version: (): VersionId => made(versionId),
};

export function addSession(store: Store, fields: { title?: string | null; atMs?: number; requestKey?: string } = {}): SessionId {
  const { title = null, atMs = noonMs, requestKey = null } = fields;
  return store.sessions.insert({ id: newId.session(), title, demoLanguage: null, requestKey, atMs }).session.id;
}

export function addMessage(
  store: Store,
  session: SessionId,
  text: string,
  fields: Partial<Pick<MessageView, 'role' | 'state'>> & { documentIds?: DocumentId[]; replyTo?: MessageId; requestKey?: string } = {},
): MessageView {
  const { role = 'person', state = 'completed', documentIds = [], replyTo = null, requestKey = null } = fields;
  return store.messages.insert({
    id: newId.message(),
    sessionId: session,
    role,
    state,
    text,
    note: null,
    jobId: null,
    documentIds,
    replyTo,
    requestKey,
    atMs: noonMs,
  });
}

export function hashOf(text: string): Sha256 {
  return sha256Hex.parse(createHash('sha256').update(text).digest('hex'));
}

/** Paragraphs as a snapshot, one segment each, all on the page given. */
export function snapshotOf(paragraphs: readonly string[], page: number | null = null): Snapshot {
  const segments: Segment[] = [];
  let start = 0;
  for (const paragraph of paragraphs) {
    segments.push({ kind: 'paragraph', start, end: start + paragraph.length, level: null, page, messageId: null, speaker: null });
    start += paragraph.length + 2;
  }
  const text = paragraphs.join('\n\n');
  return {
    version: 1,
    hash: hashOf(text),
    text,
    segments,
    pages: page === null ? [] : [{ number: page, start: 0, end: text.length }],
    title: null,
    language: 'ru',
    warnings: [],
  };
}

/** Stores the snapshot's file and rows as an import does; the passages are not indexed yet. */
export async function addSnapshot(store: Store, snapshot: Snapshot): Promise<void> {
  const stored = await store.artifacts.files.put(Buffer.from(JSON.stringify(snapshot)));
  store.inTransaction(() => {
    store.artifacts.insert({ sha256: stored.sha256, mediaType: 'application/json', byteCount: stored.byteCount, atMs: noonMs });
    store.snapshots.insert({
      hash: snapshot.hash,
      artifact: stored.sha256,
      charCount: snapshot.text.length,
      pageCount: snapshot.pages.length || null,
      language: snapshot.language,
      atMs: noonMs,
    });
  });
}

export function addDocument(store: Store, session: SessionId, title = 'notes.txt', requestKey: string = randomUUID()): DocumentId {
  return store.documents.insert({
    id: newId.document(),
    sessionId: session,
    title,
    origin: { kind: 'file', name: title },
    original: null,
    byteCount: null,
    jobId: newId.job(),
    requestKey,
    atMs: noonMs,
  }).document.id;
}

export function coverageOf(title: string): CoverageSource {
  return {
    source: { kind: 'chat' },
    title,
    snapshotHash: null,
    state: 'used',
    reason: null,
    charCount: 10,
    pageCount: null,
    pagesRead: null,
    warnings: [],
  };
}

export function sectionOf(kind: 'summary' | 'theses', text: string): Section {
  return {
    kind,
    items: [
      {
        id: `${kind}-1`,
        text,
        citations: [
          {
            source: { kind: 'chat' },
            snapshotHash: hashOf('source'),
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
      },
    ],
    emptyReason: null,
    provenance: { kind: 'extractive', version: '1' },
  };
}

export function addVersion(
  store: Store,
  session: SessionId,
  fields: { title?: string; requestKey?: string; atMs?: number } = {},
): VersionId {
  const { title = 'Лекция', requestKey = null, atMs = noonMs } = fields;
  return store.synopses.startVersion({
    versionId: newId.version(),
    synopsisId: newId.synopsis(),
    sessionId: session,
    jobId: newId.job(),
    title,
    detail: 'standard',
    language: 'ru',
    template: 'lecture',
    plannedSections: ['summary', 'theses'],
    coverage: [coverageOf(title)],
    requestKey,
    atMs,
  }).id;
}

/** Documents of one line each that have been read, in one transaction; their texts have rows and no files. */
export function fillSession(store: Store, session: SessionId, count: number, titleOf: (at: number) => string): void {
  store.inTransaction(() => {
    for (let at = 0; at < count; at += 1) {
      const hash = hashOf(`text ${at}`);
      const artifact = hashOf(`file ${at}`);
      store.artifacts.insert({ sha256: artifact, mediaType: 'application/json', byteCount: 1, atMs: noonMs });
      store.snapshots.insert({ hash, artifact, charCount: 40, pageCount: null, language: 'ru', atMs: noonMs });
      const id = addDocument(store, session, `${at}.txt`);
      store.documents.finish(id, { format: 'text', title: titleOf(at), snapshotHash: hash, original: null, byteCount: 1, warnings: [] });
    }
  });
}

/** For a kind that may make a synopsis with a model, in a test of what else it does. */
export const noModels = {
  models: { synopsisModels: () => [] },
  beginAudit: () => undefined,
  network: createNetworkWaits({ resumeInTransaction: () => false, now: () => noonMs }),
};
