import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { Button } from './button.tsx';
import './dialog.css';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly lead: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before what cannot be taken back. Escape and the first button in the order of keys do nothing. */
export function ConfirmDialog({ open, title, lead, confirm, cancel, onConfirm, onCancel }: ConfirmDialogProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={next => {
        if (!next) onCancel();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="dialog-scrim" />
        <Base.Popup className="dialog dialog-s">
          <header className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
          </header>
          <Base.Description className="dialog-body dialog-lead">{lead}</Base.Description>
          <footer className="dialog-foot">
            <Button onClick={onCancel}>{cancel}</Button>
            <Button variant="danger" onClick={onConfirm}>
              {confirm}
            </Button>
          </footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
