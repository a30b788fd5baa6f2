import type { SnapshotInput } from '../../../shared/contract/worker/task-values.ts';
import { storedTextDetail, type DocumentView } from '../../../shared/domain/document.ts';
import type { SessionId } from '../../../shared/domain/ids.ts';
import type { CoverageSource } from '../../../shared/domain/synopsis.ts';
import type { Store } from '../../store/store.ts';
import { chatSnapshot } from '../chat-snapshot.ts';

/** What a worker reads, and a coverage line for every source, read or not. */
export interface SourceSet {
  readonly sources: SnapshotInput[];
  readonly coverage: CoverageSource[];
}

/** The material of a chat as it is now: its documents, and what was said in it. */
export async function presentSources(store: Store, session: SessionId, atMs: number): Promise<SourceSet> {
  const { sources, coverage } = documentSources(store.documents.list(session), store);
  const chat = await chatSource(store, session, store.sessions.get(session)?.title ?? null, atMs);
  if (chat !== null) {
    sources.push(chat);
    coverage.push({
      source: chat.source,
      title: chat.title,
      snapshotHash: chat.snapshotHash,
      state: 'used',
      reason: null,
      charCount: store.snapshots.get(chat.snapshotHash)?.charCount ?? 0,
      pageCount: null,
      pagesRead: null,
      warnings: [],
    });
  }
  return { sources, coverage };
}

/** The material that a version was begun with, from its coverage: snapshots are never edited, so its text is the same. */
export function pinnedSources(coverage: readonly CoverageSource[], store: Pick<Store, 'snapshots' | 'artifacts'>): SourceSet {
  const sources = coverage.flatMap(({ source, title, snapshotHash, state }) => {
    const stored = state === 'used' && snapshotHash !== null ? store.snapshots.get(snapshotHash) : null;
    return stored === null ? [] : [{ source, title, snapshotHash: stored.hash, path: store.artifacts.files.path(stored.artifact) }];
  });
  return { sources, coverage: [...coverage] };
}

/** The documents alone. The same text twice is read once. */
export function documentSources(documents: readonly DocumentView[], store: Pick<Store, 'snapshots' | 'artifacts'>): SourceSet {
  const sources: SnapshotInput[] = [];
  const coverage: CoverageSource[] = [];
  for (const document of documents) {
    const base = {
      source: { kind: 'document' as const, documentId: document.id },
      title: document.title,
      snapshotHash: document.snapshotHash,
      charCount: document.charCount ?? 0,
      pageCount: document.pageCount,
      warnings: document.warnings,
      ...(document.author === null ? {} : { author: document.author }),
      ...(document.date === null ? {} : { date: document.date }),
    };
    const stored = document.snapshotHash === null ? null : store.snapshots.get(document.snapshotHash);
    if (document.state !== 'ready' || document.snapshotHash === null || stored === null) {
      coverage.push({ ...base, state: 'failed', reason: reasonOf(document), pagesRead: null });
      continue;
    }
    if (sources.some(source => source.snapshotHash === document.snapshotHash)) {
      coverage.push({ ...base, state: 'skipped', reason: 'duplicate', pagesRead: null });
      continue;
    }
    const unread = document.warnings
      .filter(warning => warning.code === 'pages_need_ocr' || warning.code === 'pages_failed')
      .reduce((sum, warning) => sum + (warning.count ?? 0), 0);
    coverage.push({
      ...base,
      state: 'used',
      reason: null,
      pagesRead: document.pageCount === null ? null : Math.max(0, document.pageCount - unread),
    });
    sources.push({
      source: base.source,
      title: document.title,
      snapshotHash: document.snapshotHash,
      path: store.artifacts.files.path(stored.artifact),
    });
  }
  return { sources, coverage };
}

function reasonOf({ error }: DocumentView): string {
  if (error === null) return 'not_ready';
  return error.detail === storedTextDetail ? 'snapshot_damaged' : error.code;
}

/** The chat itself as a source, stored as a snapshot of what it says now; null when nothing in it is material. */
async function chatSource(store: Store, session: SessionId, title: string | null, atMs: number): Promise<SnapshotInput | null> {
  const snapshot = chatSnapshot(store.messages.shown(session), title);
  if (snapshot === null) return null;
  const stored = store.snapshots.get(snapshot.hash);
  const row = stored === null ? null : store.artifacts.get(stored.artifact);
  if (stored === null || row === null || !store.artifacts.files.isWhole(row.sha256, row.byteCount)) {
    const bytes = new TextEncoder().encode(JSON.stringify(snapshot));
    const file = await store.artifacts.files.put(bytes);
    store.inTransaction(() => {
      store.artifacts.insert({ ...file, mediaType: 'application/json', atMs });
      if (stored === null)
        store.snapshots.insert({
          hash: snapshot.hash,
          artifact: file.sha256,
          charCount: snapshot.text.length,
          pageCount: null,
          language: null,
          atMs,
        });
      // Another chat's file of the same text is damaged: whoever reads it reads this one from now on.
      else if (stored.artifact !== file.sha256) store.snapshots.replaceArtifact(snapshot.hash, file.sha256);
      store.sessions.setChatSnapshot(session, snapshot.hash);
    });
    return { source: { kind: 'chat' }, title: title ?? '', snapshotHash: snapshot.hash, path: store.artifacts.files.path(file.sha256) };
  }
  store.inTransaction(() => {
    store.sessions.setChatSnapshot(session, snapshot.hash);
  });
  return { source: { kind: 'chat' }, title: title ?? '', snapshotHash: snapshot.hash, path: store.artifacts.files.path(stored.artifact) };
}
