import { documentId, type SessionId, type Sha256 } from '../../../shared/domain/ids.ts';
import { documentOrigin, documentsPerSession, type DocumentOrigin, type DocumentView } from '../../../shared/domain/document.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import { EngineError } from '../../engine/engine-api.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { externalLink } from '../external-link.ts';
import { UploadError } from '../../store/staging.ts';
import { newId } from '../new-id.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** Longest title of a document's view; an address may be longer. */
const titleLimit = 500;

interface Given {
  readonly origin: DocumentOrigin;
  readonly original: Sha256 | null;
  readonly byteCount: number | null;
}

export function uploadCalls({ store }: Pick<CallContext, 'store'>): HandlersOf<'uploads'> {
  return {
    'uploads.begin': async ({ name, byteCount }) => ({ uploadId: await store.staging.beginUpload({ name, byteCount }) }),
    'uploads.append': async ({ uploadId, offset, bytes }) => ({ received: await store.staging.appendUpload(uploadId, offset, bytes) }),
    'uploads.abort': async ({ uploadId }) => {
      await store.staging.abortUpload(uploadId);
      return {};
    },
  };
}

export function documentCalls(context: CallContext): HandlersOf<'documents'> {
  const { store, engine, events, changes } = context;
  return {
    'documents.add': async ({ sessionId, requestKey, from }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const earlier = store.documents.findByRequestKey(sessionId, requestKey);
      if (earlier !== null) return earlier;
      expectRoom(context, sessionId);
      switch (from.kind) {
        case 'upload': {
          const upload = await store.staging.finishUpload(from.uploadId).catch((error: unknown) => {
            throw error instanceof UploadError && error.code === 'not_found' ? new ExpectedError('upload_not_found', error.message) : error;
          });
          const stored = await store.artifacts.files.adopt(upload.path, upload);
          await store.staging.abortUpload(from.uploadId);
          return addDocument(context, sessionId, requestKey, {
            origin: { kind: 'file', name: upload.name },
            original: stored.sha256,
            byteCount: stored.byteCount,
          });
        }
        case 'url':
          return addAddress(context, sessionId, requestKey, from.url);
        case 'text': {
          const stored = await store.artifacts.files.put(new TextEncoder().encode(from.text));
          return addDocument(context, sessionId, requestKey, {
            origin: { kind: 'text', name: from.name },
            original: stored.sha256,
            byteCount: stored.byteCount,
          });
        }
      }
    },

    'documents.list': ({ sessionId }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      return { documents: store.documents.list(sessionId), revision: events.revision('documents.changed') };
    },

    'documents.retry': ({ documentId: id }) => {
      const document = expectFound(store.documents.get(id), 'document', id);
      if (mayBeReadFurther(context, document)) return readFurther(context, document);
      if (document.state !== 'failed' || document.jobId === null)
        throw new ExpectedError('not_retryable', `Only a document that could not be read is read again; this one is ${document.state}.`);
      return readAgain(context, document);
    },

    'documents.remove': async ({ documentId: id }) => {
      const document = expectFound(store.documents.get(id), 'document', id);
      if (store.documents.remove(id, context.now())) changes.documentRemoved(document.sessionId, id);
      if (document.state === 'importing' && document.jobId !== null) await engine.cancel(document.jobId).catch(() => undefined);
      return {};
    },
  };
}

type Context = Pick<CallContext, 'store' | 'engine' | 'jobViews' | 'changes' | 'now' | 'models'>;

/** What lies at an address becomes a document. Throws `bad_address` and what adding throws. */
export async function addAddress(context: Context, sessionId: SessionId, requestKey: string, url: string): Promise<DocumentView> {
  const address = externalLink(url);
  if (address === null || address.startsWith('mailto:'))
    throw new ExpectedError('bad_address', `"${url}" is not an http or https address.`);
  // Written out in ASCII it may be several times as long as it was typed.
  const origin = documentOrigin.safeParse({ kind: 'url', url: address });
  if (!origin.success) throw new ExpectedError('bad_address', `The address is too long: written out it has ${address.length} characters.`);
  return addDocument(context, sessionId, requestKey, { origin: origin.data, original: null, byteCount: null });
}

/**
 * The document and the job that reads it, in one transaction. Bytes that the chat has already are not added twice; where
 * they could not be read, they are read again.
 */
export async function addDocument(context: Context, sessionId: SessionId, requestKey: string, given: Given): Promise<DocumentView> {
  const { store, changes, now } = context;
  const atMs = now();
  const id = newId(documentId);
  const title = (given.origin.kind === 'url' ? given.origin.url : given.origin.name).slice(0, titleLimit);
  const added = store.inTransaction(() => {
    // Looked at again: several may have come while this one's bytes were stored.
    const earlier = store.documents.findByRequestKey(sessionId, requestKey);
    if (earlier === null) expectRoom(context, sessionId);
    const twin = earlier !== null || given.original === null ? null : findTwin(context, sessionId, given.origin, given.original);
    if (twin !== null) return { twin };
    if (given.original !== null && given.byteCount !== null) {
      store.artifacts.insert({ sha256: given.original, mediaType: 'application/octet-stream', byteCount: given.byteCount, atMs });
    }
    const { document, created } = store.documents.insert({ id, sessionId, title, ...given, jobId: null, requestKey, atMs });
    if (!created) return { document };
    store.sessions.touch(sessionId, atMs);
    return { document: store.documents.setJob(document.id, enqueueImport(context, document)) ?? document };
  });
  if (added.twin !== undefined) {
    if (mayBeReadFurther(context, added.twin)) return readFurther(context, added.twin);
    if (added.twin.state !== 'failed')
      throw new ExpectedError('already_here', `This chat has this material already: "${added.twin.title}".`);
    return readAgain(context, added.twin);
  }
  changes.documents(sessionId, [added.document.id]);
  changes.sessions([sessionId]);
  return added.document;
}

/** The same bytes; of a page, from the same address: another that says the same is another source. */
export function findTwin(
  { store }: Pick<Context, 'store'>,
  session: SessionId,
  origin: DocumentOrigin,
  original: Sha256,
): DocumentView | null {
  return store.documents.findByOriginal(session, original, origin.kind === 'page' ? origin.url : undefined);
}

function expectRoom({ store }: Context, sessionId: SessionId): void {
  if (store.documents.hasAtLeast(sessionId, documentsPerSession))
    throw new ExpectedError(
      'too_many_documents',
      `This chat has ${documentsPerSession} documents, as many as one chat may hold. Remove some, or add the others to another chat.`,
    );
}

/**
 * Of a failed document. The same task again, so that it does not stand among the errors beside one that reads the
 * document. One that had read it is done, and what it stored is damaged; of an old one nothing may be left.
 */
async function readAgain(context: Context, { id, jobId, ...document }: DocumentView): Promise<DocumentView> {
  const { store, jobViews, engine, changes } = context;
  const state = jobId === null ? null : jobViews.view(jobId)?.state;
  if (jobId !== null && (state === 'failed' || state === 'cancelled')) {
    await engine.retry(jobId).catch((error: unknown) => {
      // The same click twice: what it asks for is under way.
      if (!(error instanceof EngineError) || error.code !== 'already_running') throw error;
    });
  } else {
    store.inTransaction(() => {
      store.documents.startAgain(id, enqueueImport(context, { id, jobId, ...document }));
    });
  }
  changes.documents(document.sessionId, [id]);
  return expectFound(store.documents.get(id), 'document', id);
}

/** Whether pages of a document that has been read are left for a model that sees, and there is one. */
function mayBeReadFurther({ models, jobViews }: Context, { state, jobId, warnings }: DocumentView): boolean {
  if (state !== 'ready' || warnings.every(({ code }) => code !== 'pages_need_ocr')) return false;
  const job = jobId === null ? null : jobViews.view(jobId);
  return (job === null || isFinal(job.state)) && models.canAnswer('vision').can;
}

/** Its text stays in use meanwhile, and after a reading that fails. */
function readFurther(context: Context, document: DocumentView): DocumentView {
  const { store, changes } = context;
  store.inTransaction(() => {
    store.documents.setJob(document.id, enqueueImport(context, document));
  });
  changes.documents(document.sessionId, [document.id]);
  return expectFound(store.documents.get(document.id), 'document', document.id);
}

/** In transaction. */
function enqueueImport({ engine }: Context, document: DocumentView) {
  return engine.enqueueInTransaction({
    kind: 'document.import',
    payload: { documentId: document.id },
    idempotencyKey: `import:${document.id}`,
    sessionId: document.sessionId,
    title: document.title,
  }).jobId;
}
