import { FolderPlus, Hourglass, NotebookPen, Paperclip } from 'lucide-react';
import { memo, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import { acceptedFiles } from '../../../shared/domain/document-formats.ts';
import { bundleExtension } from '../../../shared/export/file-formats.ts';
import { useActions, useKeys, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

// Each is rendered when something of its own changes: the field above them does with every letter, and a button with its tooltip
// costs more than the field.

/** Files or a folder, chosen in the system's dialog. */
export const AttachButtons = memo(function AttachButtons({ filesRef }: { readonly filesRef: RefObject<HTMLInputElement | null> }) {
  const actions = useActions();
  const { t } = useSpeech();
  const folderRef = useRef<HTMLInputElement>(null);

  /** Paths begin with the name of the folder itself. */
  function addFolder(files: readonly File[]): void {
    const name = files[0]?.webkitRelativePath.split('/')[0] ?? '';
    const inside = files.map(file => ({ path: file.webkitRelativePath.slice(name.length + 1), byteCount: file.size, file }));
    if (inside.length > 0) void actions.addFolder(name, inside);
  }

  return (
    <>
      <IconButton label={t.composer.attach} icon={<Paperclip />} side="top" onClick={() => filesRef.current?.click()} />
      <input
        ref={filesRef}
        className="visually-hidden"
        type="file"
        multiple
        accept={`${acceptedFiles},.${bundleExtension}`}
        tabIndex={-1}
        aria-hidden
        onChange={event => {
          void actions.addFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <IconButton label={t.composer.attachFolder} icon={<FolderPlus />} side="top" onClick={() => folderRef.current?.click()} />
      <input
        ref={folderRef}
        className="visually-hidden"
        type="file"
        // Asks for a folder and gives all that is in it; each browser in use knows this name.
        {...{ webkitdirectory: '' }}
        tabIndex={-1}
        aria-hidden
        onChange={event => {
          addFolder([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
});

export const SynopsisButton = memo(function SynopsisButton() {
  const { view, synopsis } = useServices();
  const actions = useActions();
  const { t } = useSpeech();
  const keys = useKeys();
  const sessionId = useStore(view, state => state.sessionId);
  const requesting = useStore(synopsis, state => state.requesting);
  return (
    <Tooltip label={t.composer.synopsisHint} keys={keys('synopsis')} side="top">
      <Button
        className="composer-synopsis"
        icon={<NotebookPen aria-hidden />}
        disabled={!sessionId || requesting}
        onClick={() => void actions.openOrMakeSynopsis()}
      >
        {t.composer.synopsis}
      </Button>
    </Tooltip>
  );
});

interface BackgroundButtonProps {
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

export const BackgroundButton = memo(function BackgroundButton({ isPressed, onPress }: BackgroundButtonProps) {
  const { t } = useSpeech();
  return (
    <Tooltip label={t.composer.backgroundHint} keys="Ctrl+Shift+Enter" side="top">
      <Button className="composer-background" variant="quiet" icon={<Hourglass aria-hidden />} aria-pressed={isPressed} onClick={onPress}>
        {t.composer.background}
      </Button>
    </Tooltip>
  );
});
