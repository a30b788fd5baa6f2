import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AskCard } from './ask-card.tsx';

/** What a job of the list asks, where the list has no room for it. */
export function AsksDialog() {
  const { approvals, view, jobs } = useServices();
  const { t } = useSpeech();
  const jobId = useStore(view, state => state.asksOf);
  const open = useStore(approvals, state => (jobId === null ? undefined : state.byJob.get(jobId)));
  const title = useStore(jobs, state => (jobId === null ? undefined : state.byId.get(jobId)?.title));
  const close = () => view.setDialog(null);
  return (
    <Dialog open title={title ?? t.asks.title.approval} closeLabel={t.common.close} onClose={close}>
      {open === undefined ? (
        <p>{t.asks.noneLeft}</p>
      ) : (
        open.map(approval => <AskCard key={approval.id} approval={approval} onAnswered={close} />)
      )}
    </Dialog>
  );
}
