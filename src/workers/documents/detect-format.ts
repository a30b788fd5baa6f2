import { fileTypeFromBuffer } from 'file-type';
import type { DocumentFormat } from '../../shared/domain/document.ts';
import { guessUtf16 } from './decode-text.ts';
import { DocumentRefused } from './document-refused.ts';

/** Bytes at the start that decide: PDF allows its header within the first 1,024, and archives name their first entries here. */
export const headBytes = 64 * 1024;
/** Bytes in which the PDF header may stand (ISO 32000-1, Annex H, implementation note 13). */
const pdfHeaderBytes = 1_024;
/** Share of control bytes from which bytes are no text: stray NULs of a broken export stay far below, machine code far above. */
const controlShare = 0.1;

const extensionFormats: Readonly<Record<string, DocumentFormat>> = {
  txt: 'text',
  text: 'text',
  log: 'text',
  csv: 'text',
  tsv: 'text',
  srt: 'text',
  vtt: 'text',
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
  docx: 'docx',
  docm: 'docx',
  dotx: 'docx',
};
const mimeFormats: Readonly<Record<string, DocumentFormat>> = {
  'text/plain': 'text',
  'text/markdown': 'markdown',
  'text/x-markdown': 'markdown',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};
/** Types `file-type` names that are text in truth and read as it. */
const textualTypes: ReadonlySet<string> = new Set(['xml', 'vtt', 'ics', 'vcf', 'jsonl']);

/** `zip` is an archive whose entries decide; the reader of DOCX looks at them. */
export type DetectedFormat = DocumentFormat | 'zip';

/**
 * Decides what the bytes are: by the bytes first, then by the name's extension, then by the declared type.
 *
 * @param head the first `headBytes` bytes of the file, or all of a shorter one
 * @throws DocumentRefused `wrong_format` when the name promises a format we read and the bytes are something else,
 *   `unsupported_format` for other foreign types, `encrypted` for a locked office file, `damaged` for a PDF without its header
 */
export async function detectFormat(head: Uint8Array, name: string, mime: string | null): Promise<DetectedFormat> {
  const promised = extensionFormats[extensionOf(name)] ?? (mime === null ? undefined : mimeFormats[mime]);
  if (Buffer.from(head.subarray(0, pdfHeaderBytes)).includes('%PDF-')) return 'pdf';
  const ascii = Buffer.from(head).toString('latin1');
  if (ascii.startsWith('{\\rtf')) return refuseType('rtf', promised);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found?.ext === 'docx' || found?.ext === 'zip' || found?.ext === 'docm' || found?.ext === 'dotx') return 'zip';
  if (ascii.startsWith('PK\u0003\u0004') && (found === undefined || promised === 'docx')) return 'zip';
  if (found?.ext === 'cfb') return refuseCompound(head, promised);
  if (found !== undefined && !textualTypes.has(found.ext)) return refuseType(found.ext, promised);
  if (!isText(head)) {
    if (promised === 'pdf' || promised === 'docx') throw new DocumentRefused('damaged', `no ${promised} header`);
    return refuseType('binary', promised);
  }
  if (looksLikeHtml(ascii)) return promised === 'markdown' ? 'markdown' : 'html';
  return promised === undefined || promised === 'pdf' || promised === 'docx' ? 'text' : promised;
}

function refuseType(type: string, promised: DocumentFormat | undefined): never {
  throw new DocumentRefused(promised === undefined ? 'unsupported_format' : 'wrong_format', type);
}

/** OLE compound files: a locked DOCX is one with a stream named EncryptedPackage; others are office files of before 2007. */
function refuseCompound(head: Uint8Array, promised: DocumentFormat | undefined): never {
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

export function extensionOf(name: string): string {
  return /\.([^./\\]{1,12})$/u.exec(name.trim())?.[1]?.toLowerCase() ?? '';
}
