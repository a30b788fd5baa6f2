import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ProviderId } from '../../../shared/domain/ids.ts';
import type { ProvidersView, ProviderView } from '../../../shared/domain/provider.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FoundServers } from './found-servers.tsx';
import { ProviderForm } from './provider-form.tsx';
import { ProviderRow } from './provider-row.tsx';
import { RoleChoices } from './role-choices.tsx';
import './models.css';

type Shown = { readonly what: 'list' } | { readonly what: 'form'; readonly provider: ProviderView | null };

/** Where models come from and what each of them does. */
export function ModelsDialog() {
  const { models: store, view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { view: all, failure } = useStore(store);
  const [shown, setShown] = useState<Shown>({ what: 'list' });
  const [problems, setProblems] = useState<ReadonlyMap<ProviderId, string>>(new Map());
  useEffect(() => {
    void store.reload();
    void store.look();
  }, [store]);
  const title = shown.what === 'list' ? t.models.title : shown.provider === null ? t.models.addTitle : t.models.editTitle;

  return (
    <Dialog open onClose={() => view.setDialog(null)} title={title} closeLabel={t.common.close}>
      {all === null ? (
        <p className="models-note" role="status">
          {failure === null ? t.common.loading : speech.error(failure)}
        </p>
      ) : shown.what === 'form' ? (
        <ProviderForm
          provider={shown.provider}
          secrets={all.secrets}
          onCancel={() => setShown({ what: 'list' })}
          onSaved={(id, problem) => {
            setProblems(before => withProblem(before, id, problem));
            setShown({ what: 'list' });
          }}
        />
      ) : (
        <ProviderList
          all={all}
          problems={problems}
          onProblem={(id, problem) => setProblems(before => withProblem(before, id, problem))}
          onEdit={provider => setShown({ what: 'form', provider })}
        />
      )}
    </Dialog>
  );
}

function withProblem(before: ReadonlyMap<ProviderId, string>, id: ProviderId, problem: string | null): ReadonlyMap<ProviderId, string> {
  const next = new Map(before);
  if (problem === null) next.delete(id);
  else next.set(id, problem);
  return next;
}

interface ProviderListProps {
  readonly all: ProvidersView;
  /** Why a provider did not tell its models, as an error code. */
  readonly problems: ReadonlyMap<ProviderId, string>;
  readonly onProblem: (id: ProviderId, problem: string | null) => void;
  readonly onEdit: (provider: ProviderView | null) => void;
}

function ProviderList({ all, problems, onProblem, onEdit }: ProviderListProps) {
  const { models: store, toasts } = useServices();
  const { t, error } = useSpeech();
  const [leaving, setLeaving] = useState<ProviderView | null>(null);
  const { providers, answering } = all;

  async function remove(provider: ProviderView): Promise<void> {
    setLeaving(null);
    const failure = await store.remove(provider.id);
    if (failure !== null) toasts.say({ key: 'models', text: () => error(failure), tone: 'problem' });
  }

  return (
    <div className="models">
      <p className={`models-answering ${answering.can ? 'models-answering-yes' : ''}`} role="status">
        {answering.can ? t.models.answering.yes(answering.modelId, answering.provider) : t.models.answering.no[answering.reason]}
      </p>
      <FoundServers />
      <section className="models-part" aria-label={t.models.providers}>
        {providers.length === 0 ? (
          <EmptyState title={t.models.empty} lead={t.models.emptyLead} />
        ) : (
          <ul className="model-providers">
            {providers.map(provider => (
              <ProviderRow
                key={provider.id}
                provider={provider}
                problem={problems.get(provider.id) ?? null}
                onProblem={problem => onProblem(provider.id, problem)}
                onEdit={() => onEdit(provider)}
                onRemove={() => setLeaving(provider)}
              />
            ))}
          </ul>
        )}
        <Button
          className="models-add"
          variant={providers.length === 0 ? 'accent' : 'plain'}
          icon={<Plus aria-hidden />}
          onClick={() => onEdit(null)}
        >
          {t.models.add}
        </Button>
      </section>
      {providers.length > 0 && <RoleChoices all={all} />}
      <ConfirmDialog
        open={leaving !== null}
        title={leaving === null ? '' : t.models.removeTitle(leaving.name)}
        lead={t.models.removeText}
        confirm={t.models.removeYes}
        cancel={t.models.removeNo}
        onConfirm={() => leaving !== null && void remove(leaving)}
        onCancel={() => setLeaving(null)}
      />
    </div>
  );
}
