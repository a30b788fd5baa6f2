import { useId } from 'react';
import { wishesCharLimit, type Settings } from '../../../../shared/domain/settings.ts';
import { useServices, useSpeech } from '../../../state/context.tsx';
import { Button } from '../../../ui/button.tsx';
import { readHosts } from '../allowed-hosts.ts';
import { useSaveSettings } from '../use-save-settings.ts';
import { useTypedSetting } from '../use-typed-setting.ts';

/** What answers and works for the person, and how far it may reach. */
export function AssistantPage({ settings }: { readonly settings: Settings }) {
  const save = useSaveSettings();
  const { view } = useServices();
  const { t } = useSpeech();
  return (
    <>
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
      <Wishes wishes={settings.wishes} onSave={wishes => save({ wishes })} />
      <AllowedHosts hosts={settings.allowedHosts} onSave={allowedHosts => save({ allowedHosts })} />
    </>
  );
}

function Wishes({ wishes, onSave }: { readonly wishes: string; readonly onSave: (wishes: string) => void }) {
  const { t } = useSpeech();
  const id = useId();
  const { text, type, leave } = useTypedSetting(wishes, typed => typed.trim(), onSave);
  return (
    <section className="setting-group">
      <label htmlFor={id}>{t.settings.wishes}</label>
      <textarea
        id={id}
        className="setting-wishes"
        rows={3}
        maxLength={wishesCharLimit}
        placeholder={t.settings.wishesPlaceholder}
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={event => type(event.target.value)}
        onBlur={leave}
      />
      <p className="setting-hint" id={`${id}-hint`}>
        {t.settings.wishesHint}
      </p>
    </section>
  );
}

function AllowedHosts({ hosts, onSave }: { readonly hosts: readonly string[]; readonly onSave: (hosts: string[]) => void }) {
  const { t } = useSpeech();
  const id = useId();
  const { text, type, leave } = useTypedSetting(
    hosts.join('\n'),
    typed => readHosts(typed).join('\n'),
    kept => onSave(readHosts(kept)),
  );
  return (
    <section className="setting-group">
      <label htmlFor={id}>{t.settings.allowedHosts}</label>
      <textarea
        id={id}
        className="setting-hosts"
        rows={2}
        spellCheck={false}
        value={text}
        onChange={event => type(event.target.value)}
        onBlur={leave}
      />
      <p className="setting-hint">{t.settings.allowedHostsHint}</p>
    </section>
  );
}
