import { stat } from 'node:fs/promises';
import type { AutoExports } from '../../../shared/contract/auto-exports.ts';
import { autoExportFolderLimit, type AutoExportFolder } from '../../../shared/domain/auto-export.ts';
import { folderId as folderIdSchema, type FolderId, type JobId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { autoExportRequest } from '../auto-export-request.ts';
import { newId } from '../new-id.ts';
import { grantableFolder } from '../reach/grantable-folder.ts';
import { refuseWhileEnding } from '../refuse-while-ending.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** All folders, and whether the person picks them in a dialog. */
export function autoExportsOf({ store, chooseFolder }: Pick<CallContext, 'store' | 'chooseFolder'>): AutoExports {
  return { folders: store.autoExports.list(), hasFolderDialog: chooseFolder !== null };
}

export function autoExportCalls(context: CallContext, { dataDir }: { readonly dataDir: string }): HandlersOf<'autoExports'> {
  const { store, events, chooseFolder, engine, jobViews, now } = context;

  function changed(): AutoExports {
    const all = autoExportsOf(context);
    events.publish('autoExports.changed', all);
    return all;
  }
  async function ask(folder: Pick<AutoExportFolder, 'id' | 'path'>, restore: boolean) {
    // Somebody waits for it, and the job itself would try for hours: a disk that is not there is told at once.
    const isThere = await stat(folder.path).then(
      found => found.isDirectory(),
      () => false,
    );
    if (!isThere) {
      store.autoExports.setLast(folder.id, { atMs: now(), errorCode: 'folder_gone' });
      changed();
      throw new ExpectedError('folder_gone', `The folder "${folder.path}" is not there. Connect its disk or create it, then retry.`);
    }
    const { jobId, created } = await engine.enqueue(autoExportRequest(folder, { restore }));
    const job = expectFound(jobViews.view(jobId), 'job', jobId);
    if (!created) refuseWhileEnding(job);
    return { job };
  }
  async function add(path: string, wanted: Pick<AutoExportFolder, 'mode' | 'sessions'>): Promise<JobId | null> {
    const real = await grantableFolder(path, dataDir, 'export');
    const folders = store.autoExports.list();
    const before = folders.find(folder => folder.path === real);
    if (before === undefined && folders.length >= autoExportFolderLimit)
      throw new ExpectedError('too_many_export_folders', `${autoExportFolderLimit} folders are kept up to date; remove one first.`);
    const folder = { id: before?.id ?? newId(folderIdSchema), path: real, ...wanted };
    store.autoExports.put(folder, now());
    if (store.autoExports.due(folder.id, { isAgain: false, limit: 1 }).length === 0) return null;
    return (await engine.enqueue(autoExportRequest(folder, null))).jobId;
  }
  const have = (id: FolderId) => expectFound(store.autoExports.get(id), 'folder', id);

  return {
    'autoExports.list': () => ({ ...autoExportsOf(context), revision: events.revision('autoExports.changed') }),
    'autoExports.choose': async wanted => {
      if (chooseFolder === null)
        throw new ExpectedError('no_dialog', 'This host has no dialog to choose a folder with. Use "konspekt autoexport add <folder>".');
      const path = await chooseFolder();
      if (path === null) return autoExportsOf(context);
      await add(path, wanted);
      return changed();
    },
    'autoExports.add': async ({ path, ...wanted }, { kind }) => {
      // SECURITY: a path from a page chooses nothing where there is a dialog, which no page can answer.
      if (chooseFolder !== null && kind !== 'commandLine')
        throw new ExpectedError('use_dialog', 'Where there is a window of the program, the folder is chosen in its dialog.');
      const jobId = await add(path, wanted);
      return { ...changed(), jobId };
    },
    'autoExports.remove': ({ folderId }) => {
      have(folderId);
      store.autoExports.remove(folderId);
      return changed();
    },
    'autoExports.run': async ({ folderId, restore }) => ask(have(folderId), restore),
  };
}
