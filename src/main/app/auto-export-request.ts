import { basename } from 'node:path';
import type { AutoExportFolder } from '../../shared/domain/auto-export.ts';

/** As the engine bounds a job's title. */
const titleLimit = 500;

/** The job that brings a folder up to date. What a person asks for does not wait behind one that is put off. */
export function autoExportRequest({ id, path }: Pick<AutoExportFolder, 'id' | 'path'>, asked: { readonly restore: boolean } | null) {
  const how = asked === null ? 'new' : asked.restore ? 'restore' : 'asked';
  return {
    kind: 'synopsis.autoexport' as const,
    payload: { folderId: id, folder: path, isAgain: asked !== null, restore: asked?.restore === true },
    idempotencyKey: `autoexport:${how}:${id}`,
    sessionId: null,
    title: (basename(path) || path).slice(0, titleLimit),
  };
}
