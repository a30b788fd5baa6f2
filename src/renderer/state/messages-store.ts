import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentId, MessageId, SessionId } from '../../shared/domain/ids.ts';
import type { MessageView } from '../../shared/domain/session.ts';
import type { Client } from '../../shared/contract/client.ts';
import { followRevision } from './follow-revision.ts';

export interface Transcript {
  /** Oldest first. */
  readonly messages: readonly MessageView[];
  /** Where the page before these begins; null when they go back to the first. */
  readonly next: string | null;
  readonly loadingEarlier: boolean;
}

export interface MessagesState {
  readonly sessionId: SessionId | null;
  /** Null while it loads. */
  readonly transcript: Transcript | null;
  /** Why it could not be loaded, as an error code. */
  readonly failure: string | null;
}

export interface MessagesStore extends StoreApi<MessagesState> {
  show(sessionId: SessionId | null): Promise<void>;
  reload(): Promise<void>;
  loadEarlier(): Promise<void>;
  /** `requestKey` is made once per draft, so a repeated click sends once. */
  send(input: { sessionId: SessionId; requestKey: string; text: string; documentIds: DocumentId[] }): Promise<string | null>;
  stop(messageId: MessageId): Promise<string | null>;
  retry(messageId: MessageId): Promise<string | null>;
}

/** Puts changed messages in; ids are UUIDv7, so their order is the order of the transcript. */
export function mergeMessages(messages: readonly MessageView[], changed: readonly MessageView[]): readonly MessageView[] {
  const byId = new Map(messages.map(message => [message.id, message]));
  let added = false;
  for (const message of changed) {
    added ||= !byId.has(message.id);
    byId.set(message.id, message);
  }
  const merged = [...byId.values()];
  return added ? merged.sort((a, b) => (a.id < b.id ? -1 : 1)) : merged;
}

export function createMessagesStore(client: Client): MessagesStore {
  const store = createStore<MessagesState>(() => ({ sessionId: null, transcript: null, failure: null }));

  function merge(sessionId: SessionId, changed: readonly MessageView[]): void {
    const { transcript } = store.getState();
    if (store.getState().sessionId !== sessionId || !transcript) return;
    // A message before the loaded window belongs to a page that is not here yet.
    const first = transcript.messages[0]?.id;
    const visible = transcript.next !== null && first !== undefined ? changed.filter(message => message.id >= first) : changed;
    store.setState({ transcript: { ...transcript, messages: mergeMessages(transcript.messages, visible) } });
  }

  const follower = followRevision({
    async load() {
      const { sessionId } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('messages.list', { sessionId });
      if (result.ok) return { ...result.value, sessionId };
      if (store.getState().sessionId === sessionId) store.setState({ failure: result.error.code });
      return null;
    },
    onSnapshot(snapshot) {
      if (snapshot.sessionId !== store.getState().sessionId) return;
      const before = store.getState().transcript;
      const first = snapshot.messages[0]?.id;
      // A snapshot asked for again covers the newest page only; earlier pages do not change and stay.
      const kept = before && first ? before.messages.filter(message => message.id < first) : [];
      store.setState({
        failure: null,
        transcript: {
          messages: [...kept, ...snapshot.messages],
          next: before && kept.length > 0 ? before.next : snapshot.next,
          loadingEarlier: false,
        },
      });
    },
    onEvent: (event: { revision: number; sessionId: SessionId; messages: MessageView[] }) => merge(event.sessionId, event.messages),
  });
  client.onEvent('messages.changed', follower.take);

  return {
    ...store,
    show(sessionId) {
      if (store.getState().sessionId === sessionId) return Promise.resolve();
      store.setState({ sessionId, transcript: null, failure: null });
      return follower.reload();
    },
    reload: follower.reload,
    async loadEarlier() {
      const { sessionId, transcript } = store.getState();
      if (!sessionId || !transcript?.next || transcript.loadingEarlier) return;
      store.setState({ transcript: { ...transcript, loadingEarlier: true } });
      const result = await client.call('messages.list', { sessionId, before: transcript.next });
      const now = store.getState();
      if (now.sessionId !== sessionId || !now.transcript) return;
      if (!result.ok) return store.setState({ transcript: { ...now.transcript, loadingEarlier: false } });
      store.setState({
        transcript: { messages: [...result.value.messages, ...now.transcript.messages], next: result.value.next, loadingEarlier: false },
      });
    },
    async send(input) {
      const result = await client.call('messages.send', input);
      if (!result.ok) return result.error.code;
      merge(input.sessionId, [result.value.message, result.value.answer]);
      return null;
    },
    async stop(messageId) {
      const result = await client.call('messages.stop', { messageId });
      if (!result.ok) return result.error.code === 'already_finished' ? null : result.error.code;
      merge(result.value.sessionId, [result.value]);
      return null;
    },
    async retry(messageId) {
      const result = await client.call('messages.retry', { messageId, requestKey: crypto.randomUUID() });
      if (!result.ok) return result.error.code;
      merge(result.value.sessionId, [result.value]);
      return null;
    },
  };
}
