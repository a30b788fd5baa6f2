import { z } from 'zod';
import { backupName, backupView } from '../domain/backup.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

const backups = z.strictObject({
  /** Newest first. */
  backups: z.array(backupView),
  /** Which of them the next start puts in place; null for none. */
  wanted: backupName.nullable(),
});
export type Backups = z.output<typeof backups>;

/** SECURITY: null, and then the system's dialog asks; where there is one, a window names no path. */
const folderPath = z.string().min(1).max(4_096).nullable();
const folderErrors = ['bad_folder', 'use_dialog'] as const;
const copied = z.strictObject({ missingFiles: z.int().nonnegative() });

/** Copies of the database that the program keeps, each of which was read back in full when it was made. */
export const backupRoutes = {
  'backups.list': call({ input: z.strictObject({}), output: backups.extend({ revision }) }),
  'backups.make': call({ input: z.strictObject({}), output: backups, errors: ['backup_failed', 'storage_full'] }),
  /** Reads all of a backup again, now. */
  'backups.check': call({
    input: z.strictObject({ name: backupName }),
    output: z.strictObject({ isSound: z.boolean() }),
    errors: ['not_found'],
  }),
  /**
   * Has the next start put this backup in place, after a copy of what is there then. Nothing changes before. It is read in full
   * first.
   */
  'backups.restore': call({
    input: z.strictObject({ name: backupName }),
    output: backups,
    errors: ['not_found', 'backup_damaged', 'backup_too_new', 'storage_full'],
  }),
  /** What was asked for is not wanted any more. */
  'backups.keepPresent': call({ input: z.strictObject({}), output: backups, errors: ['storage_full'] }),
  /** Writes everything into a new folder within one that the person picks in the system's dialog, or that the command line names. */
  'backups.writeCopy': call({
    input: z.strictObject({ path: folderPath }),
    /** The new folder, and how many of its documents' files were gone; null when the person cancelled. */
    output: copied.extend({ folder: z.string() }).nullable(),
    errors: [...folderErrors, 'cannot_write'],
  }),
  /** Takes such a folder in as one of the backups, which can then be restored. What there is now is not touched. */
  'backups.takeIn': call({
    input: z.strictObject({ path: folderPath }),
    output: copied.extend({ name: backupName }).nullable(),
    errors: [...folderErrors, 'not_a_copy', 'copy_damaged', 'backup_too_new', 'storage_full'],
  }),
  /** Ends the program in order and starts it again, which carries out what is wanted. Only a desktop program starts itself. */
  'backups.restart': call({ input: z.strictObject({}), output: z.strictObject({}), errors: ['cannot_restart'] }),
  'backups.changed': event(backups.extend({ revision })),
} as const;
