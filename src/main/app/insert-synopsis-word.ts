import { messageId, type JobId, type MessageId, type SessionId } from '../../shared/domain/ids.ts';
import type { Store } from '../store/store.ts';
import { newId } from './new-id.ts';

/** The chat's word that a synopsis is being made, until the job that makes it has another one to say. In the caller's transaction. */
export function insertSynopsisWord(
  store: Store,
  { sessionId, jobId, atMs }: { readonly sessionId: SessionId; readonly jobId: JobId; readonly atMs: number },
): MessageId {
  const message = store.messages.insert({
    id: newId(messageId),
    sessionId,
    role: 'assistant',
    state: 'pending',
    text: '',
    note: 'synopsis_started',
    documentIds: [],
    replyTo: null,
    requestKey: null,
    jobId,
    atMs,
  });
  store.sessions.touch(sessionId, atMs);
  return message.id;
}
