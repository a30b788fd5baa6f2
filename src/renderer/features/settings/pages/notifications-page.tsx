import { noticeKinds, noticeWays } from '../../../../shared/domain/notice.ts';
import { settingOfNotice, type Settings } from '../../../../shared/domain/settings.ts';
import { useSpeech } from '../../../state/context.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { SwitchField } from '../../../ui/switch-field.tsx';
import { QuietHoursSection } from '../quiet-hours-section.tsx';
import { TestNotification } from '../test-notification.tsx';
import { useSaveSettings } from '../use-save-settings.ts';

export function NotificationsPage({ settings }: { readonly settings: Settings }) {
  const save = useSaveSettings();
  const { t } = useSpeech();
  return (
    <>
      <section className="setting-group" aria-label={t.settings.page.notifications}>
        {noticeKinds.map(kind => (
          <div key={kind} className="setting">
            <span>{t.notices.kinds[kind]}</span>
            <Segmented
              label={t.notices.kinds[kind]}
              value={settings[settingOfNotice[kind]]}
              onChange={way => save({ [settingOfNotice[kind]]: way })}
              options={noticeWays.map(value => ({ value, label: t.notices.ways[value] }))}
            />
          </div>
        ))}
        <p className="setting-hint">{t.notices.hint}</p>
        <SwitchField label={t.notices.sound} checked={settings.notifySound} onChange={notifySound => save({ notifySound })} />
        <SwitchField label={t.notices.focused} checked={settings.notifyFocused} onChange={notifyFocused => save({ notifyFocused })} />
        <TestNotification silent={!settings.notifySound} />
      </section>
      <QuietHoursSection settings={settings} />
    </>
  );
}
