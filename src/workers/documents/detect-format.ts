import { fileTypeFromBuffer } from 'file-type';
import { formatOfMediaType, formatOfName, type DocumentFormat } from '../../shared/domain/document-formats.ts';
import { guessUtf16 } from './decode-text.ts';
import { heicDetail } from '../../shared/domain/document.ts';
import { DocumentRefused } from './document-refused.ts';
import { looksLikeMhtml } from './read-mhtml.ts';
import { looksLikeSubtitles } from './read-subtitles.ts';

/** Bytes at the start that decide: PDF allows its header within the first 1,024, and archives name their first entries here. */
export const headBytes = 64 * 1024;
/** Bytes in which the first words of a text stand. */
const startBytes = 2_048;
/** Bytes in which the PDF header may stand (ISO 32000-1, Annex H, implementation note 13). */
const pdfHeaderBytes = 1_024;
/** Share of control bytes from which bytes are no text: stray NULs of a broken export stay far below, machine code far above. */
const controlShare = 0.1;

/** Formats that are an archive inside: without its header the file is broken and no other format. */
const archives: ReadonlySet<DocumentFormat> = new Set(['docx', 'odt', 'epub', 'pptx', 'xlsx']);
/** Formats with bytes of their own at the start; text under such a name is plain text. */
const binaries: ReadonlySet<DocumentFormat> = new Set([...archives, 'pdf', 'image']);
/** What `file-type` calls pictures that a model can look at. */
const pictures: ReadonlySet<string> = new Set(['png', 'jpg', 'webp', 'gif']);
/** What it calls containers whose entries decide. */
const containers: ReadonlySet<string> = new Set([
  'zip',
  'docx',
  'docm',
  'dotx',
  'xlsx',
  'xlsm',
  'pptx',
  'pptm',
  'ppsx',
  'odt',
  'ott',
  'epub',
  'ods',
  'odp',
]);
/** Types `file-type` names that are text in truth and read as it. */
const textualTypes: ReadonlySet<string> = new Set(['xml', 'vtt', 'ics', 'vcf', 'jsonl']);

/** `zip` is an archive whose entries decide. */
export type DetectedFormat = DocumentFormat | 'zip';

/**
 * Decides what the bytes are: by the bytes first, then by the name's extension, then by the declared type.
 *
 * @param head the first `headBytes` bytes of the file, or all of a shorter one
 * @throws DocumentRefused `wrong_format` when the name promises a format we read and the bytes are something else,
 *   `unsupported_format` for other foreign types, `encrypted` for a locked office file, `damaged` for a PDF without its header
 */
export async function detectFormat(head: Uint8Array, name: string, mime: string | null): Promise<DetectedFormat> {
  const promised = formatOfName(name) ?? (mime === null ? null : formatOfMediaType(mime));
  if (Buffer.from(head.subarray(0, pdfHeaderBytes)).includes('%PDF-')) return 'pdf';
  const ascii = Buffer.from(head).toString('latin1');
  if (ascii.startsWith('{\\rtf')) return 'rtf';
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found !== undefined && containers.has(found.ext)) return 'zip';
  if (ascii.startsWith('PK\u0003\u0004') && (found === undefined || promised !== null)) return 'zip';
  if (found !== undefined && pictures.has(found.ext))
    return promised === null || promised === 'image' ? 'image' : refuseType(found.ext, promised);
  if (found?.ext === 'heic') return refuseType(heicDetail, promised);
  if (found?.ext === 'cfb') return refuseCompound(head, promised);
  if (found !== undefined && !textualTypes.has(found.ext)) return refuseType(found.ext, promised);
  if (!isText(head)) {
    if (promised !== null && binaries.has(promised)) throw new DocumentRefused('damaged', `no ${promised} header`);
    return refuseType('binary', promised);
  }
  return formatOfText(ascii, Buffer.from(head).toString('utf8', 0, startBytes), promised);
}

/** What a text is, by its first words and then by its name. */
function formatOfText(ascii: string, start: string, promised: DocumentFormat | null): DocumentFormat {
  if (looksLikeFb2(ascii)) return 'fb2';
  if (looksLikeHtml(ascii)) return promised === 'markdown' ? 'markdown' : 'html';
  if (looksLikeSubtitles(start)) return 'subtitles';
  if (promised === 'mhtml' || (promised === null && looksLikeMhtml(ascii))) return looksLikeMhtml(ascii) ? 'mhtml' : 'text';
  if (promised === null || promised === 'fb2' || promised === 'rtf' || binaries.has(promised)) return 'text';
  return promised;
}

function refuseType(type: string, promised: DocumentFormat | null): never {
  throw new DocumentRefused(promised === null ? 'unsupported_format' : 'wrong_format', type);
}

/** OLE compound files: a locked DOCX is one with a stream named EncryptedPackage; others are office files of before 2007. */
function refuseCompound(head: Uint8Array, promised: DocumentFormat | null): never {
  const locked = Buffer.from(head).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  if (locked) throw new DocumentRefused('encrypted', 'office');
  return refuseType('doc', promised);
}

function isText(head: Uint8Array): boolean {
  if (guessUtf16(head) !== null || (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  let controls = 0;
  for (const byte of head) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b) controls += 1;
  }
  return controls <= head.length * controlShare;
}

function looksLikeHtml(ascii: string): boolean {
  const start = ascii
    .replace(/^\u00ef\u00bb\u00bf/u, '')
    .replace(/^(?:\s|<!--[\s\S]*?-->|<\?xml[\s\S]*?\?>)+/u, '')
    .slice(0, 200);
  return /^<(?:!doctype\s+html|html|head|body)\b/iu.test(start);
}

/** Remarks and a document type may stand before it, in any length. */
function looksLikeFb2(ascii: string): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*<[?!F]/u.test(ascii) && /<FictionBook\b/u.test(ascii);
}
