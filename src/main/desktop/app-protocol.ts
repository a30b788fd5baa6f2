import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { offerHeaders, type OfferedFiles } from '../app/files/offered-files.ts';
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
    if (offer !== null) return new Response(new Uint8Array(await readFile(offer.path)), { headers: { ...offerHeaders(offer, 'inline') } });
    const file = await files(url.pathname);
    return new Response(new Uint8Array(file.body), { status: file.status, headers: { ...file.headers } });
  });
}
