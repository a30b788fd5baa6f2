import { useStore } from 'zustand';
import type { UpdateState } from '../../../shared/contract/updates.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';

const percent = 100;

/** Whether there is a newer version, and what the person can do about it. */
export function UpdateSection() {
  const { app, updates } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const update = useStore(updates, state => state.update);
  const wanted = useStore(app, state => state.settings?.lookForUpdates ?? true);
  if (update === null) return null;
  return (
    <section className="setting-group" aria-label={t.updates.title}>
      <h3>{t.updates.title}</h3>
      {update.state === 'none' ? (
        <p>{t.updates.none[update.why]}</p>
      ) : (
        <>
          <SwitchField
            label={t.updates.lookByItself}
            checked={wanted}
            onChange={lookForUpdates => void app.saveSettings({ lookForUpdates }).then(sayError)}
          />
          <Found update={update} />
          <p className="setting-hint">{t.updates.hint}</p>
        </>
      )}
    </section>
  );
}

function Found({ update }: { readonly update: Exclude<UpdateState, { state: 'none' }> }) {
  const { app, updates } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const running = useStore(app, state => state.status?.running ?? 0);
  const order = (what: Parameters<typeof updates.order>[0]): void => void updates.order(what).then(sayError);
  const check = (
    <Button size="s" disabled={update.state === 'checking'} onClick={() => order('updates.check')}>
      {t.updates.check}
    </Button>
  );
  switch (update.state) {
    case 'current':
      return line(
        update.checkedAtMs === null ? t.updates.notLooked : t.updates.current(speech.when(update.checkedAtMs, Date.now())),
        check,
      );
    case 'checking':
      return line(t.updates.checking, check);
    case 'available':
      return line(
        t.updates.available(update.version),
        <Button size="s" variant="accent" onClick={() => order('updates.download')}>
          {t.updates.download}
        </Button>,
      );
    case 'downloading':
      return (
        <>
          <p>{t.updates.downloading(update.version)}</p>
          <ProgressBar done={Math.round(update.part * percent)} total={percent} label={t.updates.downloading(update.version)} />
        </>
      );
    case 'ready':
      return line(
        running > 0 ? t.updates.readyButRunning(update.version) : t.updates.ready(update.version),
        <Button size="s" variant="accent" disabled={running > 0} onClick={() => order('updates.install')}>
          {t.updates.restart}
        </Button>,
      );
    case 'failed':
      return line(t.updates.failed[update.why], check);
  }
}

function line(words: string, button: React.ReactNode) {
  return (
    <div className="setting">
      <span role="status">{words}</span>
      {button}
    </div>
  );
}
