import { historyCount, historyDays, type Settings } from '../../../../shared/domain/settings.ts';
import { useServices, useSpeech } from '../../../state/context.tsx';
import { Button } from '../../../ui/button.tsx';
import { BackupsSection } from '../backups-section.tsx';
import { NumberSetting } from '../number-setting.tsx';
import { WholeCopySection } from '../whole-copy-section.tsx';
import { useSaveSettings } from '../use-save-settings.ts';

/** What is kept, for how long, and what is written outside the program. */
export function DataPage({ settings }: { readonly settings: Settings }) {
  const save = useSaveSettings();
  const { view } = useServices();
  const { t } = useSpeech();
  return (
    <>
      <div className="setting">
        <span>{t.autoExport.lead}</span>
        <Button size="s" onClick={() => view.setDialog('autoExport')}>
          {t.autoExport.title}
        </Button>
      </div>
      <section className="setting-group">
        <NumberSetting
          label={t.settings.history}
          value={settings.jobHistoryDays}
          bounds={historyDays}
          unit={t.settings.historyDays}
          onSave={jobHistoryDays => save({ jobHistoryDays })}
        />
        <NumberSetting
          label={t.settings.historyAtMost}
          value={settings.jobHistoryCount}
          bounds={historyCount}
          unit={t.settings.historyTasks}
          onSave={jobHistoryCount => save({ jobHistoryCount })}
        />
        <p className="setting-hint">{t.settings.historyHint}</p>
      </section>
      <BackupsSection />
      <WholeCopySection />
      <div className="setting">
        <span>{t.diagnostics.lead}</span>
        <Button size="s" onClick={() => view.setDialog('diagnostics')}>
          {t.diagnostics.open}
        </Button>
      </div>
    </>
  );
}
