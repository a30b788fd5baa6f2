import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import type { Toast, ToastState } from '../../state/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import './toasts.css';

/** Time to read a sentence twice; with something to press, time to decide too (WCAG 2.2.1 asks for enough time). */
const plainMs = 6_000;
const actionMs = 12_000;

export function Toasts() {
  const { toasts } = useServices();
  const { t } = useSpeech();
  const { transient, persistent } = useStore(toasts);
  return (
    <section className="toasts" aria-label={t.toasts.label}>
      <div role="status" className="toast-slot">
        {persistent && <ToastView slot="persistent" toast={persistent} />}
      </div>
      <div role="status" className="toast-slot">
        {transient && <ToastView slot="transient" toast={transient} />}
      </div>
    </section>
  );
}

function ToastView({ slot, toast }: { readonly slot: keyof ToastState; readonly toast: Toast }) {
  const { toasts } = useServices();
  const { t } = useSpeech();
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (slot !== 'transient' || held) return;
    const timer = setTimeout(() => toasts.dismiss('transient'), toast.action ? actionMs : plainMs);
    return () => clearTimeout(timer);
  }, [slot, held, toast, toasts]);

  return (
    <div
      className={`toast toast-${toast.tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>
        {toast.text}
        {toast.count > 1 && <span className="toast-count"> {t.toasts.times(toast.count)}</span>}
      </p>
      {toast.action && (
        <Button
          size="s"
          variant="quiet"
          className="toast-action"
          onClick={() => {
            toast.action?.run();
            toasts.dismiss(slot);
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton size="s" label={t.common.close} icon={<X />} onClick={() => toasts.dismiss(slot)} />
    </div>
  );
}
