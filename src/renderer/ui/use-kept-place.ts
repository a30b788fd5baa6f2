import { useEffect, type RefObject } from 'react';

/** How far below the upper edge the line is looked for that counts as the one being read, in CSS pixels. */
const readingLinePx = 24;

interface Anchor {
  readonly element: Element;
  /** Its distance from the upper edge of the scrolled area, in CSS pixels. */
  readonly top: number;
}

/**
 * Keeps what the person looks at where it is when a scrolled area gets another width and its text breaks anew: what was
 * pressed last, or else the line at the upper edge. A browser's own anchoring is for content that grows, not for this.
 */
export function useKeptPlace(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const area = ref.current;
    if (!area) return;
    let anchor: Anchor | null = null;
    let width = area.clientWidth;
    let byUs = false;
    const topOf = (element: Element): number => element.getBoundingClientRect().top - area.getBoundingClientRect().top;

    const onPress = (event: Event): void => {
      if (event.target instanceof Element && event.target !== area) anchor = { element: event.target, top: topOf(event.target) };
    };
    const onScroll = (): void => {
      if (byUs) return void (byUs = false);
      const box = area.getBoundingClientRect();
      const element = document.elementFromPoint(box.left + box.width / 2, box.top + readingLinePx);
      anchor = element && element !== area && area.contains(element) ? { element, top: topOf(element) } : null;
    };
    const observer = new ResizeObserver(() => {
      if (area.clientWidth === width) return;
      width = area.clientWidth;
      if (!anchor?.element.isConnected) return;
      const before = area.scrollTop;
      area.scrollTop += topOf(anchor.element) - anchor.top;
      byUs = area.scrollTop !== before;
    });
    observer.observe(area);
    area.addEventListener('pointerdown', onPress);
    area.addEventListener('focusin', onPress);
    area.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      area.removeEventListener('pointerdown', onPress);
      area.removeEventListener('focusin', onPress);
      area.removeEventListener('scroll', onScroll);
    };
  }, [ref]);
}
