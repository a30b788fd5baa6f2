import { useStore } from 'zustand';
import { useServices } from '../../state/context.tsx';
import type { AsksProps } from '../../state/asks-slot.ts';
import { AskCard } from './ask-card.tsx';
import { AskedBefore } from './asked-before.tsx';

/** What one job asks now. */
export function AsksOfJob({ jobId, withHistory = false }: AsksProps) {
  const { approvals } = useServices();
  const open = useStore(approvals, state => state.byJob.get(jobId));
  return (
    <>
      {open?.map(approval => (
        <AskCard key={approval.id} approval={approval} />
      ))}
      {withHistory && <AskedBefore jobId={jobId} />}
    </>
  );
}
