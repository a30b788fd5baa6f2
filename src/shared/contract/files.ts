import { z } from 'zod';
import { requestKey, sessionId, versionId } from '../domain/ids.ts';
import { language } from '../domain/language.ts';
import { fileFormat } from '../export/file-formats.ts';
import { call, offeredFile, savedFile } from './define.ts';

const wanted = {
  versionId,
  format: fileFormat,
  /** Of headings and of what the program says. */
  language,
};

/**
 * `no_cards`: no question and no term to make cards of. `no_browser`: none is installed that prints PDF. `worker_unavailable`: the
 * process that writes files could not be started now.
 */
const makeErrors = ['not_found', 'not_ready', 'no_cards', 'no_browser', 'print_failed', 'worker_unavailable', 'storage_full'] as const;

/** A finished synopsis as a file. */
export const fileRoutes = {
  /** Asks with the system's dialog where the file goes, and writes it there. The desktop alone has such a dialog. */
  'files.save': call({
    input: z.strictObject(wanted),
    output: savedFile,
    errors: [...makeErrors, 'no_dialog', 'cannot_write'],
  }),
  /** Makes the file and says where a page of this host fetches it from, for some minutes. */
  'files.offer': call({
    input: z.strictObject(wanted),
    output: offeredFile,
    errors: makeErrors,
  }),
  /** Writes the file to a path. For the command line alone: a window does not name paths. What lies there is replaced. */
  'files.write': call({
    input: z.strictObject({ ...wanted, path: z.string().min(1).max(4_096) }),
    output: z.strictObject({}),
    errors: [...makeErrors, 'bad_path', 'cannot_write'],
  }),
  /**
   * Opens an uploaded bundle as a chat of its own, with its sources and its synopsis, in one commit. The same key again names the
   * same chat.
   */
  'files.openBundle': call({
    input: z.strictObject({ requestKey, uploadId: z.uuid() }),
    output: z.strictObject({ sessionId }),
    errors: [
      'upload_not_found',
      'upload_incomplete',
      'not_a_bundle',
      'bundle_too_new',
      'bundle_too_large',
      'bundle_damaged',
      'worker_unavailable',
      'storage_full',
    ],
  }),
} as const;
