import { useId, useState } from 'react';
import type { Settings } from '../../../../shared/domain/settings.ts';
import { useServices, useSpeech } from '../../../state/context.tsx';
import { Button } from '../../../ui/button.tsx';
import { readHosts } from '../allowed-hosts.ts';
import { useSaveSettings } from '../use-save-settings.ts';

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
      <AllowedHosts hosts={settings.allowedHosts} onSave={allowedHosts => save({ allowedHosts })} />
    </>
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
