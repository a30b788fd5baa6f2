import type { KeyboardEvent, PointerEvent } from 'react';
import './splitter.css';

interface SplitterProps {
  readonly orientation: 'vertical' | 'horizontal';
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** 1 when moving right or down enlarges the pane, -1 when it shrinks it. */
  readonly direction: 1 | -1;
  readonly onResize: (px: number) => void;
  readonly className?: string;
}

/** One press of an arrow key: coarse enough to get somewhere, fine enough to aim. */
const keyStepPx = 16;

export function Splitter({ orientation, label, value, min, max, direction, onResize, className }: SplitterProps) {
  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const from = orientation === 'vertical' ? event.clientX : event.clientY;
    handle.setPointerCapture(event.pointerId);
    const move = (at: globalThis.PointerEvent): void => {
      const now = orientation === 'vertical' ? at.clientX : at.clientY;
      onResize(value + (now - from) * direction);
    };
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('lostpointercapture', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const [less, more] = orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = event.key === more ? keyStepPx : event.key === less ? -keyStepPx : 0;
    if (step === 0) return;
    event.preventDefault();
    onResize(value + step * direction);
  }

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation={orientation}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={`splitter splitter-${orientation} ${className ?? ''}`}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
