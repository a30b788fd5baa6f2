import { copyFile } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { OfferedFiles } from '../files/offered-files.ts';
import type { MadeFile, MakeSynopsisFile } from '../files/synopsis-file.ts';
import type { OpenBundle } from '../files/open-bundle.ts';
import { UploadError } from '../../store/staging.ts';
import type { CallContext } from './call-context.ts';

export interface FileCallsParams {
  readonly makeFile: MakeSynopsisFile;
  readonly offers: OfferedFiles;
  readonly openBundle: OpenBundle;
  /** These texts have been stored: they are put into the search index. */
  readonly stored: (snapshots: readonly Sha256[]) => void;
}

export function fileCalls(
  { store, changes, chooseFile }: Pick<CallContext, 'store' | 'changes' | 'chooseFile'>,
  { makeFile, offers, openBundle, stored }: FileCallsParams,
): HandlersOf<'files'> {
  return {
    'files.save': async (wanted, { signal }) => {
      if (chooseFile === null)
        throw new ExpectedError(
          'no_dialog',
          'This host has no dialog to choose a file with. Fetch the file or read it with the command line.',
        );
      const made = await makeFile(wanted, signal);
      try {
        const path = await chooseFile(made.fileName);
        if (path === null) return { saved: null };
        // SECURITY: the path comes from the system's dialog, not from the page.
        await put(made, path);
        return { saved: basename(path) };
      } finally {
        await made.release();
      }
    },

    'files.offer': async (wanted, { signal }) => {
      const made = await makeFile(wanted, signal);
      return { fileName: made.fileName, urlPath: offers.offer(made, () => void made.release()) };
    },

    'files.openBundle': async ({ requestKey, uploadId }, { signal }) => {
      const upload = await store.staging.finishUpload(uploadId).catch((error: unknown) => {
        throw error instanceof UploadError && error.code === 'not_found' ? new ExpectedError('upload_not_found', error.message) : error;
      });
      try {
        const opened = await openBundle({ requestKey, path: upload.path }, signal);
        if (opened.isNew) {
          changes.sessions([opened.sessionId]);
          changes.documents(opened.sessionId, opened.documents);
          stored(opened.snapshots);
        }
        return { sessionId: opened.sessionId };
      } finally {
        await store.staging.abortUpload(uploadId);
      }
    },

    'files.write': async ({ path, ...wanted }, { kind, signal }) => {
      // SECURITY: a path is taken from the person's own command line alone.
      if (kind !== 'commandLine') throw new ExpectedError('bad_path', 'Only the command line may name a file.');
      if (!isAbsolute(path)) throw new ExpectedError('bad_path', `"${path}" is not a whole path.`);
      const made = await makeFile(wanted, signal);
      try {
        await put(made, path);
        return {};
      } finally {
        await made.release();
      }
    },
  };
}

async function put(made: MadeFile, path: string): Promise<void> {
  await copyFile(made.path, path).catch((cause: unknown) => {
    throw new ExpectedError('cannot_write', `"${basename(path)}" cannot be written there. Choose another folder.`, { cause });
  });
}
