import type { DocumentError, DocumentErrorCode } from '../../shared/domain/document.ts';

/** Longest detail `documentError` takes. */
const detailLimit = 500;

/** The document itself is at fault: reading it again gives the same answer, so the task fails with its code and is not retried. */
export class DocumentRefused extends Error {
  readonly code: DocumentErrorCode;
  readonly detail: string | null;

  constructor(code: DocumentErrorCode, detail: string | null = null, cause?: unknown) {
    super(detail === null ? `The document is refused as ${code}.` : `The document is refused as ${code}: ${detail}.`, { cause });
    this.name = 'DocumentRefused';
    this.code = code;
    this.detail = detail;
  }

  toDocumentError(): DocumentError {
    return { code: this.code, detail: this.detail?.toWellFormed().slice(0, detailLimit) ?? null };
  }
}
