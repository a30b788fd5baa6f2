import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../state/context.tsx';
import { useKeptPlace } from '../../ui/use-kept-place.ts';
import { SynopsisView } from './synopsis-view.tsx';

/** The synopsis in its scrolled area; closed and opened again, it is where it was left. */
export function SynopsisScroll({ areaRef }: { readonly areaRef?: RefObject<HTMLDivElement | null> }) {
  const { synopsis, view } = useServices();
  const versionId = useStore(synopsis, state => state.version?.id ?? null);
  const own = useRef<HTMLDivElement>(null);
  const ref = areaRef ?? own;
  useKeptPlace(ref);
  useLayoutEffect(() => {
    if (ref.current && versionId) ref.current.scrollTop = view.placeIn(versionId);
  }, [ref, versionId, view]);
  useEffect(() => {
    const area = ref.current;
    if (!area || !versionId) return;
    const keep = (): void => view.keepPlaceIn(versionId, area.scrollTop);
    area.addEventListener('scroll', keep, { passive: true });
    return () => area.removeEventListener('scroll', keep);
  }, [ref, versionId, view]);
  const sought = useStore(view, state => (state.sought?.what === 'section' ? state.sought : null));
  useEffect(() => {
    if (sought === null || !versionId) return;
    view.found();
    ref.current?.querySelector(`[data-section="${sought.section}"]`)?.scrollIntoView({ block: 'start' });
  }, [ref, sought, versionId, view]);
  return (
    <div className="synopsis-scroll" tabIndex={-1} ref={ref}>
      <SynopsisView />
    </div>
  );
}
