import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { StagedFile } from '../../shared/contract/worker/task-values.ts';
import { documentByteLimit } from '../../shared/domain/document.ts';
import { RetryableError } from '../../shared/domain/task-failure.ts';
import { DocumentRefused } from './document-refused.ts';
import { classify, openResponse } from './open-response.ts';
import { openOriginal, type Original } from './original.ts';
import type { ReadContext } from './read-original.ts';
import { stageFile } from './stage-file.ts';

const originalFileName = 'original';

export interface FetchLimits {
  readonly bytes: number;
  /** Milliseconds without a byte. */
  readonly idleMs: number;
  /** Milliseconds for everything: a server that drips one byte a second never falls idle. */
  readonly totalMs: number;
}

/** Idle as browsers wait for a first byte; in total, 256 MiB at a slow 4 Mbit/s take nine minutes. */
export const defaultFetchLimits: FetchLimits = { bytes: documentByteLimit, idleMs: 30_000, totalMs: 10 * 60_000 };

/** Decoded bytes from which the compression ratio is judged, and the ratio no page reaches: HTML compresses by 5 to 50. */
const ratioFrom = 8 * 1024 * 1024;
const ratioLimit = 200;
/** Longest wait a server may ask for, one day; the engine has its own patience on top. */
const retryAfterLimitMs = 24 * 60 * 60_000;
/** Bytes between two lines of progress. */
const progressStep = 1024 * 1024;

const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429]);
const missingStatuses: ReadonlySet<number> = new Set([404, 410]);

export interface FetchedOriginal {
  /** The last address, after redirects. */
  readonly url: string;
  readonly original: Original;
  readonly staged: StagedFile;
}

/**
 * Fetches an http(s) address into the staging folder, decoded, never holding more than a buffer of it.
 *
 * @throws DocumentRefused `forbidden_address`, `not_found`, `http_error`, `too_large`, `zip_bomb`, `damaged`, `empty`
 * @throws RetryableError `unreachable`, `timed_out`, or `http_error` for a busy server, with the wait it asked for
 */
export async function fetchOriginal(
  from: { readonly url: string; readonly allowedHosts: readonly string[] },
  stagingDir: string,
  context: ReadContext,
  limits: FetchLimits = defaultFetchLimits,
): Promise<FetchedOriginal> {
  const total = AbortSignal.timeout(limits.totalMs);
  const signal = AbortSignal.any([context.signal, total]);
  try {
    const { url, response } = await openResponse(from.url, { allowedHosts: from.allowedHosts, signal, idleMs: limits.idleMs });
    refuseStatus(url, response);
    const staged = await stageBody(url, response, stagingDir, { context, signal, limits });
    const declared = contentType(response.headers['content-type']);
    return { url: url.href, staged, original: await openOriginal(join(stagingDir, originalFileName), nameOf(url, response), declared) };
  } catch (error) {
    context.signal.throwIfAborted();
    if (total.aborted)
      throw new RetryableError('timed_out', `The address did not send the whole document within ${limits.totalMs} ms.`, null, error);
    throw error;
  }
}

function refuseStatus(url: URL, response: IncomingMessage): void {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return;
  response.destroy();
  if (passingStatuses.has(status) || status >= 500) {
    throw new RetryableError('http_error', `${url.host} answered ${status}.`, retryAfterMs(response.headers['retry-after']));
  }
  throw new DocumentRefused(missingStatuses.has(status) ? 'not_found' : 'http_error', `${status}`);
}

async function stageBody(
  url: URL,
  response: IncomingMessage,
  stagingDir: string,
  { context, signal, limits }: { context: ReadContext; signal: AbortSignal; limits: FetchLimits },
): Promise<StagedFile> {
  const declared = Number(response.headers['content-length'] ?? Number.NaN);
  if (declared > limits.bytes) {
    response.destroy();
    throw tooLarge(limits);
  }
  let received = 0;
  let decoded = 0;
  let reported = 0;

  async function* count(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      received += chunk.byteLength;
      if (received - reported >= progressStep || reported === 0) {
        reported = received;
        context.report({
          phase: 'fetching',
          label: url.host.slice(0, 200),
          done: declared > 0 ? Math.min(received, declared) : null,
          total: declared > 0 ? declared : null,
        });
      }
      yield chunk;
    }
  }
  async function* bound(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      decoded += chunk.byteLength;
      if (decoded > limits.bytes) throw tooLarge(limits);
      // SECURITY: a few kilobytes of gzip may hold gigabytes; stopped long before the size limit.
      if (decoded > ratioFrom && decoded > received * ratioLimit)
        throw new DocumentRefused('zip_bomb', `${received} bytes inflate to more than ${decoded}`);
      yield chunk;
    }
  }

  let staged: StagedFile | null = null;
  const save = async (source: AsyncIterable<Buffer>): Promise<void> => {
    staged = await stageFile(stagingDir, originalFileName, bound(source));
  };
  try {
    const decoder = await decoderFor(response);
    await (decoder === null ? pipeline(response, count, save, { signal }) : pipeline(response, count, decoder, save, { signal }));
  } catch (error) {
    response.destroy();
    signal.throwIfAborted();
    throw bodyFault(url, error);
  }
  if (staged === null) throw new Error('The body ended without being staged.');
  return staged;
}

/** Faults of the connection are classified as such, faults of the compressed bytes are the document's; a full disk is neither. */
function bodyFault(url: URL, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DocumentRefused || error instanceof RetryableError) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (/^Z_|^ERR_BROTLI|^ERR__?ERROR_FORMAT|^ERR_PADDING/u.test(code))
    return new DocumentRefused('damaged', `compressed body: ${code}`, error);
  return 'syscall' in error && /^(?:open|write|fsync|close)$/u.test(String(error.syscall)) ? error : classify(url, error);
}

async function decoderFor(response: IncomingMessage): Promise<Transform | null> {
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  switch (coding) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return await inflaterFor(response);
    default:
      response.destroy();
      throw new DocumentRefused('http_error', `content-encoding ${coding}`);
  }
}

/** `deflate` means zlib by the standard and raw deflate to some servers; the first byte tells (RFC 1950, CM = 8). Null for an empty body. */
async function inflaterFor(response: IncomingMessage): Promise<Transform | null> {
  const first = await new Promise<Buffer | null>((found, fail) => {
    response.once('error', fail);
    response.once('end', () => {
      found(null);
    });
    response.once('readable', () => {
      found(response.read(1) as Buffer | null);
    });
  });
  if (first === null) return null;
  response.unshift(first);
  return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

function contentType(header: string | undefined): { mime: string | null; charset: string | null } {
  const mime = header?.split(';')[0]?.trim().toLowerCase() ?? '';
  return { mime: mime === '' ? null : mime, charset: /charset\s*=\s*"?([\w:.-]{1,40})/iu.exec(header ?? '')?.[1] ?? null };
}

/** The name the server gives, the last part of the path, or the host. */
function nameOf(url: URL, response: IncomingMessage): string {
  const disposition = response.headers['content-disposition'] ?? '';
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/iu.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/iu.exec(disposition);
  const last = url.pathname.split('/').at(-1);
  const name = [extended, plain?.[1] ?? plain?.[2], last].map(decoded).find(part => part !== '') ?? url.hostname;
  return name.replaceAll(/[/\\]/gu, '_').slice(-255);
}

function decoded(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '').trim();
  } catch {
    return part ?? '';
  }
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3) as milliseconds from now; null when absent or unreadable. */
export function retryAfterMs(header: string | undefined, nowMs: number = Date.now()): number | null {
  if (header === undefined) return null;
  const seconds = /^\s*\d+\s*$/u.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(seconds) ? null : Math.min(retryAfterLimitMs, Math.max(0, seconds));
}

function tooLarge(limits: FetchLimits): DocumentRefused {
  return new DocumentRefused('too_large', `more than ${limits.bytes} bytes`);
}
