import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ProposedSource } from '../../../shared/domain/session.ts';
import { useActions, useOpenLink, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** Sources that an agent has found, each with its reason; none is added before the person says so. */
export function ProposedSources({ sources }: { readonly sources: readonly ProposedSource[] }) {
  if (sources.length === 0) return null;
  return (
    <ul className="proposed">
      {sources.map(source => (
        <Proposed key={source.url} source={source} />
      ))}
    </ul>
  );
}

function Proposed({ source: { url, title, why } }: { readonly source: ProposedSource }) {
  const { documents } = useServices();
  const actions = useActions();
  const openLink = useOpenLink();
  const { t } = useSpeech();
  const isHere = useStore(documents, state => state.documents?.some(({ origin }) => origin.kind === 'url' && origin.url === url) ?? false);
  const [isBusy, setBusy] = useState(false);
  async function add(): Promise<void> {
    setBusy(true);
    await actions.addUrl(url);
    setBusy(false);
  }
  return (
    <li>
      <span className="proposed-text">
        <button type="button" className="message-link truncate" title={url} onClick={() => openLink(url)}>
          {title === '' ? url : title}
        </button>
        <span className="proposed-why">{why}</span>
      </span>
      {isHere ? (
        <span className="proposed-here">
          <Check aria-hidden />
          {t.chat.sourceAdded}
        </span>
      ) : (
        <Button size="s" icon={<Plus aria-hidden />} disabled={isBusy} onClick={() => void add()}>
          {t.composer.urlAdd}
        </Button>
      )}
    </li>
  );
}
