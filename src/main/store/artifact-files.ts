import { createHash, randomUUID } from 'node:crypto';
import { constants, statSync, unlinkSync, utimesSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import { privateFileMode, privateFolderMode, syncFile, syncFolder } from './durable-file.ts';

/** The bytes of a staged file are not what their name says; they are left where they are and nothing is stored. */
export class ArtifactHashError extends Error {
  override readonly name = 'ArtifactHashError';
  readonly code = 'hash_mismatch';
  constructor(path: string, expected: string, found: string) {
    super(`${path} should have SHA-256 ${expected} and has ${found}. The file was changed after it was written; make it again.`);
  }
}

/** What was staged is no file of the announced length, so its bytes were not looked at. */
export class StagedFileError extends Error {
  override readonly name = 'StagedFileError';
  readonly code = 'bad_staged_file';
  constructor(path: string, byteCount: number, found: string) {
    super(`${path} should be a file of ${byteCount} bytes and is ${found}. Make it again.`);
  }
}

export interface StoredBytes {
  readonly sha256: Sha256;
  readonly byteCount: number;
}

/**
 * Files named by the SHA-256 of their bytes, under `<root>/ab/<sha256>`. A file is whole and synced before it has its
 * name, so whatever has a name can be trusted; the row that names it is inserted by the caller's transaction afterwards,
 * and a kill in between leaves a nameless file that the garbage collection removes.
 */
export interface ArtifactFiles {
  put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredBytes>;
  /**
   * Moves a staged file in after its length and hash were checked. Throws `StagedFileError` or `ArtifactHashError`. A file
   * that is already stored is kept and the staged one removed, unless the stored one is damaged.
   */
  adopt(stagedPath: string, announced: StoredBytes): Promise<StoredBytes>;
  path(sha256: Sha256): string;
  /** For reading; throws ENOENT when the file is gone. The caller closes it. */
  open(sha256: Sha256): Promise<FileHandle>;
  /** False when the file is missing or has another length than its row says. */
  isWhole(sha256: Sha256, byteCount: number): boolean;
  /** Every stored file, in no order. */
  names(): AsyncIterable<Sha256>;
  /** Unlinks the file when it was last stored before `storedBeforeMs`; checks and unlinks in one turn, so an `adopt` of the same bytes cannot fall in between. */
  removeIfOlder(sha256: Sha256, storedBeforeMs: number): boolean;
}

/** `staging` is on the same disk as `root`, so that moving in is one rename; what a kill leaves in it is cleaned at the next start. */
export function createArtifactFiles(root: string, staging: string): ArtifactFiles {
  function path(sha256: Sha256): string {
    return join(root, sha256.slice(0, 2), sha256);
  }

  /** True when the bytes are stored already; their age starts anew, so the garbage collection leaves them to their new row. */
  function isStored(sha256: Sha256, byteCount: number): boolean {
    const found = statSync(path(sha256), { throwIfNoEntry: false });
    if (found === undefined || found.size !== byteCount) return false;
    const now = new Date();
    utimesSync(path(sha256), now, now);
    return true;
  }

  async function moveIn(from: string, stored: StoredBytes): Promise<StoredBytes> {
    const to = path(stored.sha256);
    // Of the right length it may still have rotted: the same bytes given again are the cure for that.
    if (isStored(stored.sha256, stored.byteCount) && (await hashOfFile(to, stored.byteCount)) === stored.sha256) {
      await rm(from);
      return stored;
    }
    await mkdir(dirname(to), { recursive: true, mode: privateFolderMode });
    const now = new Date();
    // The age counts from storing: a worker may have written the file hours before it is adopted.
    utimesSync(from, now, now);
    await syncFile(from);
    await rename(from, to);
    syncFolder(dirname(to));
    return stored;
  }

  return {
    async put(bytes) {
      await mkdir(staging, { recursive: true, mode: privateFolderMode });
      const temporary = join(staging, `put-${randomUUID()}`);
      const hash = createHash('sha256');
      let byteCount = 0;
      const handle = await open(temporary, 'wx', privateFileMode);
      try {
        for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
          hash.update(chunk);
          byteCount += chunk.byteLength;
          await handle.writeFile(chunk);
        }
      } catch (error) {
        await handle.close();
        await rm(temporary, { force: true });
        throw error;
      }
      await handle.close();
      return moveIn(temporary, { sha256: sha256Hex.parse(hash.digest('hex')), byteCount });
    },
    async adopt(stagedPath, announced) {
      const { sha256, byteCount } = announced;
      const found = await hashOfFile(stagedPath, byteCount);
      if (found !== sha256) throw new ArtifactHashError(stagedPath, sha256, found);
      return moveIn(stagedPath, { sha256, byteCount });
    },
    path,
    open: sha256 => open(path(sha256), 'r'),
    isWhole: (sha256, byteCount) => statSync(path(sha256), { throwIfNoEntry: false })?.size === byteCount,
    async *names() {
      for (const folder of await foldersOf(root)) {
        for (const name of await readdir(join(root, folder))) {
          const parsed = sha256Hex.safeParse(name);
          if (parsed.success) yield parsed.data;
        }
      }
    },
    removeIfOlder(sha256, storedBeforeMs) {
      const found = statSync(path(sha256), { throwIfNoEntry: false });
      if (found === undefined || found.mtimeMs >= storedBeforeMs) return false;
      unlinkSync(path(sha256));
      return true;
    },
  };
}

/**
 * SECURITY: a worker that was taken over chooses what it stages. A link is not followed, so nothing outside of staging becomes
 * an artifact; a pipe is not waited for, since that would hold a thread of this process for ever; more bytes than announced are not read.
 */
async function hashOfFile(path: string, byteCount: number): Promise<string> {
  // Windows knows neither flag, and a link there needs a privilege that programs do not have.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(
    (error: unknown) => {
      throw errorCode(error) === 'ELOOP' ? new StagedFileError(path, byteCount, 'a link') : error;
    },
  );
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new StagedFileError(path, byteCount, 'no file');
    if (found.size !== byteCount) throw new StagedFileError(path, byteCount, `one of ${found.size}`);
    const hash = createHash('sha256');
    if (byteCount > 0)
      for await (const chunk of handle.createReadStream({ autoClose: false, end: byteCount - 1 })) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

async function foldersOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return entries.filter(entry => entry.isDirectory() && /^[0-9a-f]{2}$/u.test(entry.name)).map(entry => entry.name);
}

function isMissing(error: unknown): boolean {
  return errorCode(error) === 'ENOENT';
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
