import { Copy, Download, FileArchive, FileText, FolderOutput, Globe, Layers, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { fileFormats, type FileFormat } from '../../../shared/export/file-formats.ts';
import { fileWords } from '../../../shared/export/file-words.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { downloadFrom } from '../../ui/download.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';

const icons: Readonly<Record<FileFormat, ReactNode>> = {
  markdown: <FileText />,
  html: <Globe />,
  pdf: <Printer />,
  docx: <FileText />,
  apkg: <Layers />,
  cards: <Layers />,
  bundle: <FileArchive />,
};

/** Takes the synopsis along: as a file of any kind, as copied text, or all of them into a folder. */
export function ExportMenu({ version }: { readonly version: SynopsisVersion }) {
  const { synopsis, toasts, app } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const host = useStore(app, state => state.opening?.host ?? null);
  const isEmpty = version.sections.length === 0;

  async function save(format: FileFormat): Promise<void> {
    // A browser keeps to itself what became of a download; the desktop's own dialog says whether there is a file.
    if (host === 'desktop') {
      const result = await synopsis.saveFile(format, speech.language);
      if (!result.ok) return sayError(result.code);
      const { saved } = result.value;
      if (saved !== null) toasts.say({ key: 'exported', text: said => said.t.synopsis.exported(saved) });
      return;
    }
    const result = await synopsis.offerFile(format, speech.language);
    if (!result.ok) return sayError(result.code);
    const { fileName, urlPath } = result.value;
    downloadFrom(urlPath, fileName);
    toasts.say({ key: 'exported', text: said => said.t.synopsis.handedOver(fileName) });
  }

  async function copy(): Promise<void> {
    const result = await synopsis.exportMarkdown(speech.language);
    if (result.ok) await actions.copyText(result.value.markdown, said => said.t.common.copied);
    else sayError(result.code);
  }

  return (
    <Menu
      trigger={<IconButton label={t.synopsis.export} icon={<Download />} />}
      entries={[
        ...fileFormats.map(format => ({
          key: format,
          label: fileWords[speech.language].formats[format],
          icon: icons[format],
          disabled: isEmpty || version.state === 'making',
          onSelect: () => void save(format),
        })),
        {
          key: 'copy',
          label: t.synopsis.copyMarkdown,
          icon: <Copy />,
          disabled: isEmpty || version.state === 'making',
          onSelect: () => void copy(),
        },
        // A browser has no dialog for a folder.
        ...(host === 'desktop'
          ? [{ key: 'all', label: t.exportAll.label, icon: <FolderOutput />, onSelect: () => void actions.exportAll() }]
          : []),
      ]}
    />
  );
}
