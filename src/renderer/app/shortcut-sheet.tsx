import { useHost, useServices, useSpeech } from '../state/context.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import { commands, shownKeys } from './commands.ts';
import './shortcut-sheet.css';

export function ShortcutSheet() {
  const { view } = useServices();
  const { t } = useSpeech();
  const host = useHost();
  return (
    <Dialog open size="s" onClose={() => view.setDialog(null)} title={t.shortcuts.title} closeLabel={t.common.close}>
      <dl className="shortcuts">
        {commands.map(command => {
          const keys = shownKeys(command, host);
          return (
            keys !== null && (
              <div key={command.id}>
                <dt>{t.commands[command.id]}</dt>
                <dd>
                  <Keys combo={keys} />
                </dd>
              </div>
            )
          );
        })}
        <div>
          <dt>{t.composer.send}</dt>
          <dd>
            <Keys combo="Enter" />
          </dd>
        </div>
      </dl>
      <p className="shortcuts-hint">{t.shortcuts.hint}</p>
    </Dialog>
  );
}
