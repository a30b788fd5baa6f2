import { useId, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { closeChoices, historyCount, historyDays, languageChoices, themeChoices, type Settings } from '../../../shared/domain/settings.ts';
import { detailLevels } from '../../../shared/domain/synopsis.ts';
import { useHost, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { readHosts } from './allowed-hosts.ts';
import './settings-dialog.css';

/** `budgets` and `browser` are sections of their own features. */
export function SettingsDialog({ budgets, browser }: { readonly budgets: ReactNode; readonly browser: ReactNode }) {
  const { app, view } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  // A page in a browser has neither a window of its own to close nor the system's notifications.
  const host = useHost();
  const settings = useStore(app, state => state.settings);
  const version = useStore(app, state => state.opening?.version ?? '');
  if (!settings) return null;

  const save = (patch: Partial<Settings>): void => void app.saveSettings(patch).then(sayError);
  return (
    <Dialog open onClose={() => view.setDialog(null)} title={t.settings.title} closeLabel={t.common.close}>
      <div className="settings">
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
        {host === 'desktop' && (
          <>
            <section className="setting-group" aria-label={t.settings.notifications}>
              <h3>{t.settings.notifications}</h3>
              <SwitchField label={t.settings.notifyDone} checked={settings.notifyDone} onChange={notifyDone => save({ notifyDone })} />
              <SwitchField
                label={t.settings.notifyFailed}
                checked={settings.notifyFailed}
                onChange={notifyFailed => save({ notifyFailed })}
              />
              <SwitchField label={t.settings.notifyAsks} checked={settings.notifyAsks} onChange={notifyAsks => save({ notifyAsks })} />
              <p className="setting-hint">{t.settings.notifyHint}</p>
            </section>
            <section className="setting-group" aria-label={t.settings.onClose}>
              <h3>{t.settings.onClose}</h3>
              <Segmented
                label={t.settings.onClose}
                value={settings.onCloseWithJobs}
                onChange={onCloseWithJobs => save({ onCloseWithJobs })}
                options={closeChoices.map(value => ({ value, label: t.settings.onCloseOption[value] }))}
              />
            </section>
          </>
        )}
        <div className="setting">
          <span>{t.models.title}</span>
          <Button size="s" onClick={() => view.setDialog('models')}>
            {t.models.manage}
          </Button>
        </div>
        <div className="setting">
          <span>{t.mcp.title}</span>
          <Button size="s" onClick={() => view.setDialog('mcp')}>
            {t.mcp.manage}
          </Button>
        </div>
        <div className="setting">
          <span>{t.reach.lead}</span>
          <Button size="s" onClick={() => view.setDialog('reach')}>
            {t.reach.title}
          </Button>
        </div>
        <div className="setting">
          <span>{t.autoExport.lead}</span>
          <Button size="s" onClick={() => view.setDialog('autoExport')}>
            {t.autoExport.title}
          </Button>
        </div>
        {budgets}
        {browser}
        <AllowedHosts hosts={settings.allowedHosts} onSave={allowedHosts => save({ allowedHosts })} />
        <History days={settings.jobHistoryDays} count={settings.jobHistoryCount} onSave={save} />
        <p className="setting-about">{t.settings.about(version)}</p>
      </div>
    </Dialog>
  );
}

function AllowedHosts({ hosts, onSave }: { readonly hosts: readonly string[]; readonly onSave: (hosts: string[]) => void }) {
  const { t } = useSpeech();
  const id = useId();
  const [text, setText] = useState(hosts.join('\n'));
  return (
    <section className="setting-group">
      <label htmlFor={id}>{t.settings.allowedHosts}</label>
      <textarea
        id={id}
        className="setting-hosts"
        rows={2}
        spellCheck={false}
        value={text}
        onChange={event => setText(event.target.value)}
        onBlur={() => {
          const read = readHosts(text);
          setText(read.join('\n'));
          if (read.join() !== hosts.join()) onSave(read);
        }}
      />
      <p className="setting-hint">{t.settings.allowedHostsHint}</p>
    </section>
  );
}

interface HistoryProps {
  readonly days: number;
  readonly count: number;
  readonly onSave: (change: { jobHistoryDays: number } | { jobHistoryCount: number }) => void;
}

function History({ days, count, onSave }: HistoryProps) {
  const { t } = useSpeech();
  return (
    <section className="setting-group">
      <NumberSetting
        label={t.settings.history}
        value={days}
        bounds={historyDays}
        unit={t.settings.historyDays}
        onSave={jobHistoryDays => onSave({ jobHistoryDays })}
      />
      <NumberSetting
        label={t.settings.historyAtMost}
        value={count}
        bounds={historyCount}
        unit={t.settings.historyTasks}
        onSave={jobHistoryCount => onSave({ jobHistoryCount })}
      />
      <p className="setting-hint">{t.settings.historyHint}</p>
    </section>
  );
}

interface NumberSettingProps {
  readonly label: string;
  readonly value: number;
  readonly bounds: { readonly min: number; readonly max: number };
  /** The number with its unit. */
  readonly unit: (count: number) => string;
  readonly onSave: (value: number) => void;
}

function NumberSetting({ label, value, bounds, unit, onSave }: NumberSettingProps) {
  const id = useId();
  const [text, setText] = useState(String(value));
  const typed = Number(text);
  const valid = Number.isInteger(typed) && typed >= bounds.min && typed <= bounds.max;
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <span className="setting-days">
        <input
          id={id}
          inputMode="numeric"
          value={text}
          aria-invalid={!valid}
          onChange={event => setText(event.target.value)}
          onBlur={() => {
            if (valid && typed !== value) onSave(typed);
            if (!valid) setText(String(value));
          }}
          onKeyDown={event => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        {unit(valid ? typed : value).replace(/^[\d\s.,]+/u, '')}
      </span>
    </div>
  );
}
