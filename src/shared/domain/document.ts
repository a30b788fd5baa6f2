import { z } from 'zod';
import { documentFormats, type DocumentFormat } from './document-formats.ts';
import { documentId, epochMs, jobId, sessionId, sha256Hex } from './ids.ts';
import { language } from './language.ts';
import { modelFailureCodes } from './provider.ts';
import { snapshotWarning } from './snapshot.ts';

/** Bytes of one original, 256 MiB: a scanned book fits, an accidental disk image does not. */
export const documentByteLimit = 256 * 1024 * 1024;
/** Pages of one PDF read; a longer one is refused with its page count. */
export const documentPageLimit = 5_000;
/** Characters of canonical text kept, about 40 novels; the rest is reported as truncated. */
export const documentCharLimit = 40_000_000;

/**
 * Documents of one chat. A synopsis names each of them twice to its worker, about 700 characters, and 3,000 where titles
 * are as long as they may be: this many fit the 8 MiB of one value of a frame either way. Listing them takes main 0.2 s,
 * five times as many hold it up for two.
 */
export const documentsPerSession = 2_000;

export const documentFormat: z.ZodType<DocumentFormat, DocumentFormat> = z.enum(documentFormats);

/** What a document says of itself, as its format has it. */
export const documentAuthor = z.string().min(1).max(300);
/** A year, a month or a day as ISO 8601 has them: when it was written or published, as far as it says. */
export const documentDate = z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u);

export const documentOrigin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), name: z.string().min(1).max(255) }),
  z.strictObject({ kind: z.literal('url'), url: z.url().max(4_096) }),
  z.strictObject({ kind: z.literal('text'), name: z.string().min(1).max(255) }),
  /** A page as a browser task has read it: what it said is kept, and nobody asks the address again. */
  z.strictObject({
    kind: z.literal('page'),
    url: z.string().min(1).max(4_096),
    name: z.string().min(1).max(255),
    text: z.enum(['markdown', 'plain']),
  }),
]);
export type DocumentOrigin = z.output<typeof documentOrigin>;

/** Its address, or its name where it has none. */
export function whereFrom(origin: DocumentOrigin): string {
  return origin.kind === 'url' || origin.kind === 'page' ? origin.url : origin.name;
}

/** Where on the web it comes from; null for what comes from this machine. */
export function addressOf(origin: DocumentOrigin): string | null {
  return origin.kind === 'url' || origin.kind === 'page' ? origin.url : null;
}

/** Why a document could not be read. Each has a sentence with the cure in both languages. */
export const documentErrorCodes = [
  'empty',
  'too_large',
  'too_many_pages',
  'encrypted',
  'damaged',
  'unsupported_format',
  'wrong_format',
  'no_text',
  'zip_bomb',
  'timed_out',
  'out_of_memory',
  'unreachable',
  'forbidden_address',
  'http_error',
  'not_found',
  'unreadable',
  'cancelled',
  'internal',
] as const;
export const documentErrorCode = z.enum(documentErrorCodes);
export type DocumentErrorCode = (typeof documentErrorCodes)[number];

/** The detail of `damaged` when it is not the file but its text, stored by the program, that no longer is what it was. */
export const storedTextDetail = 'stored-text';

/** The detail of `http_error` when the address led on and on to others, mostly in a circle. */
export const redirectsDetail = 'too-many-redirects';

/** The detail of `no_text` when the document is a picture and no model that sees is chosen. */
export const needsVisionDetail = 'needs-vision-model';

/** The same where it is the pages of a document. */
export const scansNeedVisionDetail = 'scans-need-vision-model';

/** The detail of `no_text` when the model that is to read pictures could not be asked. */
export const visionFailedDetail = 'vision-model-failed';

/** The detail of `unsupported_format` and `wrong_format` when the file is a photo as telephones keep it. */
export const heicDetail = 'heic';

export const documentError = z.strictObject({
  code: documentErrorCode,
  /** The value that makes it concrete: a status, a size, a format's name. */
  detail: z.string().max(500).nullable(),
});
export type DocumentError = z.output<typeof documentError>;

/** How the error of a reading begins that failed by the document's own fault; a colon and the detail follow where there is one. */
const cannotBeRead = 'The document cannot be read';

/** A document's fault as the error of the job that was to read it. */
export function jobErrorOf({ code, detail }: DocumentError): { readonly code: DocumentErrorCode; readonly message: string } {
  return { code, message: detail === null ? `${cannotBeRead}.` : `${cannotBeRead}: ${detail}` };
}

const isModelFailure = (code: string): boolean => modelFailureCodes.some(known => known === code);

/** What the error of such a job says of the document; a fault that is not the document's is `internal`. */
export function documentErrorOf({ code, message }: { readonly code: string; readonly message: string }): DocumentError {
  if (isModelFailure(code)) return { code: 'no_text', detail: visionFailedDetail };
  const start = `${cannotBeRead}: `;
  return { code: documentErrorCode.catch('internal').parse(code), detail: message.startsWith(start) ? message.slice(start.length) : null };
}

export const documentStates = ['importing', 'ready', 'failed'] as const;

export const documentView = z.strictObject({
  id: documentId,
  sessionId,
  title: z.string().max(500),
  origin: documentOrigin,
  format: documentFormat.nullable(),
  state: z.enum(documentStates),
  error: documentError.nullable(),
  /** The job that reads it. */
  jobId: jobId.nullable(),
  snapshotHash: sha256Hex.nullable(),
  language: language.nullable(),
  byteCount: z.int().nonnegative().nullable(),
  charCount: z.int().nonnegative().nullable(),
  pageCount: z.int().nonnegative().nullable(),
  warnings: z.array(snapshotWarning),
  author: documentAuthor.nullable(),
  date: documentDate.nullable(),
  addedAtMs: epochMs,
});
export type DocumentView = z.output<typeof documentView>;
