import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Backups } from '../../../shared/contract/backups.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { CallerKind, HandlersOf } from '../../ipc/handlers.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import { migrations } from '../../store/migrations/all.ts';
import { readRestoreRequest, removeRestoreRequest, writeRestoreRequest } from '../../store/restore-request.ts';
import { takeInWholeCopy, WholeCopyError, writeWholeCopy } from '../../store/whole-copy.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export interface BackupCallsParams {
  readonly folder: OpenedStore['folder'];
  readonly backup: OpenedStore['backup'];
  /** Null where the host cannot start itself again. */
  readonly restart: (() => void) | null;
}

const newestKnownSchema = migrations.at(-1)?.version ?? 0;

export function backupCalls(
  { store, reader, events, chooseFolder, now }: Pick<CallContext, 'store' | 'reader' | 'events' | 'chooseFolder' | 'now'>,
  { folder, backup, restart }: BackupCallsParams,
): HandlersOf<'backups'> {
  async function all(): Promise<Backups> {
    return { backups: await reader.describeBackups({ newestKnownSchema }), wanted: readRestoreRequest(folder.restoreRequest) };
  }
  async function changed(): Promise<Backups> {
    const now = await all();
    events.publish('backups.changed', now);
    return now;
  }
  /** SECURITY: the name has passed `backupName`, so it leads to no other folder. */
  function fileOf(name: string): string {
    const file = join(folder.backups, name);
    return expectFound(existsSync(file) ? file : null, 'backup', name);
  }

  /** The folder that the person means; null when they changed their mind. */
  async function folderOf(path: string | null, kind: CallerKind): Promise<string | null> {
    // SECURITY: a path from a page chooses nothing where there is a dialog, which no page can answer.
    if (path !== null && chooseFolder !== null && kind !== 'commandLine')
      throw new ExpectedError('use_dialog', 'Where there is a window of the program, the folder is chosen in its dialog.');
    const chosen = path ?? (await chooseFolder?.()) ?? null;
    if (chosen === null) return null;
    const found = isAbsolute(chosen) ? await stat(chosen).catch(() => null) : null;
    if (found?.isDirectory() !== true)
      throw new ExpectedError('bad_folder', `"${chosen}" is no folder that is there. Name one with its whole path.`);
    return chosen;
  }
  const copying = { reader, files: store.artifacts.files };

  return {
    'backups.list': async () => ({ ...(await all()), revision: events.revision('backups.changed') }),
    'backups.make': async () => {
      try {
        await backup('manual');
      } catch (cause) {
        throw new ExpectedError('backup_failed', 'The backup could not be made. Free some space on the disk, check it, and try again.', {
          cause,
        });
      }
      return changed();
    },
    'backups.check': async ({ name }) => ({ isSound: (await reader.checkBackup(fileOf(name))).ok }),
    'backups.restore': async ({ name }) => {
      const verdict = await reader.checkBackup(fileOf(name));
      if (!verdict.ok) throw new ExpectedError('backup_damaged', `The backup ${name} is damaged. Choose another one.`);
      if (verdict.schema > newestKnownSchema)
        throw new ExpectedError('backup_too_new', `A newer version wrote the backup ${name}. Update the program first.`);
      writeRestoreRequest(folder.restoreRequest, name);
      return changed();
    },
    'backups.keepPresent': async () => {
      removeRestoreRequest(folder.restoreRequest);
      return changed();
    },
    'backups.writeCopy': async ({ path }, { kind }) => {
      const into = await folderOf(path, kind);
      if (into === null) return null;
      try {
        return await writeWholeCopy(copying, into, `Konspekt ${new Date(now()).toISOString().slice(0, 10)}`);
      } catch (cause) {
        throw new ExpectedError('cannot_write', `The copy could not be written into "${into}". Choose another folder.`, { cause });
      }
    },
    'backups.takeIn': async ({ path }, { kind }) => {
      const from = await folderOf(path, kind);
      if (from === null) return null;
      try {
        const taken = await takeInWholeCopy(copying, from, { folder, nowMs: now(), newestKnownSchema });
        await changed();
        return taken;
      } catch (error) {
        if (error instanceof WholeCopyError) throw new ExpectedError(error.code, error.message, { cause: error });
        throw error;
      }
    },
    'backups.restart': () => {
      if (restart === null)
        throw new ExpectedError('cannot_restart', 'This host cannot start itself again. Stop it and start it as you did before.');
      restart();
      return {};
    },
  };
}
