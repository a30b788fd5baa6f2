import type { HostCallInput, HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import type { SessionId } from '../../../shared/domain/ids.ts';
import type { Reader } from '../../store/reader.ts';
import type { Store } from '../../store/store.ts';
import type { DamagedSnapshots } from '../damaged-snapshots.ts';

export type ReadDocument = (session: SessionId, part: HostCallInput<'document.read'>) => Promise<HostCallOutput<'document.read'>>;

/** Reads a part of a document for a worker. SECURITY: of the chat of its job alone. */
export function createReadDocument({
  store,
  reader,
  damagedSnapshots,
}: {
  readonly store: Pick<Store, 'documents'>;
  readonly reader: Pick<Reader, 'readText'>;
  readonly damagedSnapshots: Pick<DamagedSnapshots, 'take'>;
}): ReadDocument {
  return async (session, { documentId, start, limit }) => {
    const document = store.documents.get(documentId);
    if (document === null || document.sessionId !== session) throw new Error(`There is no document ${documentId} in this chat.`);
    const { title, state, snapshotHash } = document;
    if (state !== 'ready' || snapshotHash === null)
      throw new Error(
        state === 'importing'
          ? `The document "${title}" is still being read.`
          : `The document "${title}" could not be read, so it has no text.`,
      );
    const part = await reader.readText({ snapshotHash, start, limit }).catch((error: unknown) => {
      if (damagedSnapshots.take(snapshotHash, error)) throw new Error(`The stored text of the document "${title}" is damaged.`);
      throw error;
    });
    if (part === null) throw new Error(`The text of the document "${title}" is gone.`);
    return { title, snapshotHash, ...part };
  };
}
