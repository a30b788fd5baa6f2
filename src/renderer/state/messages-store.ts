import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentId, MessageId, SessionId } from '../../shared/domain/ids.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { MessageView } from '../../shared/domain/session.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { EventPayload } from '../../shared/contract/contract.ts';
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
  send(input: {
    sessionId: SessionId;
    requestKey: string;
    text: string;
    documentIds: DocumentId[];
    inBackground?: boolean;
  }): Promise<string | null>;
  stop(messageId: MessageId): Promise<string | null>;
  retry(messageId: MessageId): Promise<string | null>;
  /** Another answer beside this one. The list is read anew when main says that the chat shows another branch. */
  regenerate(messageId: MessageId): Promise<string | null>;
  /** Another question in the place of this one, and its answer. */
  edit(messageId: MessageId, text: string): Promise<string | null>;
  showBranch(messageId: MessageId): Promise<string | null>;
}

type Delta = EventPayload<'messages.delta'>;
/** Runs once before the window is drawn again. */
export type NextFrame = (run: () => void) => void;

const isLive = ({ state }: Pick<MessageView, 'state'>): boolean => state === 'pending' || state === 'streaming';

/**
 * What a window keeps when main tells of a message it knows. Pieces come at once and the whole message later: while the answer
 * is on its way, a whole one that is behind the pieces takes nothing back that was shown.
 */
function newer(known: MessageView | undefined, told: MessageView): MessageView {
  const isBehind = known?.state === 'streaming' && isLive(told) && known.text.length > told.text.length && told.text !== '';
  return isBehind && known.text.startsWith(told.text) ? { ...told, text: known.text } : told;
}

/** Puts changed messages in; ids are UUIDv7, so their order is the order of the transcript. */
export function mergeMessages(messages: readonly MessageView[], changed: readonly MessageView[]): readonly MessageView[] {
  const byId = new Map(messages.map(message => [message.id, message]));
  let added = false;
  for (const message of changed) {
    added ||= !byId.has(message.id);
    byId.set(message.id, newer(byId.get(message.id), message));
  }
  const merged = [...byId.values()];
  return added ? merged.sort((a, b) => (a.id < b.id ? -1 : 1)) : merged;
}

/**
 * Whether a change is of what the chat shows: a message that is there, or one that came after all of them. An answer that was
 * stopped with its branch is neither, and one beside a message that is shown is not shown itself.
 */
function isOfThisBranch({ messages }: Transcript): (message: MessageView) => boolean {
  const shown = new Set(messages.map(({ id }) => id));
  const last = messages.at(-1)?.id ?? '';
  return ({ id, branch }) => shown.has(id) || (id > last && !(branch?.ids.some(beside => beside !== id && shown.has(beside)) ?? false));
}

export interface MessagesStoreParams {
  readonly client: Client;
  /** The job of an answer that was just asked for, before the answer is shown. */
  readonly onJob?: (job: JobView) => void;
  /** Default: in the next turn. */
  readonly nextFrame?: NextFrame | undefined;
}

export function createMessagesStore({ client, onJob = () => {}, nextFrame = queueMicrotask }: MessagesStoreParams): MessagesStore {
  const store = createStore<MessagesState>(() => ({ sessionId: null, transcript: null, failure: null }));
  /** Texts that have grown since the window was last drawn. */
  const grown = new Map<MessageId, string>();
  /** Pieces that came while the list was being read: they follow what it has. Null while it is not. */
  let early: Delta[] | null = null;
  let isFramePlanned = false;

  /** Puts what has grown into the transcript: one change of it for all pieces of a frame. */
  function publish(): void {
    isFramePlanned = false;
    if (grown.size === 0) return;
    const { transcript } = store.getState();
    if (transcript) {
      const messages = transcript.messages.map(message => {
        const text = grown.get(message.id);
        return text === undefined || !isLive(message) ? message : { ...message, state: 'streaming' as const, text };
      });
      store.setState({ transcript: { ...transcript, messages } });
    }
    grown.clear();
  }

  function takeDelta(delta: Delta): void {
    const { sessionId, transcript } = store.getState();
    if (delta.sessionId !== sessionId) return;
    if (early !== null) return void early.push(delta);
    const known = transcript?.messages.find(({ id }) => id === delta.messageId);
    // One that is not here yet comes whole; one that has ended takes no more.
    if (!known || !isLive(known)) return;
    const text = grown.get(known.id) ?? known.text;
    if (text.length < delta.at) return void follower.reload();
    grown.set(known.id, text.length === delta.at ? text + delta.text : text.slice(0, delta.at) + delta.text);
    if (isFramePlanned) return;
    isFramePlanned = true;
    nextFrame(publish);
  }

  function merge(sessionId: SessionId, changed: readonly MessageView[]): void {
    publish();
    const { transcript } = store.getState();
    if (store.getState().sessionId !== sessionId || !transcript) return;
    // A message before the loaded window belongs to a page that is not here yet.
    const first = transcript.messages[0]?.id;
    const visible = transcript.next !== null && first !== undefined ? changed.filter(message => message.id >= first) : changed;
    store.setState({
      transcript: { ...transcript, messages: mergeMessages(transcript.messages, visible.filter(isOfThisBranch(transcript))) },
    });
  }

  const follower = followRevision({
    async load() {
      const { sessionId } = store.getState();
      grown.clear();
      early = null;
      if (!sessionId) return null;
      early = [];
      const result = await client.call('messages.list', { sessionId });
      if (result.ok) return { ...result.value, sessionId };
      early = null;
      if (store.getState().sessionId === sessionId) store.setState({ failure: result.error.code });
      return null;
    },
    onSnapshot(snapshot) {
      const pieces = early ?? [];
      early = null;
      if (snapshot.sessionId !== store.getState().sessionId) return;
      const before = store.getState().transcript;
      const first = snapshot.messages[0]?.id;
      // A snapshot asked for again covers the newest page only. Earlier pages stay where they join it: else there is a hole
      // between them, or the chat shows another branch.
      const joins = before?.messages.some(({ id }) => id === first) ?? false;
      const kept = before && first && joins ? before.messages.filter(message => message.id < first) : [];
      store.setState({
        failure: null,
        transcript: {
          messages: [...kept, ...snapshot.messages],
          next: before && kept.length > 0 ? before.next : snapshot.next,
          loadingEarlier: false,
        },
      });
      for (const piece of pieces) takeDelta(piece);
    },
    onEvent(event: EventPayload<'messages.changed'>) {
      if (event.branched === true && event.sessionId === store.getState().sessionId) void follower.reload();
      else merge(event.sessionId, event.messages);
    },
  });
  client.onEvent('messages.changed', follower.take);
  client.onEvent('messages.delta', takeDelta);

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
      if (now.sessionId !== sessionId || now.transcript?.next !== transcript.next) return;
      if (!result.ok) return store.setState({ transcript: { ...now.transcript, loadingEarlier: false } });
      store.setState({
        transcript: { messages: [...result.value.messages, ...now.transcript.messages], next: result.value.next, loadingEarlier: false },
      });
    },
    async send(input) {
      const result = await client.call('messages.send', input);
      if (!result.ok) return result.error.code;
      const { message, answer, job } = result.value;
      if (job !== null) onJob(job);
      merge(input.sessionId, [message, answer]);
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
    async regenerate(messageId) {
      const result = await client.call('messages.regenerate', { messageId, requestKey: crypto.randomUUID() });
      return result.ok ? null : result.error.code;
    },
    async edit(messageId, text) {
      const result = await client.call('messages.edit', { messageId, requestKey: crypto.randomUUID(), text });
      return result.ok ? null : result.error.code;
    },
    async showBranch(messageId) {
      const result = await client.call('messages.showBranch', { messageId });
      if (!result.ok) return result.error.code;
      await follower.reload();
      return null;
    },
  };
}
