import { Plug } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { LocalServer } from '../../../shared/domain/provider.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import './models.css';

/** Programs with models that run on this computer, each one click away from being used. */
export function FoundServers() {
  const { models: store } = useServices();
  const { t } = useSpeech();
  const { found, isLooking } = useStore(store);
  // Once there is a provider, nobody is waiting to be told that there is no other.
  const isFirst = useStore(store, state => state.view?.providers.length === 0);
  return (
    <div className="models-found" aria-live="polite">
      {found?.map(server => (
        <FoundServer key={server.baseUrl} server={server} />
      ))}
      {isFirst && (isLooking || found?.length === 0) && (
        <p className="models-note">
          {isLooking ? t.models.looking : t.models.nothingFound}
          {!isLooking && (
            <button type="button" className="models-link" onClick={() => void store.look({ again: true })}>
              {t.models.lookAgain}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

export function FoundServer({ server }: { readonly server: LocalServer }) {
  const { models: store } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const [isBusy, setBusy] = useState(false);
  const program = t.models.program[server.program];
  async function connect(): Promise<void> {
    setBusy(true);
    sayError(await store.connect(server, program));
    setBusy(false);
  }
  return (
    <div className="model-found">
      <Plug aria-hidden />
      <p>{server.models.length === 0 ? t.models.foundNoModels(program) : t.models.found(program, server.models.length)}</p>
      {server.models.length > 0 && (
        <Button variant="accent" size="s" aria-label={t.models.useFound(program)} disabled={isBusy} onClick={() => void connect()}>
          {t.models.use}
        </Button>
      )}
    </div>
  );
}
