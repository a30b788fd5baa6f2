import { useEffect } from 'react';
import { useStore } from 'zustand';
import { browserCounts } from '../../../shared/domain/settings.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { LoginSettings } from './login-settings.tsx';
import { NoBrowser } from './no-browser.tsx';
import './browser.css';

const { min, max } = browserCounts;
const counts = Array.from({ length: max - min + 1 }, (_, at) => String(min + at));

/** Which browser tasks use, how many of it at the same time, and the logins they have. */
export function BrowserSettings() {
  const { browser, app } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const installed = useStore(browser, state => state.installed);
  const settings = useStore(app, state => state.settings);
  useEffect(() => void browser.reloadInstalled(), [browser]);
  if (installed === null || settings === null) return null;
  const { found } = installed;
  const chosen = settings.browserPath;
  const options = [
    { value: '', label: t.browser.firstFound },
    ...found.map(({ name, path, version }) => ({ value: path, label: version === null ? name : t.browser.version(name, version) })),
    // One that was chosen and is not found stays in sight: it is what tasks fail on.
    ...(chosen === null || found.some(({ path }) => path === chosen) ? [] : [{ value: chosen, label: chosen }]),
  ];
  return (
    <>
      <section className="setting-group" aria-label={t.browser.settings}>
        <h3>{t.browser.settings}</h3>
        {found.length === 0 ? (
          <NoBrowser />
        ) : (
          <>
            <SelectField
              label={t.browser.chosenBrowser}
              value={chosen ?? ''}
              options={options}
              onChange={path =>
                void app.saveSettings({ browserPath: path === '' ? null : path }).then(failed => {
                  sayError(failed);
                  void browser.reloadInstalled();
                })
              }
            />
            <div className="setting">
              <span>{t.browser.atOnce}</span>
              <Segmented
                label={t.browser.atOnce}
                value={String(settings.browserCount)}
                onChange={count => void app.saveSettings({ browserCount: Number(count) }).then(sayError)}
                options={counts.map(value => ({ value, label: value }))}
              />
            </div>
          </>
        )}
        <p className="setting-hint">{t.browser.settingsHint}</p>
      </section>
      <LoginSettings />
    </>
  );
}
