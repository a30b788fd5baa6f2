import { LogOut, Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LoginView } from '../../../shared/domain/browser-login.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LoginForm } from './login-form.tsx';

/** The logins of browser tasks: which there are, what they keep, and the ways to add one and take one away. */
export function LoginSettings() {
  const { browser, toasts } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const all = useStore(browser, state => state.logins);
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<LoginView | null>(null);
  useEffect(() => void browser.reloadLogins(), [browser]);
  if (all === null) return null;

  async function forget({ id, name }: LoginView): Promise<void> {
    const failed = await browser.forgetSession(id);
    if (failed !== null) return sayError(failed);
    toasts.say({ key: 'login-forgotten', text: said => said.t.logins.forgotten(name) });
  }

  return (
    <section className="setting-group" aria-label={t.logins.title}>
      <h3>{t.logins.title}</h3>
      {all.logins.length === 0 ? (
        <p className="setting-hint">{t.logins.empty}</p>
      ) : (
        <ul className="login-list">
          {all.logins.map(login => (
            <LoginRow key={login.id} login={login} onForget={() => void forget(login)} onRemove={() => setLeaving(login)} />
          ))}
        </ul>
      )}
      {isAdding ? (
        <LoginForm secrets={all.secrets} onDone={() => setAdding(false)} />
      ) : (
        <p className="browser-ways">
          <Button size="s" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
            {t.logins.add}
          </Button>
        </p>
      )}
      <p className="setting-hint">{t.logins.hint}</p>
      <ConfirmDialog
        open={leaving !== null}
        title={leaving === null ? '' : t.logins.removeTitle(leaving.name)}
        lead={t.logins.removeText}
        confirm={t.logins.removeYes}
        cancel={t.logins.cancel}
        onConfirm={() => {
          if (leaving !== null) void browser.removeLogin(leaving.id).then(sayError);
          setLeaving(null);
        }}
        onCancel={() => setLeaving(null)}
      />
    </section>
  );
}

interface LoginRowProps {
  readonly login: LoginView;
  readonly onForget: () => void;
  readonly onRemove: () => void;
}

function LoginRow({ login, onForget, onRemove }: LoginRowProps) {
  const { t, when } = useSpeech();
  const { name, hosts, hasUser, hasPassword, isLocked, isInUse, sessionAtMs } = login;
  const keeps = hasPassword ? (hasUser ? 'both' : 'password') : hasUser ? 'user' : 'nothing';
  const state = [
    ...(isLocked ? [t.logins.locked] : [sessionAtMs === null ? t.logins.noSession : t.logins.session(when(sessionAtMs, Date.now()))]),
    t.logins.keeps[keeps],
    ...(isInUse ? [t.logins.inUse] : []),
  ];
  return (
    <li>
      <div className="login-said">
        <span className="truncate">{name}</span>
        <span className="browser-note truncate">{hosts.join(', ')}</span>
        <span className="browser-note">{state.join(' · ')}</span>
      </div>
      {sessionAtMs !== null && (
        <Button size="s" variant="quiet" icon={<LogOut aria-hidden />} aria-label={t.logins.forgetOf(name)} onClick={onForget}>
          {t.logins.forget}
        </Button>
      )}
      <IconButton size="s" label={t.logins.remove(name)} icon={<Trash2 />} onClick={onRemove} />
    </li>
  );
}
