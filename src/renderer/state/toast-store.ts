import { createStore, type StoreApi } from 'zustand/vanilla';

export interface ToastAction {
  readonly label: string;
  run(): void;
}

export interface Toast {
  /** The same key aggregates: the newer text replaces the older and the count goes up. */
  readonly key: string;
  readonly text: string;
  readonly tone: 'plain' | 'problem';
  readonly action: ToastAction | null;
  readonly count: number;
}

export interface ToastState {
  /** Goes away by itself. */
  readonly transient: Toast | null;
  /** Stays until the person closes it. */
  readonly persistent: Toast | null;
}

export interface ToastStore extends StoreApi<ToastState> {
  say(toast: { key: string; text: string; tone?: Toast['tone']; action?: ToastAction }): void;
  keep(toast: { key: string; text: string; tone?: Toast['tone']; action?: ToastAction }): void;
  dismiss(slot: keyof ToastState): void;
}

/** Two slots and no stack: a newer notice takes the place of an older one. */
export function createToastStore(): ToastStore {
  const store = createStore<ToastState>(() => ({ transient: null, persistent: null }));

  function put(slot: keyof ToastState, toast: { key: string; text: string; tone?: Toast['tone']; action?: ToastAction }): void {
    const now = store.getState()[slot];
    const count = now?.key === toast.key ? now.count + 1 : 1;
    const next: Toast = { key: toast.key, text: toast.text, tone: toast.tone ?? 'plain', action: toast.action ?? null, count };
    store.setState(slot === 'transient' ? { transient: next } : { persistent: next });
  }

  return {
    ...store,
    say: toast => put('transient', toast),
    keep: toast => put('persistent', toast),
    dismiss: slot => store.setState(slot === 'transient' ? { transient: null } : { persistent: null }),
  };
}
