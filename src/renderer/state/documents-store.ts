import { createStore, type StoreApi } from 'zustand/vanilla';
import { uploadChunkBytes } from '../../shared/contract/documents.ts';
import type { CallInput } from '../../shared/contract/contract.ts';
import type { DocumentView } from '../../shared/domain/document.ts';
import type { DocumentId, SessionId } from '../../shared/domain/ids.ts';
import type { Client } from '../../shared/contract/client.ts';
import { followRevision } from './follow-revision.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

/** A file on its way to main; it becomes a document once all of it is there. */
export interface Upload {
  readonly key: string;
  readonly sessionId: SessionId;
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

export interface DocumentsState {
  readonly sessionId: SessionId | null;
  /** In the order they were added; null while they load. */
  readonly documents: readonly DocumentView[] | null;
  readonly uploads: readonly Upload[];
  /** Documents this window has seen, also removed ones: what cites them still needs their name. */
  readonly byId: ReadonlyMap<DocumentId, DocumentView>;
}

export type AddFrom = CallInput<'documents.add'>['from'];

/** What a browser's `File` gives; stated apart so a test can bring its own. */
export interface FileLike {
  readonly name: string;
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface DocumentsStore extends StoreApi<DocumentsState> {
  /** Resolves when they are there, whoever asked first; or could not be read. */
  show(sessionId: SessionId | null): Promise<void>;
  reload(): Promise<void>;
  add(sessionId: SessionId, from: AddFrom): Promise<Outcome<DocumentView>>;
  /** Sends the file in chunks and adds it, no sooner than `turn`; an unfinished upload is given up on the first error. */
  upload(sessionId: SessionId, file: FileLike, turn?: Promise<unknown>): Promise<Outcome<DocumentView>>;
  /** Sends a bundle and opens it as a chat of its own. */
  openBundle(file: FileLike): Promise<Outcome<SessionId>>;
  retry(documentId: DocumentId): Promise<string | null>;
  remove(documentId: DocumentId): Promise<string | null>;
}

export function createDocumentsStore(client: Client): DocumentsStore {
  const store = createStore<DocumentsState>(() => ({ sessionId: null, documents: null, uploads: [], byId: new Map() }));

  function remember(documents: readonly DocumentView[]): ReadonlyMap<DocumentId, DocumentView> {
    const byId = new Map(store.getState().byId);
    for (const document of documents) byId.set(document.id, document);
    return byId;
  }

  function merge(sessionId: SessionId, changed: readonly DocumentView[], removed: readonly DocumentId[]): void {
    const byId = remember(changed);
    const { documents } = store.getState();
    if (store.getState().sessionId !== sessionId || !documents) return store.setState({ byId });
    const gone = new Set(removed);
    const merged = new Map(documents.map(document => [document.id, document]));
    for (const document of changed) merged.set(document.id, document);
    store.setState({
      byId,
      documents: [...merged.values()].filter(document => !gone.has(document.id)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    });
  }

  const follower = followRevision({
    async load() {
      const { sessionId } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('documents.list', { sessionId });
      return result.ok ? { ...result.value, sessionId } : null;
    },
    onSnapshot(snapshot) {
      if (snapshot.sessionId !== store.getState().sessionId) return;
      store.setState({ documents: snapshot.documents, byId: remember(snapshot.documents) });
    },
    onEvent: (event: { revision: number; sessionId: SessionId; documents: DocumentView[]; removed: DocumentId[] }) =>
      merge(event.sessionId, event.documents, event.removed),
  });
  client.onEvent('documents.changed', follower.take);

  function patchUpload(key: string, sent: number): void {
    store.setState({ uploads: store.getState().uploads.map(upload => (upload.key === key ? { ...upload, sent } : upload)) });
  }

  async function add(sessionId: SessionId, from: AddFrom): Promise<Outcome<DocumentView>> {
    const result = await client.call('documents.add', { sessionId, requestKey: crypto.randomUUID(), from });
    if (result.ok) merge(sessionId, [result.value], []);
    return outcomeOf(result);
  }

  async function sendBytes(file: FileLike, key: string): Promise<Outcome<string>> {
    const begun = await client.call('uploads.begin', { name: file.name, byteCount: file.size });
    if (!begun.ok) return { ok: false, code: begun.error.code === 'bad_request' ? 'too_large' : begun.error.code };
    const { uploadId } = begun.value;
    for (let offset = 0; offset < file.size; offset += uploadChunkBytes) {
      let bytes: Uint8Array<ArrayBuffer>;
      try {
        bytes = new Uint8Array(await file.slice(offset, Math.min(offset + uploadChunkBytes, file.size)).arrayBuffer());
      } catch {
        // The file was moved, deleted or is a folder: the browser only says so on reading.
        await client.call('uploads.abort', { uploadId });
        return { ok: false, code: 'unreadable' };
      }
      const appended = await client.call('uploads.append', { uploadId, offset, bytes });
      if (!appended.ok) {
        await client.call('uploads.abort', { uploadId });
        return { ok: false, code: appended.error.code };
      }
      patchUpload(key, Math.min(offset + uploadChunkBytes, file.size));
    }
    return { ok: true, value: uploadId };
  }

  let showing: Promise<void> = Promise.resolve();

  return {
    ...store,
    show(sessionId) {
      if (store.getState().sessionId === sessionId) return showing;
      store.setState({ sessionId, documents: null });
      showing = follower.reload();
      return showing;
    },
    reload: follower.reload,
    add,
    async upload(sessionId, file, turn = Promise.resolve()) {
      const key = crypto.randomUUID();
      store.setState({ uploads: [...store.getState().uploads, { key, sessionId, name: file.name, sent: 0, total: file.size }] });
      const sent = await sendBytes(file, key);
      // Files are sent side by side and added in the order in which they were chosen.
      await turn;
      const outcome = sent.ok ? await add(sessionId, { kind: 'upload', uploadId: sent.value }) : sent;
      store.setState({ uploads: store.getState().uploads.filter(upload => upload.key !== key) });
      return outcome;
    },
    async openBundle(file) {
      const key = crypto.randomUUID();
      const sent = await sendBytes(file, key);
      if (!sent.ok) return sent;
      const opened = outcomeOf(await client.call('files.openBundle', { requestKey: key, uploadId: sent.value }));
      return opened.ok ? { ok: true, value: opened.value.sessionId } : opened;
    },
    async retry(documentId) {
      const result = await client.call('documents.retry', { documentId });
      if (!result.ok) return result.error.code;
      merge(result.value.sessionId, [result.value], []);
      return null;
    },
    async remove(documentId) {
      const { sessionId } = store.getState();
      const result = await client.call('documents.remove', { documentId });
      if (!result.ok) return result.error.code;
      if (sessionId) merge(sessionId, [], [documentId]);
      return null;
    },
  };
}
