import { createReadStream, existsSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { createArtifactFiles, type ArtifactFiles } from './artifact-files.ts';
import { backupName } from './backups.ts';
import type { DataFolder } from './data-folder.ts';
import { dataFolder } from './data-folder.ts';
import { privateFileMode, privateFolderMode, syncFile, syncFolder } from './durable-file.ts';
import type { Reader } from './reader.ts';

/** What was pointed at is no copy that this program can take in. */
export class WholeCopyError extends Error {
  override readonly name = 'WholeCopyError';
  readonly code: 'not_a_copy' | 'copy_damaged' | 'backup_too_new';
  constructor(code: WholeCopyError['code'], folder: string) {
    super(`The folder ${folder} cannot be taken in (${code}). Choose a folder that Konspekt has written and that is complete.`);
    this.code = code;
  }
}

interface WholeCopyParams {
  readonly reader: Pick<Reader, 'writeBackup' | 'checkBackup'>;
  readonly files: ArtifactFiles;
}

interface NamedFile {
  readonly sha256: Sha256;
  readonly byteCount: number;
}

/**
 * Writes everything into a folder of its own within `into`: a verified copy of the database and every file that it names. The
 * folder is laid out as a data folder. The database gets its name last, so a copy that was cut short is taken for none.
 */
export async function writeWholeCopy(
  { reader, files }: WholeCopyParams,
  into: string,
  name: string,
): Promise<{ readonly folder: string; readonly missingFiles: number }> {
  const copy = dataFolder(await newFolder(into, name));
  const unfinished = `${copy.database}.unfinished`;
  await reader.writeBackup(unfinished);
  const target = createArtifactFiles(copy.artifacts, copy.staging);
  let missingFiles = 0;
  for (const { sha256, byteCount } of namedFiles(unfinished)) {
    if (!files.isWhole(sha256, byteCount)) {
      missingFiles += 1;
      continue;
    }
    const to = target.path(sha256);
    await mkdir(join(copy.artifacts, sha256.slice(0, 2)), { recursive: true, mode: privateFolderMode });
    await copyFile(files.path(sha256), to);
    await syncFile(to);
  }
  await rename(unfinished, copy.database);
  syncFolder(copy.root);
  return { folder: copy.root, missingFiles };
}

/**
 * Takes such a folder in as one of the backups, and its files beside ours; what there is now is not touched. Each file is stored
 * under the hash of its bytes, so a damaged one takes the place of none. Throws `WholeCopyError`.
 */
export async function takeInWholeCopy(
  { reader, files }: WholeCopyParams,
  from: string,
  { folder, nowMs, newestKnownSchema }: { readonly folder: DataFolder; readonly nowMs: number; readonly newestKnownSchema: number },
): Promise<{ readonly name: string; readonly missingFiles: number }> {
  const source = dataFolder(from);
  // A log beside it holds what its program has not moved into the file yet: that is a data folder at work and no copy.
  const log = statSync(`${source.database}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (!existsSync(source.database) || log > 0) throw new WholeCopyError('not_a_copy', from);
  const unverified = join(folder.backups, `taken-in-${nowMs}.unverified`);
  try {
    await copyFile(source.database, unverified);
    await chmod(unverified, privateFileMode);
    await syncFile(unverified);
    const verdict = await reader.checkBackup(unverified);
    if (!verdict.ok || verdict.schema === 0) throw new WholeCopyError('copy_damaged', from);
    if (verdict.schema > newestKnownSchema) throw new WholeCopyError('backup_too_new', from);
    const theirs = createArtifactFiles(source.artifacts, source.staging);
    let missingFiles = 0;
    for (const { sha256, byteCount } of namedFiles(unverified)) {
      if (files.isWhole(sha256, byteCount)) continue;
      const stored = theirs.isWhole(sha256, byteCount) ? await files.put(createReadStream(theirs.path(sha256))) : null;
      if (stored?.sha256 !== sha256) missingFiles += 1;
    }
    const file = join(folder.backups, backupName({ reason: 'manual', takenAtMs: nowMs, schema: verdict.schema }));
    await rename(unverified, file);
    syncFolder(folder.backups);
    return { name: basename(file), missingFiles };
  } finally {
    await rm(unverified, { force: true });
  }
}

/** A new folder of this name, or with a number behind it. */
async function newFolder(into: string, name: string): Promise<string> {
  for (let again = 1; ; again += 1) {
    const path = join(into, again === 1 ? name : `${name} (${again})`);
    try {
      await mkdir(path, { mode: privateFolderMode });
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

function namedFiles(database: string): NamedFile[] {
  const db = new SqliteDatabase(database, { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], NamedFile>('SELECT sha256, byte_count AS byteCount FROM artifact ORDER BY sha256').all();
  } finally {
    db.close();
  }
}
