import { createHash, randomUUID } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import { privateFileMode, privateFolderMode } from './durable-file.ts';

/** Uploads open at the same time: a dropped folder goes file by file, so more than this is a window that lost count. */
export const openUploadLimit = 64;

/** An upload that got nothing for this long was left behind by a window that is gone; it gives way when places run out. */
const abandonedAfterMs = 10 * 60_000;

/** A refusal that the window words itself. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly code: 'too_many_uploads' | 'not_found' | 'wrong_offset' | 'upload_incomplete';
  constructor(code: UploadError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface FinishedUpload {
  readonly path: string;
  readonly name: string;
  readonly sha256: Sha256;
  readonly byteCount: number;
}

/**
 * Files on their way in, under `<data>/staging`. A job's worker writes into `folderOf(jobId)`; an upload is written here
 * piece by piece. Nothing in it is promised to anyone: an upload lives as long as the program, and the next start removes
 * what no live job owns.
 */
export interface Staging {
  /** Made when missing. `owner` is a job's id. */
  folderOf(owner: string): string;
  release(owner: string): Promise<void>;
  /** Removes everything that is there now but the folders of live jobs. Call it at start, before uploads and workers. */
  clean(isLive: (owner: string) => boolean): Promise<{ readonly removed: number }>;
  beginUpload(file: { readonly name: string; readonly byteCount: number }): Promise<string>;
  /** Resolves to the bytes received. A piece that is there already is acknowledged and not written twice. Throws `UploadError`. */
  appendUpload(uploadId: string, offset: number, bytes: Uint8Array): Promise<number>;
  /** The file is whole; it stays until it is adopted or `abortUpload`. Throws `UploadError`. */
  finishUpload(uploadId: string): Promise<FinishedUpload>;
  abortUpload(uploadId: string): Promise<void>;
  close(): Promise<void>;
}

interface Upload {
  readonly name: string;
  readonly path: string;
  readonly byteCount: number;
  readonly hash: Hash;
  handle: FileHandle | null;
  received: number;
  /** Monotonic. */
  touchedAtMs: number;
  finished: FinishedUpload | null;
  /** Pieces of one upload are written one after the other, in the order they were asked for. */
  tail: Promise<unknown>;
}

export function createStaging(root: string, monotonicMs: () => number = () => performance.now()): Staging {
  const uploads = new Map<string, Upload>();

  function find(uploadId: string): Upload {
    const upload = uploads.get(uploadId);
    if (upload === undefined) throw new UploadError('not_found', `There is no upload ${uploadId}. Begin it again.`);
    return upload;
  }

  function inOrder<T>(upload: Upload, work: () => Promise<T>): Promise<T> {
    const result = upload.tail.then(work);
    upload.tail = result.catch(() => undefined);
    return result;
  }

  async function append(upload: Upload, offset: number, bytes: Uint8Array): Promise<number> {
    const end = offset + bytes.byteLength;
    upload.touchedAtMs = monotonicMs();
    if (end <= upload.received) return upload.received;
    if (offset !== upload.received)
      throw new UploadError('wrong_offset', `The next piece of ${upload.name} starts at ${upload.received} and not at ${offset}.`);
    if (end > upload.byteCount || upload.handle === null)
      throw new UploadError('wrong_offset', `${upload.name} was announced with ${upload.byteCount} bytes and a piece ends at ${end}.`);
    await writeWhole(upload.handle, bytes, offset);
    upload.hash.update(bytes);
    upload.received = end;
    return end;
  }

  async function finish(upload: Upload): Promise<FinishedUpload> {
    if (upload.finished !== null) return upload.finished;
    if (upload.received !== upload.byteCount)
      throw new UploadError(
        'upload_incomplete',
        `${upload.name} has ${upload.received} of ${upload.byteCount} bytes. Send the rest first.`,
      );
    await upload.handle?.close();
    upload.handle = null;
    upload.finished = {
      path: upload.path,
      name: upload.name,
      sha256: sha256Hex.parse(upload.hash.digest('hex')),
      byteCount: upload.byteCount,
    };
    return upload.finished;
  }

  async function abort(uploadId: string): Promise<void> {
    const upload = uploads.get(uploadId);
    if (upload === undefined) return;
    uploads.delete(uploadId);
    await upload.tail;
    await upload.handle?.close();
    await rm(upload.path, { force: true });
  }

  async function abortAbandoned(): Promise<void> {
    const abandoned = [...uploads].filter(([, { touchedAtMs }]) => touchedAtMs + abandonedAfterMs <= monotonicMs());
    for (const [uploadId] of abandoned) await abort(uploadId);
  }

  return {
    folderOf(owner) {
      const folder = join(root, ownerName(owner));
      mkdirSync(folder, { recursive: true, mode: privateFolderMode });
      return folder;
    },
    release: owner => rm(join(root, ownerName(owner)), { recursive: true, force: true }),
    async clean(isLive) {
      // Listed before anything else can run: what is made while it removes is somebody's.
      const names = readdirSync(root).filter(name => !isLive(name));
      for (const name of names) await rm(join(root, name), { recursive: true, force: true });
      return { removed: names.length };
    },
    async beginUpload({ name, byteCount }) {
      if (uploads.size >= openUploadLimit) await abortAbandoned();
      if (uploads.size >= openUploadLimit)
        throw new UploadError('too_many_uploads', `${openUploadLimit} uploads are open. Finish or abort one of them first.`);
      const uploadId = randomUUID();
      const path = join(root, `upload-${uploadId}`);
      const upload: Upload = {
        name,
        path,
        byteCount,
        hash: createHash('sha256'),
        handle: null,
        received: 0,
        touchedAtMs: monotonicMs(),
        finished: null,
        tail: Promise.resolve(),
      };
      // Counted before the file is made, so that many begun at once cannot pass the limit together.
      uploads.set(uploadId, upload);
      try {
        await mkdir(root, { recursive: true, mode: privateFolderMode });
        upload.handle = await open(path, 'wx', privateFileMode);
      } catch (error) {
        uploads.delete(uploadId);
        throw error;
      }
      return uploadId;
    },
    appendUpload: async (uploadId, offset, bytes) => {
      const upload = find(uploadId);
      return inOrder(upload, () => append(upload, offset, bytes));
    },
    finishUpload: async uploadId => {
      const upload = find(uploadId);
      return inOrder(upload, () => finish(upload));
    },
    abortUpload: abort,
    async close() {
      for (const uploadId of [...uploads.keys()]) await abort(uploadId);
    },
  };
}

/** SECURITY: an owner is a job's id; anything else could name a folder outside of staging. */
function ownerName(owner: string): string {
  if (!/^[0-9a-f-]{36}$/u.test(owner)) throw new Error(`"${owner.slice(0, 60)}" is no job's id, so it can own no staging folder.`);
  return owner;
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.byteLength;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.byteLength - written, position + written);
    written += bytesWritten;
  }
}
