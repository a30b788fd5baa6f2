import { getDocument, PDFDataRangeTransport, PDFWorker, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
// oxlint-disable-next-line import/default -- the bundler gives the address of the file as its default export
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import type { PdfFailure } from '../../../i18n/material-messages.ts';
import type { PageSize } from './page-layout.ts';

/** Bytes asked for at once: a page's fonts and picture come in one or two, and a book is never read whole. */
const rangeBytes = 256 * 1024;

export interface OpenedPdf {
  readonly document: PDFDocumentProxy;
  readonly firstPage: PageSize;
}

export interface PdfOpening {
  /** Rejects with a `PdfOpenError`. */
  readonly opened: Promise<OpenedPdf>;
  /** Ends the worker, also while it is opening. */
  close(): void;
}

export class PdfOpenError extends Error {
  override readonly name = 'PdfOpenError';
  readonly failure: PdfFailure;
  constructor(failure: PdfFailure, cause?: unknown) {
    super(`The original cannot be shown: ${failure}.`, { cause });
    this.failure = failure;
  }
}

/**
 * Opens a PDF by ranges from our own host, in a worker of its own. `lost` is told when the file is gone later, while it is read.
 *
 * SECURITY: foreign bytes are parsed in a worker of our origin, under the window's policy. No script of the document runs, no form and no
 * link of it is put into the page, nothing of it is fetched from elsewhere, and images are decoded without WebAssembly, which the policy
 * refuses.
 */
export function openPdf(
  original: { readonly urlPath: string; readonly byteCount: number },
  lost: (failure: PdfFailure) => void,
): PdfOpening {
  const ended = new AbortController();
  const port = new Worker(workerUrl, { type: 'module' });
  const failed = new Promise<never>((_resolve, reject) => {
    // A worker that cannot be loaded says nothing else.
    port.addEventListener('error', event => reject(new PdfOpenError('unavailable', event.message)), { once: true });
    ended.signal.addEventListener('abort', () => reject(new PdfOpenError('unavailable')), { once: true });
  });
  failed.catch(() => undefined);
  const missing = Promise.withResolvers<never>();
  missing.promise.catch(() => undefined);
  const transport = new Ranges(original, ended.signal, error => {
    missing.reject(error);
    lost(error.failure);
  });
  const data = (folder: string): string => new URL(`/pdfjs/${folder}/`, location.href).href;
  const task = getDocument({
    range: transport,
    worker: PDFWorker.create({ port }),
    rangeChunkSize: rangeBytes,
    disableAutoFetch: true,
    disableStream: true,
    verbosity: 0,
    enableXfa: false,
    useSystemFonts: false,
    useWasm: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    cMapUrl: data('cmaps'),
    standardFontDataUrl: data('standard_fonts'),
    wasmUrl: data('wasm'),
    BinaryDataFactory: OwnData,
  });
  const opened = (async (): Promise<OpenedPdf> => {
    try {
      const document = await Promise.race([task.promise, failed, missing.promise]);
      const first = await Promise.race([document.getPage(1), failed, missing.promise]);
      const { width, height } = first.getViewport({ scale: 1 });
      return { document, firstPage: { width, height } };
    } catch (error) {
      throw error instanceof PdfOpenError ? error : new PdfOpenError(failureOf(error), error);
    }
  })();
  return {
    opened,
    close() {
      ended.abort();
      void task
        .destroy()
        .catch(() => undefined)
        .finally(() => port.terminate());
    },
  };
}

function failureOf(error: unknown): PdfFailure {
  const name = error instanceof Error ? error.name : '';
  return name === 'PasswordException' ? 'locked' : 'damaged';
}

/** The file by ranges, through the page's own `fetch`, so that both hosts serve it alike. */
class Ranges extends PDFDataRangeTransport {
  readonly #urlPath: string;
  readonly #signal: AbortSignal;
  readonly #lost: (error: PdfOpenError) => void;

  constructor(original: { urlPath: string; byteCount: number }, signal: AbortSignal, lost: (error: PdfOpenError) => void) {
    super(original.byteCount, null);
    this.#urlPath = original.urlPath;
    this.#signal = signal;
    this.#lost = lost;
  }

  override requestDataRange(begin: number, end: number): void {
    void (async () => {
      try {
        const response = await fetch(this.#urlPath, {
          headers: { Range: `bytes=${begin}-${end - 1}` },
          signal: this.#signal,
          cache: 'no-store',
        });
        const bytes = new Uint8Array(await response.arrayBuffer());
        if (response.status !== 206 || bytes.byteLength !== Math.min(end, this.length) - begin) throw new PdfOpenError('missing');
        this.onDataRange(begin, bytes);
      } catch (error) {
        if (!this.#signal.aborted) this.#lost(error instanceof PdfOpenError ? error : new PdfOpenError('unavailable', error));
      }
    })();
  }
}

/** Character maps and fonts from the window's own files; pdf.js asks for them by name. */
class OwnData {
  readonly #folders: Readonly<Record<string, string | null>>;

  constructor(folders: Readonly<Record<string, string | null>>) {
    this.#folders = folders;
  }

  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const folder = this.#folders[kind] ?? null;
    // SECURITY: the name comes from the PDF's encoding entry; only a plain file name becomes an address.
    if (folder === null || !/^[\w.-]+$/u.test(filename)) throw new Error(`pdf.js asked for the unknown file ${kind}/${filename}.`);
    const response = await fetch(folder + filename);
    if (!response.ok) throw new Error(`${filename} is not among the files of the window.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
