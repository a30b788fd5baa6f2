import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from './tooltip.tsx';
import './icon-button.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  readonly pressed?: boolean;
  readonly size?: 's' | 'm';
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

export function IconButton({ label, icon, keys, pressed, size = 'm', side, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys} {...(side ? { side } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={`icon-button icon-button-${size} ${className ?? ''}`}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
