import { useState } from 'react';
import { endpointFaults, keyLengthLimit } from '../../../shared/domain/provider.ts';
import type { ReachView } from '../../../shared/domain/reach.ts';
import { defaultSearchUrls, webSearchKinds, type WebSearchKind } from '../../../shared/domain/web-search.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Problems that stand at the address; the others are at the foot of the form. */
const ofAddress: ReadonlySet<string> = new Set(endpointFaults);

export function WebSearchForm({ all, onDone }: { readonly all: ReachView; readonly onDone: () => void }) {
  const { reach: store } = useServices();
  const { t, error } = useSpeech();
  const { webSearch: before, secrets } = all;
  const [kind, setKind] = useState<WebSearchKind>(before?.kind ?? 'searxng');
  const [address, setAddress] = useState(before?.url ?? '');
  const [key, setKey] = useState('');
  const [forget, setForget] = useState(false);
  const [acceptWeak, setAcceptWeak] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const usual = defaultSearchUrls[kind];
  const typedKey = key.trim();
  const isComplete = (address.trim() !== '' || usual !== null) && (typedKey === '' || secrets === 'strong' || acceptWeak);

  async function save(): Promise<void> {
    setSaving(true);
    setFailure(null);
    const code = await store.saveSearch({
      kind,
      url: address.trim() === '' ? null : address.trim(),
      key: typedKey !== '' ? { is: 'new', value: typedKey, acceptWeak } : forget ? { is: 'removed' } : { is: 'kept' },
    });
    setSaving(false);
    if (code === null) onDone();
    else setFailure(code);
  }

  return (
    <form
      className="reach-form"
      onSubmit={event => {
        event.preventDefault();
        if (isComplete && !isSaving) void save();
      }}
    >
      <SelectField
        label={t.reach.kind}
        value={kind}
        options={webSearchKinds.map(value => ({ value, label: t.reach.kinds[value] }))}
        onChange={next => {
          setKind(next);
          // An address of another kind is nobody's wish.
          setAddress(next === before?.kind ? before.url : '');
        }}
      />
      <TextField
        label={t.reach.address}
        value={address}
        maxLength={2_048}
        spellCheck={false}
        inputMode="url"
        onChange={setAddress}
        hint={t.reach.kindHint[kind]}
        problem={failure !== null && ofAddress.has(failure) ? error(failure) : null}
      />
      <SecretField
        label={t.reach.key}
        value={key}
        maxLength={keyLengthLimit}
        isDisabled={secrets === 'unavailable'}
        hint={secrets === 'unavailable' ? t.models.unavailable : before?.hasKey === true ? t.reach.keyKept : t.reach.keyHint[kind]}
        onChange={setKey}
      />
      {before?.hasKey === true && typedKey === '' && <SwitchField label={t.reach.forgetKey} checked={forget} onChange={setForget} />}
      {typedKey !== '' && secrets === 'weak' && (
        <div className="reach-weak">
          <p>{t.models.weak}</p>
          <SwitchField label={t.models.acceptWeak} checked={acceptWeak} onChange={setAcceptWeak} />
        </div>
      )}
      {failure !== null && !ofAddress.has(failure) && (
        <p className="reach-problem" role="alert">
          {error(failure)}
        </p>
      )}
      <div className="reach-form-foot">
        <Button onClick={onDone}>{t.reach.cancel}</Button>
        <Button variant="accent" disabled={!isComplete || isSaving} onClick={() => void save()}>
          {t.reach.save}
        </Button>
      </div>
    </form>
  );
}
