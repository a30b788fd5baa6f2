import { randomBytes } from 'node:crypto';

/** A file that a window may fetch once it was told the address. */
export interface OfferedFile {
  readonly path: string;
  readonly fileName: string;
  readonly mediaType: string;
}

/** Where offered files are fetched from. */
export const offersPath = '/files/';
/** An address that nobody has come for in this time is closed: a browser begins a download within seconds. */
const offerMs = 10 * 60_000;
/** 128 bits that nobody guesses. */
const tokenBytes = 16;

/** Files a window is handed by address, where it has no dialog to save them with. */
export interface OfferedFiles {
  /** The path of an address of the window's own host. `close` is called when it is over, by time or by `closeAll`. */
  offer(file: OfferedFile, close: () => void): string;
  /** Null when nothing is offered there. `urlPath` is hostile input. */
  at(urlPath: string): OfferedFile | null;
  closeAll(): void;
}

export function createOfferedFiles(): OfferedFiles {
  const offers = new Map<string, { readonly file: OfferedFile; readonly end: () => void }>();
  return {
    offer(file, close) {
      // SECURITY: the token is all that names the file, so a path in an address reaches nothing.
      const urlPath = `${offersPath}${randomBytes(tokenBytes).toString('hex')}`;
      const timer = setTimeout(() => offers.get(urlPath)?.end(), offerMs);
      timer.unref();
      offers.set(urlPath, {
        file,
        end() {
          clearTimeout(timer);
          offers.delete(urlPath);
          close();
        },
      });
      return urlPath;
    },
    at: urlPath => offers.get(urlPath)?.file ?? null,
    closeAll() {
      for (const { end } of [...offers.values()]) end();
    },
  };
}

/** SECURITY: a file of the person's is shown as what it is, runs nothing, and names itself for whoever saves it. */
export function offerHeaders({ fileName, mediaType }: OfferedFile, disposition: 'attachment' | 'inline'): Readonly<Record<string, string>> {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/gu, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
