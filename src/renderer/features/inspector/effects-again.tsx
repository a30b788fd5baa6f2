import { useStore } from 'zustand';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks before effects that have happened happen again, wherever the retry was pressed. */
export function EffectsAgain() {
  const { jobs, view } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const request = useStore(jobs, state => state.confirming);

  async function confirm(): Promise<void> {
    if (request === null) return;
    const ran = await jobs.again(request, true);
    if (!ran.ok) sayError(ran.code);
    else if (request.how === 'fork' && ran.job !== null) view.inspect(ran.job.id);
  }

  return (
    <ConfirmDialog
      open={request !== null}
      title={t.inspector.againTitle}
      lead={t.inspector.againLead}
      confirm={t.inspector.againConfirm}
      cancel={t.inspector.cancel}
      onConfirm={() => void confirm()}
      onCancel={() => jobs.stopConfirming()}
    />
  );
}
