import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WindowFile } from '../app/window-files.ts';

const signInText = [
  'Konspekt: this browser has not been let in yet.',
  'Open the link that "konspekt serve" printed, or run "konspekt open" for a new one.',
  '',
  'Konspekt: этот браузер ещё не допущен.',
  'Откройте ссылку, которую напечатала команда «konspekt serve», или получите новую: «konspekt open».',
  '',
].join('\n');

/** The window's files, for a browser that has been let in; anyone else is told how to get a link. */
export function createPage(files: (urlPath: string) => Promise<WindowFile>) {
  return async (request: IncomingMessage, response: ServerResponse, isSignedIn: boolean): Promise<void> => {
    if (!isSignedIn) {
      response
        .writeHead(401, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
        .end(signInText);
      return;
    }
    const path = (request.url ?? '/').split(/[?#]/u, 1)[0] ?? '/';
    const file = await files(path);
    response.writeHead(file.status, { ...file.headers, 'Content-Length': String(file.body.byteLength) });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };
}
