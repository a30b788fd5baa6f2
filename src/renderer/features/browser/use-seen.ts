import { useEffect, useState, type RefObject } from 'react';

/** Whether somebody can see an element: the window is not hidden and the element lies within what is scrolled to. */
export function useSeen(ref: RefObject<HTMLElement | null>): boolean {
  const [isInSight, setInSight] = useState(false);
  const [isWindowShown, setWindowShown] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = (): void => setWindowShown(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new IntersectionObserver(entries => setInSight(entries.at(-1)?.isIntersecting === true));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return isInSight && isWindowShown;
}
