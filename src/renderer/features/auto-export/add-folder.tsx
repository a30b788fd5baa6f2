import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { autoExportModes, type AutoExportMode } from '../../../shared/domain/auto-export.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { FolderPathField, useFolderPath } from '../../ui/folder-path-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';

/** Stands for no single chat in the list of choices; no id looks like it. */
const allChats = 'all';

/** How and what to save, and where: picked in the system's dialog, or typed where the window is a page in a browser. */
export function AddFolder({ hasDialog }: { readonly hasDialog: boolean }) {
  const { autoExport: store, sessions: chats } = useServices();
  const { t, error } = useSpeech();
  const { sessions } = useStore(chats);
  const [mode, setMode] = useState<AutoExportMode>('mirror');
  const [scope, setScope] = useState<string>(allChats);
  const typed = useFolderPath();
  const chosen = sessions.find(({ id }) => id === scope);

  async function add(): Promise<void> {
    const choice = { mode, sessions: chosen === undefined ? null : [chosen.id] };
    await typed.send(async path => (hasDialog ? await store.choose(choice) : await store.add(path, choice)));
  }
  return (
    <form
      className="auto-export-form"
      onSubmit={event => {
        event.preventDefault();
        if (!hasDialog && !typed.isEmpty) void add();
      }}
    >
      <SelectField
        label={t.autoExport.mode}
        value={mode}
        options={autoExportModes.map(value => ({ value, label: t.autoExport.modes[value] }))}
        onChange={setMode}
      />
      <p className="auto-export-note">{t.autoExport.modeHint[mode]}</p>
      <SelectField
        label={t.autoExport.scope}
        value={chosen?.id ?? allChats}
        options={[
          { value: allChats, label: t.autoExport.allChats },
          ...sessions.map(({ id, title }) => ({ value: id, label: t.autoExport.thisChat(title ?? t.common.untitledChat) })),
        ]}
        onChange={setScope}
      />
      {!hasDialog && (
        <FolderPathField
          label={t.autoExport.path}
          hint={t.autoExport.pathHint}
          value={typed.path}
          onChange={typed.type}
          problem={typed.failure === null ? null : error(typed.failure)}
        />
      )}
      {hasDialog && typed.failure !== null && (
        <p className="auto-export-problem" role="alert">
          {error(typed.failure)}
        </p>
      )}
      <Button
        size="s"
        className="auto-export-button"
        icon={<FolderOpen aria-hidden />}
        disabled={!hasDialog && typed.isEmpty}
        onClick={() => void add()}
      >
        {hasDialog ? t.autoExport.choose : t.autoExport.add}
      </Button>
    </form>
  );
}
