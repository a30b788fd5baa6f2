import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, type Sha256 } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../ipc/expected-error.ts';
import type { ArtifactFiles } from '../store/artifact-files.ts';

/** Uploads one window has open at a time; a dropped folder's files go one after the other. */
const uploadsAtOnceLimit = 20;
/** An upload nobody adds to for this long belongs to a window that is gone. */
const abandonedAfterMs = 30 * 60_000;

interface Upload {
  readonly name: string;
  readonly byteCount: number;
  readonly path: string;
  readonly file: FileHandle;
  readonly hash: ReturnType<typeof createHash>;
  received: number;
  touchedAtMs: number;
  /** Appends of one upload run one after the other, whatever order their calls are served in. */
  tail: Promise<unknown>;
}

export interface StoredUpload {
  readonly name: string;
  readonly sha256: Sha256;
  readonly byteCount: number;
}

export interface Uploads {
  begin(name: string, byteCount: number): Promise<string>;
  append(uploadId: string, offset: number, bytes: Uint8Array): Promise<number>;
  abort(uploadId: string): Promise<void>;
  /** Moves a whole upload into the artifacts and forgets it. */
  store(uploadId: string): Promise<StoredUpload>;
  close(): Promise<void>;
}

/** Files on their way in, chunk by chunk, in a folder of their own that is emptied at every start. */
export function createUploads(folder: string, files: ArtifactFiles, now: () => number): Uploads {
  const uploads = new Map<string, Upload>();

  function find(uploadId: string): Upload {
    const upload = uploads.get(uploadId);
    if (upload === undefined) throw new ExpectedError('not_found', `There is no upload ${uploadId}; begin again.`);
    upload.touchedAtMs = now();
    return upload;
  }

  async function drop(uploadId: string): Promise<void> {
    const upload = uploads.get(uploadId);
    if (upload === undefined) return;
    uploads.delete(uploadId);
    await upload.tail.catch(() => undefined);
    await upload.file.close();
    await rm(upload.path, { force: true });
  }

  async function dropAbandoned(): Promise<void> {
    for (const [id, upload] of uploads) if (upload.touchedAtMs + abandonedAfterMs < now()) await drop(id);
  }

  return {
    async begin(name, byteCount) {
      await dropAbandoned();
      if (uploads.size >= uploadsAtOnceLimit) throw new ExpectedError('too_many_uploads', `${uploadsAtOnceLimit} uploads are open already; wait for one to end.`, { retryable: true });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const uploadId = randomUUID();
      const path = join(folder, uploadId);
      const file = await open(path, 'wx', 0o600);
      uploads.set(uploadId, { name, byteCount, path, file, hash: createHash('sha256'), received: 0, touchedAtMs: now(), tail: Promise.resolve() });
      return uploadId;
    },
    async append(uploadId, offset, bytes) {
      const upload = find(uploadId);
      const write = upload.tail.then(async () => {
        // A retried chunk is acknowledged and not written twice.
        if (offset + bytes.byteLength <= upload.received) return;
        if (offset !== upload.received) throw new ExpectedError('wrong_offset', `${upload.received} bytes have arrived, and this chunk begins at ${offset}.`);
        if (upload.received + bytes.byteLength > upload.byteCount) throw new ExpectedError('wrong_offset', `The upload was announced with ${upload.byteCount} bytes and is longer.`);
        await upload.file.write(bytes, 0, bytes.byteLength, offset);
        upload.hash.update(bytes);
        upload.received += bytes.byteLength;
      });
      upload.tail = write.catch(() => undefined);
      await write;
      return upload.received;
    },
    abort: drop,
    async store(uploadId) {
      const upload = uploads.get(uploadId);
      if (upload === undefined) throw new ExpectedError('upload_not_found', `There is no upload ${uploadId}; send the file again.`);
      await upload.tail;
      if (upload.received !== upload.byteCount) throw new ExpectedError('upload_incomplete', `${upload.received} of ${upload.byteCount} bytes of "${upload.name}" have arrived.`);
      uploads.delete(uploadId);
      await upload.file.close();
      const stored = await files.adopt(upload.path, sha256Hex.parse(upload.hash.digest('hex')));
      return { name: upload.name, ...stored };
    },
    async close() {
      for (const id of uploads.keys()) await drop(id);
    },
  };
}
