import { Ellipsis, FileDiff, History, Link, PanelRight, PictureInPicture2, Undo2, X } from 'lucide-react';
import { useStore } from 'zustand';
import { authorOf, describeVersion } from '../../i18n/version-words.ts';
import { useActions, useCopyLink, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ExportMenu } from './export-menu.tsx';
import { MakeAgain } from './make-again.tsx';

/** The tools above a synopsis: where it is shown, its versions, what can be done with it. */
export function SynopsisTools({ placement }: { readonly placement: 'overlay' | 'docked' }) {
  const { synopsis, view } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const copyLink = useCopyLink();
  const speech = useSpeech();
  const { t } = speech;
  const { sessionId, version, versions, chosen } = useStore(synopsis);
  const making = version?.state === 'making';
  const ready = versions.filter(head => head.state === 'ready');
  const before = version === null ? null : (ready.find(head => head.number < version.number) ?? null);
  const canUndo = ready.length > 1 && versions[0]?.id === version?.id && !making;

  const changes = [
    ...(before === null || making
      ? []
      : [
          {
            key: 'changes',
            label: t.versions.whatChanged,
            icon: <FileDiff />,
            onSelect: () => void synopsis.compare(before.id, version?.id ?? before.id).then(sayError),
          },
        ]),
    ...(sessionId === null
      ? []
      : [
          {
            key: 'link',
            label: t.places.copyLink,
            icon: <Link />,
            // The newest one's address goes on leading to the newest.
            onSelect: () => copyLink({ kind: 'synopsis', sessionId, versionId: chosen }),
          },
        ]),
    ...(canUndo ? [{ key: 'undo', label: t.versions.undoLast, icon: <Undo2 />, onSelect: () => void actions.undoSynopsis() }] : []),
  ];

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
          <ExportMenu version={version} />
          {changes.length > 0 && <Menu trigger={<IconButton label={t.common.more} icon={<Ellipsis />} />} entries={changes} />}
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
