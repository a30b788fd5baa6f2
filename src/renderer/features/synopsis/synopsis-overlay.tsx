import { useEffect, useRef } from 'react';
import { useSpeech } from '../../state/context.tsx';
import { SynopsisTools, SynopsisView } from './synopsis-view.tsx';
import './synopsis-overlay.css';

/** The synopsis over the chat. Not modal: the list of chats and the sources beside it stay usable. */
export function SynopsisOverlay() {
  const { t } = useSpeech();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <section ref={ref} className="synopsis-overlay" role="dialog" aria-label={t.synopsis.title} tabIndex={-1}>
      <header className="synopsis-overlay-bar">
        <span className="synopsis-overlay-name">{t.synopsis.title}</span>
        <SynopsisTools placement="overlay" />
      </header>
      <div className="synopsis-scroll" tabIndex={-1}>
        <SynopsisView />
      </div>
    </section>
  );
}
