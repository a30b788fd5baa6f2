import { FolderOpen, Trash2 } from 'lucide-react';
import type { ReachView } from '../../../shared/domain/reach.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { FolderPathField, useFolderPath } from '../../ui/folder-path-field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Switch } from '../../ui/switch-field.tsx';

/** The folders that the assistant may look into, and which of them it may write to. */
export function GrantedFolders({ all }: { readonly all: ReachView }) {
  const { reach: store } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  return (
    <section className="reach-part" aria-label={t.reach.folders}>
      <h3>{t.reach.folders}</h3>
      <p className="reach-note">{t.reach.foldersHint}</p>
      {all.folders.length === 0 ? (
        <p className="reach-note">{t.reach.noFolders}</p>
      ) : (
        <ul className="reach-folders">
          {all.folders.map(({ id, path, mayWrite }) => (
            <li key={id} className="reach-row">
              <span className="reach-path">{path}</span>
              <span className="reach-right">
                <span aria-hidden>{t.reach.mayWrite}</span>
                <Switch
                  label={t.reach.mayWriteTo(path)}
                  checked={mayWrite}
                  onChange={next => void store.changeFolder(id, next).then(sayError)}
                />
              </span>
              <IconButton
                size="s"
                label={t.reach.takeBack(path)}
                icon={<Trash2 />}
                onClick={() => void store.removeFolder(id).then(sayError)}
              />
            </li>
          ))}
        </ul>
      )}
      {all.folders.some(({ mayWrite }) => mayWrite) && <p className="reach-note">{t.reach.writeHint}</p>}
      {all.hasFolderDialog ? (
        <Button
          size="s"
          className="reach-add"
          icon={<FolderOpen aria-hidden />}
          onClick={() => void store.chooseFolder(false).then(sayError)}
        >
          {t.reach.grant}
        </Button>
      ) : (
        <GrantByPath />
      )}
    </section>
  );
}

/** Where the window is a page in a browser, which is shown no paths of the machine. */
function GrantByPath() {
  const { reach: store } = useServices();
  const { t, error } = useSpeech();
  const typed = useFolderPath();
  const grant = (): Promise<void> => typed.send(path => store.grantFolder(path, false));
  return (
    <form
      className="reach-form"
      onSubmit={event => {
        event.preventDefault();
        if (!typed.isEmpty) void grant();
      }}
    >
      <FolderPathField
        label={t.reach.grantPath}
        hint={t.reach.grantPathHint}
        value={typed.path}
        onChange={typed.type}
        problem={typed.failure === null ? null : error(typed.failure)}
      />
      <Button size="s" className="reach-add" icon={<FolderOpen aria-hidden />} disabled={typed.isEmpty} onClick={() => void grant()}>
        {t.reach.grantThis}
      </Button>
    </form>
  );
}
