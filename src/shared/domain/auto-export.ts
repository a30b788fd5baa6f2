import { z } from 'zod';
import { epochMs, folderId, sessionId } from './ids.ts';

/** `append`: each version gets a file of its own and none is touched again. `mirror`: one file for each synopsis, kept current. */
export const autoExportModes = ['append', 'mirror'] as const;
export const autoExportMode = z.enum(autoExportModes);
export type AutoExportMode = z.output<typeof autoExportMode>;

/**
 * What is known of a written file. `edited`: it no longer holds what was written, so it is the person's now. `deleted`: it is
 * gone, and comes back only when the person says so.
 */
export const autoExportFileStates = ['written', 'edited', 'deleted'] as const;
export const autoExportFileState = z.enum(autoExportFileStates);
export type AutoExportFileState = z.output<typeof autoExportFileState>;

/** Chosen chats of one folder; whoever wants more wants all of them. */
export const autoExportChatLimit = 500;
/** Folders; a person has a vault or two. */
export const autoExportFolderLimit = 20;
/** Names of files told of one folder; the counts tell of the rest. */
export const autoExportNamedLimit = 20;

/** A file's path within the folder, with `/` on every system: two bytes a letter, and some folders deep where a person moved it. */
export const autoExportFileName = z.string().min(1).max(4_096);

/** A folder of the person's that finished synopses are written into by themselves. */
export const autoExportFolder = z.strictObject({
  id: folderId,
  /** Its real path when it was chosen. */
  path: z.string().min(1).max(4_096),
  mode: autoExportMode,
  /** Of these chats; null for all. */
  sessions: z.array(sessionId).min(1).max(autoExportChatLimit).nullable(),
});
export type AutoExportFolder = z.output<typeof autoExportFolder>;

const namedFiles = z.strictObject({ count: z.int().nonnegative(), names: z.array(autoExportFileName).max(autoExportNamedLimit) });

export const autoExportView = autoExportFolder.extend({
  fileCount: z.int().nonnegative(),
  /** Left as the person has them; newer text lies in a file beside them. */
  edited: namedFiles,
  deleted: namedFiles,
  /** How it last went, and why not; null before the first time. */
  last: z.strictObject({ atMs: epochMs, errorCode: z.string().max(64).nullable() }).nullable(),
});
export type AutoExportView = z.output<typeof autoExportView>;
