import type { MessageId, SessionId, Sha256, VersionId } from '../../shared/domain/ids.ts';
import { staleSections, type KnownMaterial, type PresentMaterial, type StaleSection } from '../../shared/domain/stale-sections.ts';
import type { Reader } from '../store/reader.ts';
import type { Store } from '../store/store.ts';
import { chatSnapshot } from './chat-snapshot.ts';

export interface Freshness {
  /** The current version; null when there is none. */
  readonly versionId: VersionId | null;
  readonly stale: readonly StaleSection[];
}

export interface FreshnessParams {
  readonly store: Pick<Store, 'sessions' | 'documents' | 'messages' | 'synopses'>;
  readonly reader: Pick<Reader, 'readSegments'>;
}

/** Segments of a chat's snapshot asked for at once: a long chat has thousands of messages, and each is copied between threads. */
const segmentsPerSlice = 1_000;

/** Which sections of a chat's current version do not know of all that the chat holds now. */
export async function synopsisFreshness({ store, reader }: FreshnessParams, session: SessionId): Promise<Freshness> {
  const current = store.synopses.current(session);
  const version = current === null ? null : store.synopses.open(session, current.id);
  if (version === null) return { versionId: null, stale: [] };
  const coverages = new Map(store.synopses.materials(version.id).map(({ kind, coverage }) => [kind, coverage]));
  const known: KnownMaterial[] = version.sections.map(section => ({ section, coverage: coverages.get(section.kind) ?? version.coverage }));
  const present = presentMaterial(store, session);

  const read = new Map<Sha256, ReadonlySet<MessageId> | null>();
  for (const { coverage } of known) {
    const hash = coverage.find(line => line.source.kind === 'chat' && line.state === 'used')?.snapshotHash ?? null;
    if (hash !== null && hash !== present.chat.snapshotHash && !read.has(hash)) read.set(hash, await messagesIn(reader, hash));
  }
  return { versionId: version.id, stale: staleSections(known, present, hash => read.get(hash) ?? null) };
}

function presentMaterial(store: FreshnessParams['store'], session: SessionId): PresentMaterial {
  const chat = chatSnapshot(store.messages.shown(session), null);
  return {
    documents: store.documents
      .list(session)
      .map(({ id, title, snapshotHash, state }) => ({ id, title, snapshotHash, isReady: state === 'ready' })),
    chat: { snapshotHash: chat?.hash ?? null, messages: (chat?.segments ?? []).flatMap(({ messageId }) => messageId ?? []) },
  };
}

/** Null when the snapshot can no longer be read. */
async function messagesIn(reader: FreshnessParams['reader'], snapshotHash: Sha256): Promise<ReadonlySet<MessageId> | null> {
  const found = new Set<MessageId>();
  for (let from = 0; ; from += segmentsPerSlice) {
    const slice = await reader.readSegments({ snapshotHash, from, limit: segmentsPerSlice }).catch(() => null);
    if (slice === null) return null;
    for (const { messageId } of slice.segments) if (messageId !== null) found.add(messageId);
    if (from + segmentsPerSlice >= slice.total) return found;
  }
}
