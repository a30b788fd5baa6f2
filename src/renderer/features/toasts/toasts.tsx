import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import type { Toast } from '../../state/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import './toasts.css';

/** Time to read a sentence twice; with something to press, time to decide too (WCAG 2.2.1 asks for enough time). */
const plainMs = 6_000;
const actionMs = 12_000;
/** News is not waited for: time to look up from a page. It stays to be found in the list of tasks. */
const newsMs = 25_000;
/** The line at the foot has room for one; the others wait their turn, and their time is not counted before. */
const shownAtOnce = 1;

function lifetimeMs({ about, action }: Toast): number {
  if (about === 'news') return newsMs;
  return action ? actionMs : plainMs;
}

/** Notices stand in the line at the foot of the window: they push nothing away and cover nothing that can be pressed. */
export function Toasts() {
  const { toasts: store } = useServices();
  const { t } = useSpeech();
  const toasts = useStore(store, state => state.toasts);
  const shown = toasts.slice(-shownAtOnce);
  const hidden = toasts.length - shown.length;
  return (
    <section className="toasts" aria-label={t.toasts.label} role="status">
      {shown.map((toast, at) => (
        <ToastView key={toast.key} toast={toast} more={at === 0 ? hidden : 0} />
      ))}
    </section>
  );
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
const isHidden = (): boolean => document.visibilityState === 'hidden';

function ToastView({ toast, more }: { readonly toast: Toast; readonly more: number }) {
  const { toasts } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  // Nobody reads in a window that is not on the screen.
  const away = useSyncExternalStore(onVisibility, isHidden);
  const held = pointed || focused || away;

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toasts.dismiss(toast.key), lifetimeMs(toast));
    return () => clearTimeout(timer);
  }, [held, toast, toasts]);

  return (
    <div
      className={`toast toast-${toast.tone}`}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <p>
        {toast.text(speech)}
        {toast.count > 1 && <span className="toast-count"> {t.toasts.times(toast.count)}</span>}
      </p>
      {more > 0 && <span className="toast-count">{t.toasts.more(more)}</span>}
      {toast.action && (
        <Button
          size="s"
          variant="quiet"
          className="toast-action"
          onClick={() => {
            toast.action?.run();
            toasts.dismiss(toast.key);
          }}
        >
          {toast.action.label(speech)}
        </Button>
      )}
      <IconButton size="s" side="top" label={t.common.close} icon={<X />} onClick={() => toasts.dismiss(toast.key)} />
    </div>
  );
}
