import type { Settings } from '../../../../shared/domain/settings.ts';
import { useSpeech } from '../../../state/context.tsx';
import { SwitchField } from '../../../ui/switch-field.tsx';
import { useSaveSettings } from '../use-save-settings.ts';

export function NotificationsPage({ settings }: { readonly settings: Settings }) {
  const save = useSaveSettings();
  const { t } = useSpeech();
  return (
    <section className="setting-group" aria-label={t.settings.notifications}>
      <h3>{t.settings.notifications}</h3>
      <SwitchField label={t.settings.notifyDone} checked={settings.notifyDone} onChange={notifyDone => save({ notifyDone })} />
      <SwitchField label={t.settings.notifyFailed} checked={settings.notifyFailed} onChange={notifyFailed => save({ notifyFailed })} />
      <SwitchField label={t.settings.notifyAsks} checked={settings.notifyAsks} onChange={notifyAsks => save({ notifyAsks })} />
      <p className="setting-hint">{t.settings.notifyHint}</p>
    </section>
  );
}
