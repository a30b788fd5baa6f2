import { copyFile } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { OfferedFiles } from '../files/offered-files.ts';
import type { MadeFile, MakeSynopsisFile } from '../files/synopsis-file.ts';
import type { CallContext } from './call-context.ts';

export interface FileCallsParams {
  readonly makeFile: MakeSynopsisFile;
  readonly offers: OfferedFiles;
}

export function fileCalls({ chooseFile }: Pick<CallContext, 'chooseFile'>, { makeFile, offers }: FileCallsParams): HandlersOf<'files'> {
  return {
    'files.save': async (wanted, { signal }) => {
      if (chooseFile === null)
        throw new ExpectedError('no_dialog', 'This host has no dialog to choose a file with. Export the synopsis and save it yourself.');
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
