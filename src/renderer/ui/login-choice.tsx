import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { LoginId } from '../../shared/domain/ids.ts';
import { useServices, useSpeech } from '../state/context.tsx';
import { SelectField } from './select-field.tsx';
import './login-choice.css';

interface LoginChoiceProps {
  readonly chosen: LoginId | null;
  readonly onChoose: (login: LoginId | null) => void;
}

/** Which login a task begins with; nothing where there is none to choose. */
export function LoginChoice({ chosen, onChoose }: LoginChoiceProps) {
  const { browser } = useServices();
  const { t } = useSpeech();
  const all = useStore(browser, state => state.logins);
  useEffect(() => void browser.reloadLogins(), [browser]);
  if (all === null || (all.logins.length === 0 && chosen === null)) return null;
  const { logins } = all;
  const current = logins.find(({ id }) => id === chosen);
  // Of an earlier backup, or of before logins that a schedule names were kept: no task begins with it, so it is said.
  const gone = current === undefined && chosen !== null ? [{ value: chosen, label: t.logins.gone }] : [];
  return (
    <div className="login-choice">
      <SelectField
        label={t.logins.choose}
        value={chosen ?? ''}
        options={[
          { value: '', label: t.logins.none },
          ...gone,
          ...logins.map(({ id, name, isInUse }) => ({ value: id, label: isInUse ? `${name} (${t.logins.inUse})` : name })),
        ]}
        onChange={value => onChoose(logins.find(({ id }) => id === value)?.id ?? null)}
      />
      {current !== undefined && <p>{t.logins.chosenHint}</p>}
      {gone.length > 0 && (
        <p role="alert" className="login-gone">
          {t.logins.goneHint}
        </p>
      )}
    </div>
  );
}
