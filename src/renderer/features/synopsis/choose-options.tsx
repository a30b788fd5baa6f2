import { useState } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SynopsisOptions } from './make-again.tsx';

/** For whoever does not want the synopsis that one press makes: its options, beside that button. */
export function ChooseOptions() {
  const { view, synopsis } = useServices();
  const { t } = useSpeech();
  const sessionId = useStore(view, state => state.sessionId);
  const requesting = useStore(synopsis, state => state.requesting);
  const making = useStore(synopsis, state => state.version?.state === 'making');
  const [open, setOpen] = useState(false);
  return (
    <Popover
      title={t.synopsis.optionsTitle}
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="s" variant="quiet" className="synopsis-choose" disabled={!sessionId || requesting || making}>
          {t.synopsis.options}
        </Button>
      }
    >
      <SynopsisOptions key={sessionId} label={t.synopsis.make} onMake={() => setOpen(false)} />
    </Popover>
  );
}
