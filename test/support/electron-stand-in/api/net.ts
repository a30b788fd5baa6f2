import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelled, notModelled } from '../modelled.ts';
import { schemeHandler } from './protocol.ts';

/** Chromium's own types for files, as far as a desktop app serves them. */
const FILE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain',
  '.pdf': 'application/pdf',
};

async function fetchFile(url: URL): Promise<Response> {
  try {
    const type = FILE_TYPES[extname(url.pathname).toLowerCase()];
    return new Response(await readFile(fileURLToPath(url)), type === undefined ? {} : { headers: { 'content-type': type } });
  } catch {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  }
}

/** Files and the app's own schemes; no address of a network. */
export const net = modelled('net', {
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const url = new URL(typeof input === 'string' ? input : input.url);
    if (url.protocol === 'file:') return fetchFile(url);
    const handler = schemeHandler(url.protocol.slice(0, -1));
    if (handler === undefined) throw notModelled(`net.fetch of '${url.protocol}'`);
    return handler(new Request(input, init));
  },
  isOnline: () => false,
});
