import { noticeKinds, noticeWays } from '../../../../shared/domain/notice.ts';
import { settingOfNotice, type Settings } from '../../../../shared/domain/settings.ts';
import { useSpeech } from '../../../state/context.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { QuietHoursSection } from '../quiet-hours-section.tsx';
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
      </section>
      <QuietHoursSection settings={settings} />
    </>
  );
}
