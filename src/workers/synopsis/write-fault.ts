import { EffectNotDone } from '../../shared/domain/task-failure.ts';

/** The system's name of an error; empty where it has none. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What a person cures in different ways has codes of its own. */
const messages = {
  folder_gone: 'The folder for the exported files is not there.',
  folder_full: 'There is no room left on the disk of the folder for the exported files.',
  folder_read_only: 'The folder for the exported files cannot be written into.',
  not_written: 'A file could not be written into the folder.',
} as const;

/** EDQUOT: the person's share of the disk is used up. EPERM: Windows and macOS say it of protected folders. */
const codeOfErrno: ReadonlyMap<string, keyof typeof messages> = new Map([
  ['ENOENT', 'folder_gone'],
  ['ENOTDIR', 'folder_gone'],
  ['ENOSPC', 'folder_full'],
  ['EDQUOT', 'folder_full'],
  ['EROFS', 'folder_read_only'],
  ['EACCES', 'folder_read_only'],
  ['EPERM', 'folder_read_only'],
]);

/** Why a file of which nothing was written could not be written, as a fault that the person may have cured by the next try. */
export function writeFault(cause: unknown): EffectNotDone {
  const code = codeOfErrno.get(codeOf(cause)) ?? 'not_written';
  return new EffectNotDone(code, messages[code], { retryable: true, cause });
}
