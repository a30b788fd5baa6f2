import type { ComponentProps, ReactNode } from 'react';
import './button.css';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly variant?: 'plain' | 'accent' | 'quiet' | 'danger';
  readonly size?: 's' | 'm' | 'l';
  readonly icon?: ReactNode;
}

export function Button({ variant = 'plain', size = 'm', icon, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button-${variant} button-${size} ${className ?? ''}`} {...rest}>
      {icon}
      {children !== undefined && <span className="button-label">{children}</span>}
    </button>
  );
}
