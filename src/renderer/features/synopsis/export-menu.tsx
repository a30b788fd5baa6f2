import { Copy, Download, FileArchive, FileText, FolderOutput, Globe, Layers, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { fileFormats, type FileFormat } from '../../../shared/export/file-formats.ts';
import { fileWords } from '../../../shared/export/file-words.ts';
import { useActions, useHost, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { useHandOver } from '../../state/use-hand-over.ts';
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
  const { synopsis } = useServices();
  const handOver = useHandOver();
  const actions = useActions();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const host = useHost();
  const isEmpty = version.sections.length === 0;

  const save = (format: FileFormat): Promise<void> =>
    handOver({
      save: () => synopsis.saveFile(format, speech.language),
      offer: () => synopsis.offerFile(format, speech.language),
    });

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
