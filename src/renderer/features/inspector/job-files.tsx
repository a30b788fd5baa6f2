import type { JobMaterialOf } from '../../../shared/domain/job-material.ts';
import { useSpeech } from '../../state/context.tsx';
import type { PartProps } from './inspector-tabs.tsx';
import { Fact } from './job-facts.tsx';

/** What of a job lies on the disk. Kinds that write nothing there say where their result is kept. */
export function JobFiles({ inspection: { material } }: PartProps) {
  const { t } = useSpeech();
  switch (material?.kind) {
    case undefined:
      return <p className="inspector-none">{t.material.gone}</p>;
    case 'synopsis.make':
    case 'synopsis.audit':
      return <p className="inspector-none">{t.material.inDatabase.synopsis}</p>;
    case 'passages.embed':
      return <p className="inspector-none">{t.material.inDatabase.index}</p>;
    case 'chat.answer':
    case 'agent.run':
    case 'browser.run':
      return <p className="inspector-none">{t.material.inDatabase.answer}</p>;
    case 'document.import':
      return <Stored material={material} />;
    case 'synopses.export':
    case 'synopsis.autoexport':
      return <Written material={material} />;
  }
}

function Stored({ material: { document, origin } }: { readonly material: JobMaterialOf<'document.import'> }) {
  const speech = useSpeech();
  const { t } = speech;
  if (document?.state !== 'ready') return <p className="inspector-none">{t.material.noFilesYet}</p>;
  return (
    <dl className="inspector-facts">
      {document.byteCount !== null && origin.kind === 'file' && <Fact name={t.material.original}>{speech.bytes(document.byteCount)}</Fact>}
      {document.charCount !== null && <Fact name={t.material.storedText}>{t.documents.chars(document.charCount)}</Fact>}
    </dl>
  );
}

function Written({ material: { files, fileCount } }: { readonly material: JobMaterialOf<'synopses.export' | 'synopsis.autoexport'> }) {
  const { t } = useSpeech();
  if (fileCount === 0) return <p className="inspector-none">{t.material.noFilesYet}</p>;
  return (
    <ul className="inspector-list">
      {files.map(({ path, state }) => (
        <li key={path}>
          <span>{path}</span>
          <span className="inspector-none">{t.material.fileState[state]}</span>
        </li>
      ))}
      {fileCount > files.length && <li className="inspector-none">{t.material.moreNames(fileCount - files.length)}</li>}
    </ul>
  );
}
