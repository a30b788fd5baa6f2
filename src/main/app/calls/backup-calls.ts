import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Backups } from '../../../shared/contract/backups.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import { migrations } from '../../store/migrations/all.ts';
import { readRestoreRequest, removeRestoreRequest, writeRestoreRequest } from '../../store/restore-request.ts';
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
  { reader, events }: Pick<CallContext, 'reader' | 'events'>,
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
    'backups.restart': () => {
      if (restart === null)
        throw new ExpectedError('cannot_restart', 'This host cannot start itself again. Stop it and start it as you did before.');
      restart();
      return {};
    },
  };
}
