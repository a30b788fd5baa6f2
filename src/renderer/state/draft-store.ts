import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MessageId, SessionId } from '../../shared/domain/ids.ts';
import type { LayoutMemory } from './view-store.ts';

/** Drafts kept; the one not touched for longest gives way. */
const draftsKept = 30;
/** Characters of one draft kept over a reload: browsers give a page a few million for everything. */
const storedChars = 100_000;
/** The place of a draft that has no chat yet. */
const noChat = 'new';

export interface DraftState {
  /** Unsent text by chat. */
  readonly texts: ReadonlyMap<string, string>;
  /** The message that is being changed; it stays so while it is scrolled out of sight. */
  readonly editing: { readonly messageId: MessageId; readonly text: string } | null;
}

export interface DraftStore extends StoreApi<DraftState> {
  of(sessionId: SessionId | null): string;
  put(sessionId: SessionId | null, text: string): void;
  edit(editing: DraftState['editing']): void;
}

function readDrafts(memory: LayoutMemory): Map<string, string> {
  try {
    const value: unknown = JSON.parse(memory.read() ?? '[]');
    if (!Array.isArray(value)) return new Map();
    return new Map(
      value.filter(
        (entry): entry is [string, string] => Array.isArray(entry) && entry.length === 2 && entry.every(part => typeof part === 'string'),
      ),
    );
  } catch {
    return new Map();
  }
}

/** What was typed and not sent, each chat its own; it outlives a reload and a lost connection. */
export function createDraftStore(memory: LayoutMemory): DraftStore {
  const store = createStore<DraftState>(() => ({ texts: readDrafts(memory), editing: null }));
  return {
    ...store,
    edit: editing => store.setState({ editing }),
    of: sessionId => store.getState().texts.get(sessionId ?? noChat) ?? '',
    put(sessionId, text) {
      const key = sessionId ?? noChat;
      const texts = new Map(store.getState().texts);
      texts.delete(key);
      if (text !== '') texts.set(key, text);
      for (const oldest of texts.keys()) {
        if (texts.size <= draftsKept) break;
        texts.delete(oldest);
      }
      store.setState({ texts });
      memory.write(JSON.stringify([...texts].filter(([, kept]) => kept.length <= storedChars)));
    },
  };
}
