import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** At the foot of the window, only while a newer version waits for the person's word. */
export function UpdateNote() {
  const { updates, view } = useServices();
  const { t } = useSpeech();
  const update = useStore(updates, state => state.update);
  // A window that opens later hears of what was found before it.
  useEffect(() => void updates.reload(), [updates]);
  if (update?.state !== 'available' && update?.state !== 'ready') return null;
  return (
    <Button size="s" variant="quiet" onClick={() => view.openSettings('about')}>
      {update.state === 'ready' ? t.updates.noteReady : t.updates.noteAvailable}
    </Button>
  );
}
