import { Copy, Download, Ellipsis, FileDiff, FolderOutput, History, PanelRight, PictureInPicture2, Undo2, X } from 'lucide-react';
import { useStore } from 'zustand';
import { authorOf, describeVersion } from '../../i18n/version-words.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { download } from '../../ui/download.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { MakeAgain } from './make-again.tsx';

/** The tools above a synopsis: where it is shown, its versions, what can be done with it. */
export function SynopsisTools({ placement }: { readonly placement: 'overlay' | 'docked' }) {
  const { synopsis, view, toasts, app } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const { version, versions, chosen } = useStore(synopsis);
  const host = useStore(app, state => state.opening?.host ?? null);
  const making = version?.state === 'making';
  const ready = versions.filter(head => head.state === 'ready');
  const before = version === null ? null : (ready.find(head => head.number < version.number) ?? null);
  const canUndo = ready.length > 1 && versions[0]?.id === version?.id && !making;

  async function exportMarkdown(take: (file: { fileName: string; markdown: string }) => void): Promise<void> {
    const result = await synopsis.exportMarkdown(speech.language);
    if (result.ok) take(result.value);
    else sayError(result.code);
  }

  async function save(): Promise<void> {
    // A browser keeps to itself what became of a download; the desktop's own dialog says whether there is a file.
    if (app.getState().opening?.host !== 'desktop') {
      return exportMarkdown(file => {
        download(file.fileName, file.markdown, 'text/markdown');
        toasts.say({ key: 'exported', text: said => said.t.synopsis.handedOver(file.fileName) });
      });
    }
    const result = await synopsis.saveMarkdown(speech.language);
    if (!result.ok) sayError(result.code);
    else {
      const { saved } = result.value;
      if (saved !== null) toasts.say({ key: 'exported', text: said => said.t.synopsis.exported(saved) });
    }
  }

  return (
    <span className="synopsis-tools">
      {version && (
        <>
          {versions.length > 1 && (
            <Menu
              trigger={<IconButton label={`${t.synopsis.versions}: ${t.synopsis.version(version.number)}`} icon={<History />} />}
              entries={versions.map((head, at) => ({
                key: head.id,
                label: `${t.synopsis.version(head.number)}, ${describeVersion(head, speech)}`,
                hint: [speech.date(head.createdAtMs, Date.now()), authorOf(head, speech)].filter(part => part !== '').join('\u00A0· '),
                checked: head.id === version.id,
                onSelect: () => void synopsis.choose(at === 0 && chosen !== null ? null : head.id),
              }))}
            />
          )}
          <MakeAgain disabled={making} />
          <Menu
            trigger={<IconButton label={t.common.more} icon={<Ellipsis />} />}
            entries={[
              {
                key: 'save',
                label: t.synopsis.export,
                icon: <Download />,
                disabled: version.sections.length === 0,
                onSelect: () => void save(),
              },
              {
                key: 'copy',
                label: t.synopsis.copyMarkdown,
                icon: <Copy />,
                disabled: version.sections.length === 0,
                onSelect: () => void exportMarkdown(file => void actions.copyText(file.markdown, said => said.t.common.copied)),
              },
              ...(before === null || making
                ? []
                : [
                    {
                      key: 'changes',
                      label: t.versions.whatChanged,
                      icon: <FileDiff />,
                      onSelect: () => void synopsis.compare(before.id, version.id).then(sayError),
                    },
                  ]),
              ...(canUndo ? [{ key: 'undo', label: t.versions.undoLast, icon: <Undo2 />, onSelect: () => void actions.undoSynopsis() }] : []),
              // A browser has no dialog for a folder.
              ...(host === 'desktop'
                ? [{ key: 'all', label: t.exportAll.label, icon: <FolderOutput />, onSelect: () => void actions.exportAll() }]
                : []),
            ]}
          />
        </>
      )}
      {placement === 'overlay' ? (
        <IconButton label={t.synopsis.dock} icon={<PanelRight />} onClick={() => view.dockSynopsis(true)} />
      ) : (
        <IconButton label={t.synopsis.undock} icon={<PictureInPicture2 />} onClick={() => view.dockSynopsis(false)} />
      )}
      <IconButton
        label={t.common.close}
        keys={placement === 'overlay' ? 'Esc' : undefined}
        icon={<X />}
        onClick={() => view.closeSynopsis()}
      />
    </span>
  );
}
