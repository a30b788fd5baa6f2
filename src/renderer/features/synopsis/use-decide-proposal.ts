import { useState } from 'react';
import type { SectionKind } from '../../../shared/domain/synopsis.ts';
import { useActions, useSayError, useServices } from '../../state/context.tsx';
import { currentOf } from '../../state/synopsis-store.ts';

/** Takes proposed sections or leaves them as they were; what was taken can be undone from the toast that says so. */
export function useDecideProposal(): {
  readonly busy: boolean;
  readonly decide: (kinds: readonly SectionKind[], accept: boolean) => Promise<void>;
} {
  const { synopsis, toasts } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const [busy, setBusy] = useState(false);

  async function decide(kinds: readonly SectionKind[], accept: boolean): Promise<void> {
    setBusy(true);
    const code = await synopsis.decide([...kinds], accept);
    setBusy(false);
    if (code !== null) return sayError(code);
    if (!accept) return;
    const made = currentOf(synopsis.getState())?.id ?? null;
    toasts.say({
      key: 'proposal-taken',
      text: said => said.t.stale.accepted(kinds.length),
      action: { label: said => said.t.common.undo, run: () => void actions.undoSynopsis(made) },
    });
  }
  return { busy, decide };
}
