import { useEffect, useMemo, useRef, type ClipboardEvent, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import type { PersonInput } from '../../../shared/domain/browser.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { useSayError, useServices } from '../../state/context.tsx';
import { createInputQueue } from './input-queue.ts';
import { pagePoint, type Point, type Size } from './page-point.ts';
import { inputOfKey } from './person-keys.ts';

/** By the number of `MouseEvent.button`. */
const buttons = ['left', 'middle', 'right'] as const;
/** Characters of one piece of text: as many as one event takes. */
const pasteChars = 2_000;

interface PersonInputParams {
  readonly jobId: JobId;
  readonly isHeld: boolean;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly page: RefObject<Size>;
  /** The person wants out of the page. */
  readonly onLeave: () => void;
}

/** Handlers of the live view that give mouse, wheel and keyboard to the page while a person holds it, and to nobody else. */
export function usePersonInput({ jobId, isHeld, canvas, page, onLeave }: PersonInputParams) {
  const { browser } = useServices();
  const sayError = useSayError();
  /** Keys that the page believes to be down. */
  const down = useRef(new Set<string>());
  const queue = useMemo(
    () =>
      createInputQueue(async events => {
        const failed = await browser.input(jobId, events);
        sayError(failed);
        return failed === null;
      }),
    [browser, jobId, sayError],
  );

  useEffect(() => {
    const element = canvas.current;
    if (element === null || !isHeld) return;
    const held = down.current;
    // React listens to the wheel without a say in whether the pane scrolls.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      queue.push({ type: 'wheel', ...pointOf(event, element, page.current), dx: event.deltaX, dy: event.deltaY });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
      held.clear();
      queue.clear();
    };
  }, [canvas, isHeld, page, queue]);

  const push = (event: PersonInput): void => {
    if (isHeld) queue.push(event);
  };
  const mouse = (what: 'move' | 'down' | 'up') => (event: PointerEvent<HTMLCanvasElement>) => {
    const element = event.currentTarget;
    if (!isHeld) return;
    if (what === 'down') {
      event.preventDefault();
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
    }
    push({ type: 'mouse', what, ...pointOf(event, element, page.current), button: buttons[event.button] ?? 'left' });
  };
  /** A key that is down when nobody watches the keyboard any more would stay down for ever. */
  function releaseAll(): void {
    for (const key of down.current) push({ type: 'key', what: 'up', key });
    down.current.clear();
  }
  function escape(): void {
    push({ type: 'key', what: 'down', key: 'Escape' });
    push({ type: 'key', what: 'up', key: 'Escape' });
  }
  const key = (what: 'down' | 'up') => (event: KeyboardEvent<HTMLCanvasElement>) => {
    if (!isHeld || event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      // The one key that is not the page's: with it a person without a mouse gets out again.
      event.preventDefault();
      event.stopPropagation();
      if (what === 'up') return;
      if (event.shiftKey) return escape();
      releaseAll();
      return onLeave();
    }
    event.stopPropagation();
    // Pasted text comes as text.
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyV') return;
    event.preventDefault();
    const input = inputOfKey(event, what);
    if (input === null) return;
    if (input.type === 'key') {
      if (what === 'down') down.current.add(input.key);
      else if (!down.current.delete(input.key)) return;
    }
    push(input);
  };

  return {
    onPointerMove: mouse('move'),
    onPointerDown: mouse('down'),
    onPointerUp: mouse('up'),
    onKeyDown: key('down'),
    onKeyUp: key('up'),
    onBlur: releaseAll,
    onContextMenu: (event: { preventDefault: () => void }) => {
      if (isHeld) event.preventDefault();
    },
    onPaste: (event: ClipboardEvent) => {
      const text = event.clipboardData.getData('text/plain');
      for (let at = 0; at < text.length; at += pasteChars) push({ type: 'text', text: text.slice(at, at + pasteChars) });
    },
  };
}

function pointOf(event: { readonly clientX: number; readonly clientY: number }, element: HTMLElement, page: Size): Point {
  const box = element.getBoundingClientRect();
  return pagePoint({ x: event.clientX - box.left, y: event.clientY - box.top }, box, page);
}
