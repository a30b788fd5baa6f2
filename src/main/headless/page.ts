import type { IncomingMessage, ServerResponse } from 'node:http';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { askedRange, rangeAnswer } from '../app/files/asked-range.ts';
import { offerHeaders, type OfferedFile, type OfferedFiles } from '../app/files/offered-files.ts';
import type { WindowFile } from '../app/window-files.ts';

const signInText = [
  'Konspekt: this browser has not been let in yet.',
  'Open the link that "konspekt serve" printed, or run "konspekt open" for a new one.',
  '',
  'Konspekt: этот браузер ещё не допущен.',
  'Откройте ссылку, которую напечатала команда «konspekt serve», или получите новую: «konspekt open».',
  '',
].join('\n');

/** The window's files and those that are offered to it, for a browser that has been let in; anyone else is told how to get a link. */
export function createPage(files: (urlPath: string) => Promise<WindowFile>, offers: Pick<OfferedFiles, 'at'>) {
  return async (request: IncomingMessage, response: ServerResponse, isSignedIn: boolean): Promise<void> => {
    if (!isSignedIn) {
      response
        .writeHead(401, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
        .end(signInText);
      return;
    }
    const path = (request.url ?? '/').split(/[?#]/u, 1)[0] ?? '/';
    const offered = offers.at(path);
    if (offered !== null) {
      await handOver(offered, request, response);
      return;
    }
    const file = await files(path);
    response.writeHead(file.status, { ...file.headers, 'Content-Length': String(file.body.byteLength) });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };
}

async function handOver(file: OfferedFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { size } = await stat(file.path);
  const range = askedRange(request.headers.range, size);
  const { status, headers } = rangeAnswer(range, size);
  response.writeHead(status, { ...offerHeaders(file, 'attachment'), ...headers });
  if (request.method === 'HEAD' || range.kind === 'outside') response.end();
  else await pipeline(createReadStream(file.path, range.kind === 'part' ? { start: range.start, end: range.end - 1 } : {}), response);
}
