import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { backupName } from '../../shared/domain/backup.ts';
import { syncFolder, writeFileDurably } from './durable-file.ts';

const restoreRequest = z.strictObject({ backup: backupName });

/** The backup that the next start puts in place; null when none is wanted. An unreadable request asks for nothing. */
export function readRestoreRequest(file: string): string | null {
  try {
    return restoreRequest.parse(JSON.parse(readFileSync(file, 'utf8'))).backup;
  } catch {
    return null;
  }
}

export function writeRestoreRequest(file: string, backup: string): void {
  writeFileDurably(file, `${JSON.stringify({ backup } satisfies z.output<typeof restoreRequest>)}\n`);
}

export function removeRestoreRequest(file: string): void {
  rmSync(file, { force: true });
  syncFolder(dirname(file));
}
