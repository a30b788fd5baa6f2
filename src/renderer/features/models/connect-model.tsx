import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { FoundServer } from './found-servers.tsx';
import './models.css';

/** For the first screen while there is no model: what was found on this computer, before all else. */
export function FoundModel() {
  const { models: store } = useServices();
  const { view: all, found } = useStore(store);
  const isWanted = all?.providers.length === 0;
  useEffect(() => {
    if (isWanted) void store.look();
  }, [store, isWanted]);
  if (!isWanted || found === null || found.length === 0) return null;
  return (
    <div className="connect-found">
      {found.map(server => (
        <FoundServer key={server.baseUrl} server={server} />
      ))}
    </div>
  );
}

/** The way to other models, at the foot of the first screen; where there are providers, why none of them answers. */
export function ConnectModel() {
  const { models: store, view } = useServices();
  const { t } = useSpeech();
  const answering = useStore(store, state => state.view?.answering ?? null);
  if (answering === null || answering.can) return null;
  const isFirst = answering.reason === 'no_provider';
  return (
    <p className="connect-model">
      <Button onClick={() => view.setDialog('models')}>{isFirst ? t.models.connect : t.models.choose}</Button>
      <span>{isFirst ? t.models.connectHint : t.models.answering.no[answering.reason]}</span>
    </p>
  );
}
