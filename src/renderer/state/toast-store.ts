import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Speech } from '../i18n/format.ts';

/** A sentence that is said when it is shown, so a toast changes its language with the window. */
export type Sentence = (speech: Speech) => string;

export interface ToastAction {
  readonly label: Sentence;
  run(): void;
}

export interface Toast {
  /** The same key aggregates: the newer text replaces the older and the count goes up. */
  readonly key: string;
  readonly text: Sentence;
  readonly tone: 'plain' | 'problem';
  readonly action: ToastAction | null;
  /** `news` tells of something that ended out of sight and stays longer than an `answer` to what the person just did. */
  readonly about: 'answer' | 'news';
  readonly count: number;
}

export interface ToastState {
  /** Oldest first. */
  readonly toasts: readonly Toast[];
}

interface NewToast {
  readonly key: string;
  readonly text: Sentence;
  readonly tone?: Toast['tone'];
  readonly action?: ToastAction;
}

export interface ToastStore extends StoreApi<ToastState> {
  /** Answers what the person just did; an earlier answer gives way, as it speaks of what is past. */
  say(toast: NewToast): void;
  /** Tells of something that happened out of sight. */
  keep(toast: NewToast): void;
  dismiss(key: string): void;
}

export function createToastStore(): ToastStore {
  const store = createStore<ToastState>(() => ({ toasts: [] }));

  function put(about: Toast['about'], { key, text, tone = 'plain', action }: NewToast): void {
    const before = store.getState().toasts;
    const count = (before.find(toast => toast.key === key)?.count ?? 0) + 1;
    const rest = before.filter(toast => toast.key !== key && (about === 'news' || toast.about === 'news'));
    store.setState({ toasts: [...rest, { key, text, tone, action: action ?? null, about, count }] });
  }

  return {
    ...store,
    say: toast => put('answer', toast),
    keep: toast => put('news', toast),
    dismiss(key) {
      const { toasts } = store.getState();
      if (toasts.some(toast => toast.key === key)) store.setState({ toasts: toasts.filter(toast => toast.key !== key) });
    },
  };
}
