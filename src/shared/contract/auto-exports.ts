import { z } from 'zod';
import { autoExportFolderLimit, autoExportChatLimit, autoExportMode, autoExportView } from '../domain/auto-export.ts';
import { folderId, jobId, sessionId } from '../domain/ids.ts';
import { jobView } from '../domain/job.ts';
import { call, event } from './define.ts';
import { enqueueErrors } from './enqueue.ts';
import { revision } from './pagination.ts';

const all = z.strictObject({
  folders: z.array(autoExportView).max(autoExportFolderLimit),
  /** Whether this host has a dialog for folders; where it has one, a window names no path. */
  hasFolderDialog: z.boolean(),
});
export type AutoExports = z.output<typeof all>;

const wanted = {
  mode: autoExportMode,
  /** Of these chats; null for all. */
  sessions: z.array(sessionId).min(1).max(autoExportChatLimit).nullable().default(null),
};
const addErrors = ['bad_folder', 'folder_not_for_export', 'too_many_export_folders', 'storage_full'] as const;

/** Folders that finished synopses are written into by themselves. Changes answer with all of them. */
export const autoExportRoutes = {
  'autoExports.list': call({ input: z.strictObject({}), output: all.extend({ revision }) }),
  /** A folder the person picks in the system's dialog; nothing changes when they cancel. A folder that is there gets the new mode. */
  'autoExports.choose': call({ input: z.strictObject(wanted), output: all, errors: ['no_dialog', ...addErrors] }),
  /** SECURITY: where there is a dialog, only the command line names a path. */
  'autoExports.add': call({
    input: z.strictObject({ ...wanted, path: z.string().min(1).max(4_096) }),
    /** `jobId` is that of the job which brings what is finished already; null when there is nothing yet. */
    output: all.extend({ jobId: jobId.nullable() }),
    errors: ['use_dialog', ...addErrors],
  }),
  /** The files stay. */
  'autoExports.remove': call({ input: z.strictObject({ folderId }), output: all, errors: ['not_found', 'storage_full'] }),
  /** Looks at every file of the folder now. `restore` brings back what the person has deleted. */
  'autoExports.run': call({
    input: z.strictObject({ folderId, restore: z.boolean().default(false) }),
    output: z.strictObject({ job: jobView }),
    errors: ['not_found', 'folder_gone', 'still_stopping', ...enqueueErrors],
  }),
  'autoExports.changed': event(all.extend({ revision })),
} as const;
