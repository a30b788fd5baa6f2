import type { DocumentFormat } from '../../shared/domain/document-formats.ts';
import { detectFormat, headBytes } from './detect-format.ts';
import { readStart, type Original } from './original.ts';

/** What the bytes are. Throws what `detectFormat` does, and for an archive that is no document. */
export async function formatOf(original: Original): Promise<DocumentFormat> {
  const detected = await detectFormat(await readStart(original, headBytes), original.name, original.mime);
  if (detected !== 'zip') return detected;
  const { formatOfArchive } = await import('./check-zip.ts');
  return await formatOfArchive(original);
}
