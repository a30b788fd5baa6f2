import { useState } from 'react';
import type { ProviderId } from '../../../shared/domain/ids.ts';
import {
  defaultBaseUrls,
  endpointFaults,
  keyLengthLimit,
  providerKinds,
  type ProviderKind,
  type ProvidersView,
  type ProviderView,
} from '../../../shared/domain/provider.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ProviderFormProps {
  /** Null makes a new one. */
  readonly provider: ProviderView | null;
  readonly secrets: ProvidersView['secrets'];
  readonly onCancel: () => void;
  /** `problem` is why it did not tell its models, as an error code. */
  readonly onSaved: (id: ProviderId, problem: string | null) => void;
}

/** Problems that stand at the address; the others are at the foot of the form. */
const ofAddress: ReadonlySet<string> = new Set(endpointFaults);

export function ProviderForm({ provider, secrets, onCancel, onSaved }: ProviderFormProps) {
  const { models: store } = useServices();
  const { t, error } = useSpeech();
  const [kind, setKind] = useState<ProviderKind>(provider?.kind ?? 'openai_compatible');
  const [name, setName] = useState(provider?.name ?? '');
  const [address, setAddress] = useState(provider?.baseUrl ?? '');
  const [key, setKey] = useState('');
  const [forget, setForget] = useState(false);
  const [acceptWeak, setAcceptWeak] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const usual = defaultBaseUrls[kind];
  const typedKey = key.trim();
  const isComplete = (address.trim() !== '' || usual !== null) && (typedKey === '' || secrets === 'strong' || acceptWeak);

  async function save(): Promise<void> {
    setSaving(true);
    setFailure(null);
    const saved = await store.save({
      providerId: provider?.id ?? null,
      kind,
      name: name.trim() === '' ? t.models.kinds[kind] : name.trim(),
      baseUrl: address.trim() === '' ? null : address.trim(),
      key: typedKey !== '' ? { is: 'new', value: typedKey, acceptWeak } : forget ? { is: 'removed' } : { is: 'kept' },
    });
    setSaving(false);
    if (saved.ok) onSaved(saved.value.provider.id, saved.value.listed);
    else setFailure(saved.code);
  }

  return (
    <form
      className="provider-form"
      onSubmit={event => {
        event.preventDefault();
        if (isComplete && !isSaving) void save();
      }}
    >
      <SelectField
        label={t.models.kind}
        value={kind}
        options={providerKinds.map(value => ({ value, label: t.models.kinds[value] }))}
        onChange={next => {
          setKind(next);
          // An address of another kind is nobody's wish.
          if (address === usual) setAddress('');
        }}
      />
      <TextField label={t.models.name} value={name} maxLength={80} onChange={setName} suggestions={['Ollama', 'LM Studio', 'OpenRouter']} />
      <TextField
        label={t.models.address}
        value={address}
        maxLength={2_048}
        spellCheck={false}
        inputMode="url"
        onChange={setAddress}
        hint={usual ?? t.models.addressHint}
        problem={failure !== null && ofAddress.has(failure) ? error(failure) : null}
      />
      <SecretField
        label={t.models.key}
        value={key}
        maxLength={keyLengthLimit}
        isDisabled={secrets === 'unavailable'}
        hint={secrets === 'unavailable' ? t.models.unavailable : provider?.hasKey === true ? t.models.keyKept : t.models.keyHint}
        onChange={setKey}
      />
      {provider?.hasKey === true && typedKey === '' && <SwitchField label={t.models.removeKey} checked={forget} onChange={setForget} />}
      {typedKey !== '' && secrets === 'weak' && (
        <div className="provider-weak">
          <p>{t.models.weak}</p>
          <SwitchField label={t.models.acceptWeak} checked={acceptWeak} onChange={setAcceptWeak} />
        </div>
      )}
      {failure !== null && !ofAddress.has(failure) && (
        <p className="models-problem" role="alert">
          {error(failure)}
        </p>
      )}
      <div className="provider-form-foot">
        {isSaving && (
          <span className="models-note" role="status">
            {t.models.refreshing}
          </span>
        )}
        <Button onClick={onCancel}>{t.models.back}</Button>
        <Button variant="accent" disabled={!isComplete || isSaving} onClick={() => void save()}>
          {t.models.save}
        </Button>
      </div>
    </form>
  );
}
