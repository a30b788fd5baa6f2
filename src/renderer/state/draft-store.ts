import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MessageId, SessionId } from '../../shared/domain/ids.ts';
import { byTimer, type Later } from './later.ts';
import type { LayoutMemory } from './view-store.ts';

/** Drafts kept; the one not touched for longest gives way. */
const draftsKept = 30;
/** Characters of one draft kept over a reload: browsers give a page a few million for everything. */
const storedChars = 100_000;
/** Between two writes while somebody types: a write blocks the window, and what a killed program would lose is under half a second of typing. */
const draftWriteMs = 400;
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
  /** Writes at once what was typed since the last write. */
  flush(): void;
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

/**
 * What was typed and not sent, each chat its own; it outlives a reload and a lost connection. Typing is written once in a
 * while, and a draft that was sent or deleted is forgotten at once: it must not come back with a reload.
 */
export function createDraftStore(memory: LayoutMemory, later: Later = byTimer): DraftStore {
  const store = createStore<DraftState>(() => ({ texts: readDrafts(memory), editing: null }));
  /** Calls the next write off; null while everything is written. */
  let callOff: (() => void) | null = null;

  function flush(): void {
    if (callOff === null) return;
    callOff();
    callOff = null;
    memory.write(JSON.stringify([...store.getState().texts].filter(([, kept]) => kept.length <= storedChars)));
  }

  return {
    ...store,
    flush,
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
      callOff ??= later(flush, draftWriteMs);
      if (text === '') flush();
    },
  };
}
