import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import type { SessionId } from '../../../shared/domain/ids.ts';

/**
 * Keeps the focus on a row that the person has renamed or removed while the list changes for it: its field goes, it takes
 * another place, or it goes itself and the row that comes to its place has the focus. Until the person's next key or click;
 * a focus that is elsewhere is left alone.
 *
 * @param listRef the list, whose rows are the buttons with a `data-session-id`
 * @param afterLastRef what has the focus when no row is left
 */
export function useKeptFocus(
  listRef: RefObject<HTMLElement | null>,
  afterLastRef: RefObject<HTMLElement | null>,
): (sessionId: SessionId) => void {
  const kept = useRef<{ readonly id: SessionId; readonly at: number } | null>(null);

  const rows = useCallback(() => [...(listRef.current?.querySelectorAll<HTMLElement>('[data-session-id]') ?? [])], [listRef]);

  useLayoutEffect(() => {
    if (kept.current === null || !isLost(document.activeElement)) return;
    const { id, at } = kept.current;
    const there = rows();
    (there.find(row => row.dataset['sessionId'] === id) ?? there[at] ?? there.at(-1) ?? afterLastRef.current)?.focus();
  });

  return useCallback(
    id => {
      const at = rows().findIndex(row => row.dataset['sessionId'] === id);
      kept.current = { id, at: Math.max(0, at) };
      const controller = new AbortController();
      const forget = (): void => {
        controller.abort();
        kept.current = null;
      };
      for (const event of ['keydown', 'pointerdown'] as const)
        document.addEventListener(event, forget, { capture: true, signal: controller.signal });
    },
    [rows],
  );
}

/** A menu that closes gives the focus back to its button, which may be gone by then. */
function isLost(active: Element | null): boolean {
  return active === null || active === document.body || active.closest('[role="menu"]') !== null;
}
