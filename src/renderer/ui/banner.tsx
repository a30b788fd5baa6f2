import type { ReactNode } from 'react';
import './banner.css';

/** A state that stays until somebody changes it, with the button that does; told once to those who listen. */
export function Banner({
  tone,
  icon,
  children,
  action,
}: {
  readonly tone: 'warn' | 'bad';
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={`banner banner-${tone}`} role="status">
      {icon}
      <p>{children}</p>
      {action}
    </div>
  );
}
