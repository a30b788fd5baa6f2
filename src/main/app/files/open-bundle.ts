import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import {
  documentId,
  noteId,
  sessionId,
  synopsisId,
  versionId,
  type DocumentId,
  type SessionId,
  type Sha256,
} from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { synopsisVersion, type SourceRef, type SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { exportWords } from '../../../shared/export/export-words.ts';
import type { Store } from '../../store/store.ts';
import { newId } from '../new-id.ts';
import type { WorkerQuestion } from '../worker-question.ts';

/** As `sessionView` bounds a title. */
const sessionTitleLimit = 200;
/** As `documentOrigin` bounds a name. */
const nameLimit = 255;

export interface OpenBundleParams {
  readonly store: Store;
  readonly ask: WorkerQuestion;
  /** Reads a stored snapshot file and throws when its text does not have the hash. */
  readonly checkSnapshot: (query: { readonly artifact: Sha256; readonly snapshotHash: Sha256 }) => Promise<unknown>;
  readonly language: () => Language;
  readonly now: () => number;
}

export type OpenBundle = (
  bundle: { readonly requestKey: string; readonly path: string },
  signal: AbortSignal,
) => Promise<{
  readonly sessionId: SessionId;
  readonly documents: readonly DocumentId[];
  readonly snapshots: readonly Sha256[];
  readonly isNew: boolean;
}>;

/**
 * A chat of its own from a bundle: its sources as documents that were read, its synopsis as a version that was imported, in one
 * commit. Quotes keep their places, since they point into texts by their hash. Throws what the worker says of the bundle.
 */
export function createOpenBundle({ store, ask, checkSnapshot, language, now }: OpenBundleParams): OpenBundle {
  return async ({ requestKey, path }, signal) => {
    const owner = randomUUID();
    const stagingDir = store.staging.folderOf(owner);
    try {
      const read = await ask('bundle.read', { path, stagingDir }, signal);
      // SECURITY: the version is checked here too: it goes into the database as it is.
      const version = synopsisVersion.parse(JSON.parse(await readFile(join(stagingDir, read.synopsis.name), 'utf8')));
      for (const { hash, file } of read.snapshots) {
        await store.artifacts.files.adopt(join(stagingDir, file.name), file);
        // SECURITY: one snapshot stands for every document of the same text, so what the worker claims of it is looked at again.
        await checkSnapshot({ artifact: file.sha256, snapshotHash: hash });
      }
      return store.inTransaction(() => put(store, { requestKey, version, read, language: language(), atMs: now() }));
    } finally {
      await store.staging.release(owner);
    }
  };
}

interface Put {
  readonly requestKey: string;
  readonly version: SynopsisVersion;
  readonly read: TaskOutput<'bundle.read'>;
  readonly language: Language;
  readonly atMs: number;
}

function put(store: Store, { requestKey, version, read, language, atMs }: Put): Awaited<ReturnType<OpenBundle>> {
  const title = version.title.slice(0, sessionTitleLimit).toWellFormed();
  const { session, created } = store.sessions.insert({ id: newId(sessionId), title, demoLanguage: null, requestKey, atMs });
  if (!created) return { sessionId: session.id, documents: [], snapshots: [], isNew: false };
  for (const { hash, file, charCount, pageCount, language: spoken } of read.snapshots) {
    store.artifacts.insert({ sha256: file.sha256, mediaType: 'application/json', byteCount: file.byteCount, atMs });
    store.snapshots.insert({ hash, artifact: file.sha256, charCount, pageCount, language: spoken, atMs });
  }
  /** Sources of the chat that it comes from → documents of this one. What was said there is a document here. */
  const documents = new Map<string, DocumentId>();
  for (const source of read.manifest.sources) {
    const name = source.source.kind === 'chat' || source.title.trim() === '' ? exportWords[language].chat : source.title;
    const id = newId(documentId);
    documents.set(keyOf(source.source), id);
    const coverage = version.coverage.find(line => keyOf(line.source) === keyOf(source.source));
    store.documents.insert({
      id,
      sessionId: session.id,
      title: name,
      origin: source.origin ?? { kind: 'text', name: name.slice(0, nameLimit) },
      original: null,
      byteCount: source.byteCount,
      jobId: null,
      requestKey: null,
      atMs,
    });
    store.documents.finish(id, {
      format: source.format ?? 'text',
      title: null,
      snapshotHash: source.snapshotHash,
      original: null,
      byteCount: source.byteCount ?? 0,
      warnings: coverage?.warnings ?? [],
    });
  }
  const here = (source: SourceRef): SourceRef => {
    const key = keyOf(source);
    const id = documents.get(key) ?? newId(documentId);
    documents.set(key, id);
    return { kind: 'document', documentId: id };
  };
  const sections = version.sections.map(section => ({
    ...section,
    items: section.items.map(item => ({
      ...item,
      citations: item.citations.map(citation => ({ ...citation, source: here(citation.source), messageId: null })),
    })),
  })) as SynopsisVersion['sections'];
  store.synopses.importVersion({
    versionId: newId(versionId),
    synopsisId: newId(synopsisId),
    sessionId: session.id,
    title: version.title,
    detail: version.detail,
    language: version.language,
    template: version.template,
    plannedSections: version.plannedSections,
    sections,
    coverage: version.coverage.map(line => ({
      ...line,
      source: here(line.source),
      title: line.source.kind === 'chat' ? exportWords[language].chat : line.title,
    })),
    issues: version.issues,
    notes: version.notes.map(note => ({ ...note, id: newId(noteId) })),
    atMs,
  });
  return {
    sessionId: session.id,
    documents: read.manifest.sources.flatMap(({ source }) => documents.get(keyOf(source)) ?? []),
    snapshots: read.snapshots.map(({ hash }) => hash),
    isNew: true,
  };
}

function keyOf(source: SourceRef): string {
  return source.kind === 'chat' ? 'chat' : source.documentId;
}
