import type { MessageId, SessionId, Sha256, VersionId } from '../../shared/domain/ids.ts';
import { staleSections, type KnownMaterial, type PresentMaterial, type StaleSection } from '../../shared/domain/stale-sections.ts';
import type { Reader } from '../store/reader.ts';
import type { Store } from '../store/store.ts';
import type { Snapshot } from '../../shared/domain/snapshot.ts';
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
  const chat = chatSnapshot(store.messages.shown(session), null);
  const present = presentMaterial(store, session, chat);

  const read = new Map<Sha256, ReadonlySet<MessageId> | null>();
  for (const { coverage } of known) {
    const hash = coverage.find(line => line.source.kind === 'chat' && line.state === 'used')?.snapshotHash ?? null;
    if (hash !== null && hash !== present.chat.snapshotHash && !read.has(hash)) read.set(hash, await messagesIn(reader, hash, chat));
  }
  return { versionId: version.id, stale: staleSections(known, present, hash => read.get(hash) ?? null) };
}

function presentMaterial(store: FreshnessParams['store'], session: SessionId, chat: Snapshot | null): PresentMaterial {
  return {
    documents: store.documents
      .list(session)
      .map(({ id, title, snapshotHash, state }) => ({ id, title, snapshotHash, isReady: state === 'ready' })),
    chat: { snapshotHash: chat?.hash ?? null, messages: (chat?.segments ?? []).flatMap(({ messageId }) => messageId ?? []) },
  };
}

/**
 * This chat's messages that are in a snapshot; null when it can no longer be read. A snapshot is stored under the hash of its text and
 * names the messages of the chat that was read first: where that was another one, a message of this chat is known by its words.
 */
async function messagesIn(
  reader: FreshnessParams['reader'],
  snapshotHash: Sha256,
  present: Snapshot | null,
): Promise<ReadonlySet<MessageId> | null> {
  const found = new Set<MessageId>();
  const own = new Set(present?.segments.map(({ messageId }) => messageId));
  const saying = Map.groupBy(present?.segments ?? [], ({ start, end }) => present?.text.slice(start, end));
  for (let from = 0; ; from += segmentsPerSlice) {
    const slice = await reader.readSegments({ snapshotHash, from, limit: segmentsPerSlice }).catch(() => null);
    if (slice === null) return null;
    for (const { messageId, text } of slice.segments) {
      const saidAlike = () => saying.get(text)?.find(said => said.messageId !== null && !found.has(said.messageId))?.messageId ?? null;
      const known = own.has(messageId) ? messageId : saidAlike();
      if (known !== null) found.add(known);
    }
    if (from + segmentsPerSlice >= slice.total) return found;
  }
}
