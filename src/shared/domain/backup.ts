import { z } from 'zod';
import { epochMs } from './ids.ts';

/**
 * Why a backup was made: at the last clean close, before a migration, while running, because the person asked for it, or as
 * the state that a restored one took the place of.
 */
export const backupReasons = ['close', 'migration', 'timed', 'manual', 'restore'] as const;
export type BackupReason = (typeof backupReasons)[number];

/** A backup's own file name: it names one in the folder of backups and nothing outside it. */
export const backupName = z.string().regex(/^(?:close|migration|timed|manual|restore)-\d{13,16}-s\d{1,9}\.db$/u);

const count = z.int().nonnegative();

/** What is in a backup, counted in its file. */
const backupContents = z.strictObject({
  chats: count,
  documents: count,
  synopses: count,
  /** Files of documents that it names and that are not on the disk any more. */
  missingFiles: count,
});
export type BackupContents = z.output<typeof backupContents>;

export const backupView = z.strictObject({
  name: backupName,
  reason: z.enum(backupReasons),
  atMs: epochMs,
  bytes: z.int().nonnegative(),
  /** False when a newer version of the program wrote it. */
  isKnown: z.boolean(),
  /** Null when the file cannot be read. */
  contents: backupContents.nullable(),
});
export type BackupView = z.output<typeof backupView>;
