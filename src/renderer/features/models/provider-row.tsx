import { KeyRound, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ProviderView } from '../../../shared/domain/provider.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

interface ProviderRowProps {
  readonly provider: ProviderView;
  /** Why it did not tell its models, as an error code. */
  readonly problem: string | null;
  readonly onProblem: (problem: string | null) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

export function ProviderRow({ provider, problem, onProblem, onEdit, onRemove }: ProviderRowProps) {
  const { models: store } = useServices();
  const { t, error } = useSpeech();
  const [isAsking, setAsking] = useState(false);
  async function refresh(): Promise<void> {
    setAsking(true);
    onProblem(null);
    onProblem(await store.refresh(provider.id));
    setAsking(false);
  }
  return (
    <li className="model-provider">
      <div className="model-provider-words">
        <strong>{provider.name}</strong>
        <span className="models-note model-provider-address">
          {provider.hasKey && <KeyRound aria-label={t.models.key} />}
          {provider.baseUrl}
        </span>
        <p className={problem === null ? 'models-note' : 'models-problem'} role="status">
          {isAsking
            ? t.models.refreshing
            : problem !== null
              ? error(problem)
              : provider.modelsSeenAtMs === null
                ? t.models.notAsked
                : t.models.modelCount(provider.models.length)}
        </p>
      </div>
      <IconButton
        size="s"
        label={t.models.refresh(provider.name)}
        icon={<RefreshCw />}
        disabled={isAsking}
        onClick={() => void refresh()}
      />
      <IconButton size="s" label={t.models.edit(provider.name)} icon={<Pencil />} onClick={onEdit} />
      <IconButton size="s" label={t.models.remove(provider.name)} icon={<Trash2 />} onClick={onRemove} />
    </li>
  );
}
