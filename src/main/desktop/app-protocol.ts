import { protocol } from 'electron';
import { open } from 'node:fs/promises';
import { askedRange, rangeAnswer } from '../app/files/asked-range.ts';
import { offerHeaders, type OfferedFile, type OfferedFiles } from '../app/files/offered-files.ts';
import { createWindowFiles } from '../app/window-files.ts';
import { pageHost, scheme } from './own-page.ts';

/** Before `ready`: makes `app:` a standard, secure origin, so that its pages have storage, fetch and a policy of their own. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** After `ready`: serves the built window and what is offered to it; any other host under the scheme does not exist. */
export function serveAppScheme(rendererDir: string, offered: OfferedFiles['at']): void {
  const files = createWindowFiles(rendererDir);
  protocol.handle(scheme, async request => {
    const url = new URL(request.url);
    if (url.host !== pageHost || (request.method !== 'GET' && request.method !== 'HEAD'))
      return new Response('Not found.\n', { status: 404 });
    const offer = offered(url.pathname);
    if (offer !== null) return await handOver(offer, request);
    const file = await files(url.pathname);
    return new Response(new Uint8Array(file.body), { status: file.status, headers: { ...file.headers } });
  });
}

async function handOver(file: OfferedFile, request: Request): Promise<Response> {
  const handle = await open(file.path);
  try {
    const { size } = await handle.stat();
    const range = askedRange(request.headers.get('range'), size);
    const { status, headers } = rangeAnswer(range, size);
    if (range.kind === 'outside') return new Response(null, { status, headers: { ...offerHeaders(file, 'inline'), ...headers } });
    const start = range.kind === 'part' ? range.start : 0;
    const bytes = new Uint8Array((range.kind === 'part' ? range.end : size) - start);
    for (let at = 0; at < bytes.byteLength;) {
      const { bytesRead } = await handle.read(bytes, at, bytes.byteLength - at, start + at);
      if (bytesRead === 0) throw new Error(`${file.fileName} became shorter while it was read.`);
      at += bytesRead;
    }
    return new Response(bytes, { status, headers: { ...offerHeaders(file, 'inline'), ...headers } });
  } finally {
    await handle.close();
  }
}
