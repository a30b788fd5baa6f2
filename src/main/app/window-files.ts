import { readFile, realpath } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

/**
 * SECURITY: the policy of every page in either host. The page loads its own files and talks to its own host; the network
 * is reached by main and the workers alone.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Fixed: a file of any other ending is not part of the window and is not served. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  // What pdf.js asks for by name: character maps and the fonts every PDF may count on.
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

export interface WindowFile {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Reads files of the built window for `app://` and for the headless host; `urlPath` is hostile input. */
export function createWindowFiles(root: string): (urlPath: string) => Promise<WindowFile> {
  const absoluteRoot = resolve(root);
  return async urlPath => {
    const file = await insideRoot(absoluteRoot, urlPath);
    const mediaType = file === null ? undefined : mediaTypes[extname(file).toLowerCase()];
    if (file === null || mediaType === undefined) return notFound();
    try {
      const immutable = urlPath.startsWith('/assets/');
      return {
        status: 200,
        // Built assets carry a hash in their names; the page itself must be asked for again after an update.
        headers: {
          ...pageHeaders,
          'Content-Type': mediaType,
          'Cache-Control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        },
        body: await readFile(file),
      };
    } catch {
      return notFound();
    }
  };
}

function notFound(): WindowFile {
  return { status: 404, headers: { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8' }, body: Buffer.from('Not found.\n') };
}

/** SECURITY: resolve first, links included, then check that the result is still under the root. */
async function insideRoot(root: string, urlPath: string): Promise<string | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const wanted = decoded === '/' || decoded === '' ? '/index.html' : decoded;
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, wanted))]);
    return real.startsWith(realRoot + sep) ? real : null;
  } catch {
    return null;
  }
}
