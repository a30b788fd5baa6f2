import { v5 } from 'uuid';
import type { HostCallInput, HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { addDocument, findTwin } from '../calls/document-calls.ts';
import type { CallContext } from '../calls/call-context.ts';

/** How long a page is waited for until it has been read, half a minute: a page of some megabytes takes seconds. */
const readMs = 30_000;
/** Makes request keys of the job and the step that read the page. */
const pageNamespace = '3f3f0c3e-52a5-4f0e-9a0c-6d2b5a1f7e44';
/** As an origin bounds a name. */
const nameLimit = 200;

export type KeepPage = (
  job: { readonly id: JobId; readonly sessionId: SessionId },
  page: HostCallInput<'browser.page'>,
  signal: AbortSignal,
) => Promise<HostCallOutput<'browser.page'>>;

/**
 * What a page says becomes a source of the chat, once for each step and once for each address and text. Null where the chat takes no more, or
 * the text could not be read.
 */
export function createKeepPage(
  context: () => Pick<CallContext, 'store' | 'engine' | 'jobViews' | 'changes' | 'now' | 'models' | 'bus'>,
): KeepPage {
  return async ({ id: job, sessionId }, { step, title, url, text, as }, signal) => {
    const { store, bus } = context();
    const stored = await store.artifacts.files.put(new TextEncoder().encode(text));
    const origin = { kind: 'page', url, name: title.slice(0, nameLimit).toWellFormed(), text: as } as const;
    const added = await addDocument(context(), sessionId, v5(`${job}:${step}`, pageNamespace), {
      origin,
      original: stored.sha256,
      byteCount: stored.byteCount,
    }).catch((error: unknown) => {
      if (!(error instanceof ExpectedError)) throw error;
      return error.code === 'already_here' ? findTwin(context(), sessionId, origin, stored.sha256) : null;
    });
    if (added === null) return null;
    const current = () => store.documents.get(added.id);
    if (current()?.state === 'importing') {
      const over = AbortSignal.any([signal, AbortSignal.timeout(readMs)]);
      await new Promise<void>(resolve => {
        const done = (): void => {
          stop();
          over.removeEventListener('abort', done);
          resolve();
        };
        const stop = bus.subscribe('kept-page', event => {
          if (event.type === 'ended' && event.jobId === added.jobId) done();
        });
        over.addEventListener('abort', done);
        if (over.aborted || current()?.state !== 'importing') done();
      });
      signal.throwIfAborted();
    }
    const read = current();
    return read?.state === 'ready' ? { documentId: read.id, title: read.title, charCount: read.charCount ?? 0 } : null;
  };
}
