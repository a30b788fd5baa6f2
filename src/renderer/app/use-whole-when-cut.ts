import { useEffect } from 'react';

/** Gives text that its place cuts off (`.truncate`) its whole as a title while the pointer is on it, unless it has a title of its own. */
export function useWholeWhenCut(): void {
  useEffect(() => {
    const titled = new WeakSet<Element>();
    const onPointerOver = ({ target }: PointerEvent): void => {
      const element = target instanceof Element ? target.closest('.truncate') : null;
      if (element === null || (element.closest('[title]') !== null && !titled.has(element))) return;
      // Both may have changed since the last time: the text and the room for it.
      if (element.scrollWidth <= element.clientWidth) return element.removeAttribute('title');
      element.setAttribute('title', element.textContent);
      titled.add(element);
    };
    document.addEventListener('pointerover', onPointerOver);
    return () => document.removeEventListener('pointerover', onPointerOver);
  }, []);
}
