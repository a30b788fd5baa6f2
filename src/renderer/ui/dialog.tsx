import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import './dialog.css';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: 's' | 'm' | 'l' | 'settings';
}

export function Dialog({ open, onClose, title, closeLabel, children, footer, size = 'm' }: DialogProps) {
  // The dialog itself, not its first button: what closes it is not what it was opened for.
  const ref = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      onOpenChange={next => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="dialog-scrim" />
        <Base.Popup ref={ref} initialFocus={ref} className={`dialog dialog-${size}`}>
          <header className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
            <IconButton label={closeLabel} icon={<X />} size="s" onClick={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
