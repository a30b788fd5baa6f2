import { createStore, type StoreApi } from 'zustand/vanilla';

export interface AnnouncerState {
  readonly text: string;
  /** Counts up, so that the same words are spoken again. */
  readonly turn: number;
}

export interface AnnouncerStore extends StoreApi<AnnouncerState> {
  /** Says a boundary aloud (an answer has ended, a section is ready), politely; never the stream itself. */
  announce(text: string): void;
}

export function createAnnouncerStore(): AnnouncerStore {
  const store = createStore<AnnouncerState>(() => ({ text: '', turn: 0 }));
  return { ...store, announce: text => store.setState({ text, turn: store.getState().turn + 1 }) };
}
