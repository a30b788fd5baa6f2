import type { DocumentFormat } from '../../shared/domain/document-formats.ts';
import { formatOfName } from '../../shared/domain/document-formats.ts';
import { withArchive, type Archive } from './archive.ts';
import { DocumentRefused } from './document-refused.ts';
import type { Original } from './original.ts';

/** Bytes of everything in a DOCX but pictures, inflated: a book of 1,000 pages has some 20 MiB, and its library holds about 25 times that. */
const docxPartsLimit = 32 * 1024 * 1024;
/** What the library never opens. */
const pictures = /\.(?:png|jpe?g|gif|emf|wmf|wdp|tiff?|bmp|svg|odttf|fntdata|mp[34]|m4[av]|wav)$/iu;
/** Bytes of the entry that names the type of an OpenDocument or EPUB. */
const typeEntryBytes = 1_024;

const manifestEntry = 'META-INF/manifest.xml';
/** Bytes of a manifest: a line of some 150 for each picture of a book. */
const manifestBytes = 8 * 1024 * 1024;

/** Main parts by which a container is known, first found first; a type that is not read is named in the refusal. */
const mainParts: readonly { readonly part: RegExp; readonly format: DocumentFormat | 'xlsb' | 'opendocument' }[] = [
  { part: /^word\/document\d*\.xml$/iu, format: 'docx' },
  { part: /^xl\/workbook\.xml$/iu, format: 'xlsx' },
  { part: /^xl\/workbook\.bin$/iu, format: 'xlsb' },
  { part: /^ppt\/presentation\.xml$/iu, format: 'pptx' },
  { part: /^META-INF\/container\.xml$/u, format: 'epub' },
  // The second is all there is beside the type where the whole package is locked (ODF 1.3 and later).
  { part: /^(?:content\.xml|encrypted-package)$/u, format: 'opendocument' },
  { part: /\.fb2$/iu, format: 'fb2' },
];
const openDocumentText = 'application/vnd.oasis.opendocument.text';

/**
 * What a ZIP container is, by what is in it. A DOCX is inflated into nothing first, because its library opens whatever is there.
 *
 * @throws DocumentRefused `zip_bomb`, `too_large`, `damaged`, `encrypted`, or the archive's type when it is no document
 */
export async function formatOfArchive(original: Original): Promise<DocumentFormat> {
  return await withArchive(
    original,
    async archive => {
      const found = mainParts.find(({ part }) => archive.names.some(name => part.test(name)))?.format ?? 'zip';
      if (found === 'zip' || found === 'xlsb') return refuse(found, original.name);
      if (found === 'opendocument') return await openDocument(archive, original.name);
      if (found === 'docx') await inflateParts(archive);
      return found;
    },
    { inflated: docxPartsLimit, format: formatOfName(original.name) ?? 'zip' },
  );
}

async function openDocument(archive: Archive, name: string): Promise<DocumentFormat> {
  if (await isLocked(archive)) throw new DocumentRefused('encrypted', 'odt');
  const type = archive.has('mimetype') ? (await archive.bytes('mimetype', typeEntryBytes)).toString('latin1').trim() : openDocumentText;
  if (type.startsWith(openDocumentText)) return 'odt';
  return refuse(type.replace(/^application\/(?:vnd\.oasis\.opendocument\.)?/u, ''), name);
}

/** A locked OpenDocument says in its manifest how its parts are locked; as an archive it has no password. */
async function isLocked(archive: Archive): Promise<boolean> {
  if (archive.has('encrypted-package')) return true;
  if (!archive.has(manifestEntry)) return false;
  const manifest = await archive.bytes(manifestEntry, manifestBytes);
  return manifest.includes('encryption-data');
}

async function inflateParts(archive: Archive): Promise<void> {
  // SECURITY: this must come before mammoth sees the file.
  for (const name of archive.names) {
    if (name.endsWith('/') || pictures.test(name)) continue;
    for await (const _ of archive.chunks(name));
  }
}

function refuse(type: string, name: string): never {
  throw new DocumentRefused(formatOfName(name) === null ? 'unsupported_format' : 'wrong_format', type);
}
