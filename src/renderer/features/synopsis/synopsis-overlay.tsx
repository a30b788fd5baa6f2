import { useEffect, useRef } from 'react';
import { useSpeech } from '../../state/context.tsx';
import { SynopsisScroll } from './synopsis-scroll.tsx';
import { SynopsisTools } from './synopsis-tools.tsx';
import './synopsis-overlay.css';

/** The synopsis over the conversation. Not modal: the composer, the list of chats and the sources beside it stay usable. */
export function SynopsisOverlay() {
  const { t } = useSpeech();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <section className="synopsis-overlay" role="dialog" aria-label={t.synopsis.title}>
      <header className="synopsis-overlay-bar">
        <span className="synopsis-overlay-name">{t.synopsis.title}</span>
        <SynopsisTools placement="overlay" />
      </header>
      <SynopsisScroll areaRef={ref} />
    </section>
  );
}
