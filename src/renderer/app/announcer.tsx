import { useStore } from 'zustand';
import { useServices } from '../state/context.tsx';

/** Speaks boundaries politely; the log itself is silent while it streams. */
export function Announcer() {
  const { text, turn } = useStore(useServices().announcer);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      <span key={turn}>{text}</span>
    </div>
  );
}
