import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Keys } from './keys.tsx';
import './tooltip.css';

interface TooltipProps {
  readonly label: string;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactElement;
}

/** A name shown on hover and focus. The trigger still carries the name itself, for assistive technology. */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return (
    // Escape takes the tooltip away and still reaches what it was meant for: the dialog or pane under it.
    <Base.Root
      onOpenChange={(_open, details) => {
        if (details.reason === 'escape-key') details.allowPropagation();
      }}
    >
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="tooltip-positioner" side={side} sideOffset={6}>
          <Base.Popup className="tooltip">
            {label}
            {keys !== undefined && <Keys combo={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export const TooltipProvider = Base.Provider;
