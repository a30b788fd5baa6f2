import { useState } from 'react';
import type { SecretState } from '../../../shared/domain/provider.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** As a login bounds them. */
const wordsLimit = 1_000;

/** A new login. What is typed here goes to the program and is not shown again. */
export function LoginForm({ secrets, onDone }: { readonly secrets: SecretState; readonly onDone: () => void }) {
  const { browser } = useServices();
  const { t, error } = useSpeech();
  const [name, setName] = useState('');
  const [sites, setSites] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [acceptWeak, setAcceptWeak] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  /** Of this form: adding it twice makes one. */
  const [requestKey] = useState(() => crypto.randomUUID());
  const listed = sites.split(/[\s,;]+/u).filter(site => site !== '');
  const isComplete = name.trim() !== '' && listed.length > 0 && (secrets === 'strong' || (secrets === 'weak' && acceptWeak));

  async function save(): Promise<void> {
    setSaving(true);
    setFailure(null);
    const saved = await browser.saveLogin({
      requestKey,
      name,
      sites: listed,
      user: user === '' ? null : user,
      password: password === '' ? null : password,
      acceptWeak,
    });
    setSaving(false);
    if (saved.ok) onDone();
    else setFailure(saved.code);
  }
  const problemOf = (code: string): string | null => (failure === code ? error(code) : null);
  const isElsewhere = failure !== null && failure !== 'login_name_taken' && failure !== 'bad_login_site';

  return (
    <form
      className="login-form"
      aria-label={t.logins.add}
      onSubmit={event => {
        event.preventDefault();
        if (isComplete && !isSaving) void save();
      }}
    >
      <TextField
        label={t.logins.name}
        value={name}
        maxLength={100}
        autoFocus
        hint={t.logins.nameExample}
        problem={problemOf('login_name_taken')}
        onChange={setName}
      />
      <TextField
        label={t.logins.sites}
        value={sites}
        maxLength={2_000}
        spellCheck={false}
        hint={t.logins.sitesHint}
        problem={problemOf('bad_login_site')}
        onChange={setSites}
      />
      <TextField label={t.logins.user} value={user} maxLength={wordsLimit} spellCheck={false} onChange={setUser} />
      <SecretField
        label={t.logins.password}
        value={password}
        maxLength={wordsLimit}
        isDisabled={secrets === 'unavailable'}
        hint={secrets === 'unavailable' ? t.logins.unavailable : t.logins.passwordHint}
        onChange={setPassword}
      />
      {secrets === 'weak' && (
        <div className="login-weak">
          <p className="browser-note">{t.logins.weak}</p>
          <SwitchField label={t.logins.acceptWeak} checked={acceptWeak} onChange={setAcceptWeak} />
        </div>
      )}
      {isElsewhere && (
        <p className="field-note field-problem" role="alert">
          {error(failure)}
        </p>
      )}
      <p className="browser-ways">
        <Button variant="accent" disabled={!isComplete || isSaving} onClick={() => void save()}>
          {t.logins.save}
        </Button>
        <Button onClick={onDone}>{t.logins.cancel}</Button>
      </p>
    </form>
  );
}
