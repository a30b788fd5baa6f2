import { closeChoices, languageChoices, themeChoices, type Settings } from '../../../../shared/domain/settings.ts';
import { detailLevels } from '../../../../shared/domain/synopsis.ts';
import { useHost, useSpeech } from '../../../state/context.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { SwitchField } from '../../../ui/switch-field.tsx';
import { useSaveSettings } from '../use-save-settings.ts';

export function GeneralPage({ settings }: { readonly settings: Settings }) {
  const save = useSaveSettings();
  const { t } = useSpeech();
  // A page in a browser has no window of its own to close.
  const isDesktop = useHost() === 'desktop';
  return (
    <>
      <div className="setting">
        <span>{t.settings.language}</span>
        <Segmented
          label={t.settings.language}
          value={settings.language}
          onChange={language => save({ language })}
          options={languageChoices.map(value => ({ value, label: t.settings.languageOption[value] }))}
        />
      </div>
      <div className="setting">
        <span>{t.settings.theme}</span>
        <Segmented
          label={t.settings.theme}
          value={settings.theme}
          onChange={theme => save({ theme })}
          options={themeChoices.map(value => ({ value, label: t.settings.themeOption[value] }))}
        />
      </div>
      <div className="setting">
        <span>{t.settings.detail}</span>
        <Segmented
          label={t.settings.detail}
          value={settings.synopsisDetail}
          onChange={synopsisDetail => save({ synopsisDetail })}
          options={detailLevels.map(value => ({ value, label: t.synopsis.detailLevel[value] }))}
        />
      </div>
      {isDesktop && (
        <SwitchField label={t.settings.openAtLogin} checked={settings.openAtLogin} onChange={openAtLogin => save({ openAtLogin })} />
      )}
      {isDesktop && (
        <section className="setting-group" aria-label={t.settings.onClose}>
          <h3>{t.settings.onClose}</h3>
          <Segmented
            label={t.settings.onClose}
            value={settings.onCloseWithJobs}
            onChange={onCloseWithJobs => save({ onCloseWithJobs })}
            options={closeChoices.map(value => ({ value, label: t.settings.onCloseOption[value] }))}
          />
        </section>
      )}
    </>
  );
}
