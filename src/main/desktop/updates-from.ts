import type { AppUpdater } from 'electron-updater';
import { UpdateError, type UpdateSource } from '../app/updates/update-source.ts';

const percent = 100;

/** electron-updater as a source of updates. `placesOnExit`: this kind of package can be replaced at the end without asking for a password. */
export function updatesFrom(load: () => Promise<AppUpdater>, placesOnExit: boolean): UpdateSource {
  let prepared: Promise<AppUpdater> | null = null;
  let loaded: AppUpdater | null = null;

  async function prepare(): Promise<AppUpdater> {
    const updater = await load();
    updater.autoDownload = false;
    // Asked for when its place is taken; with it off from the beginning the package's own way at exit is never armed.
    updater.autoInstallOnAppQuit = placesOnExit;
    updater.allowPrerelease = false;
    updater.allowDowngrade = false;
    // SECURITY: an installer that fetches the rest itself would bring what nobody has checked.
    updater.disableWebInstaller = true;
    updater.logger = null;
    // Every fault rejects the call it belongs to as well; unheard, the event would end the process.
    updater.on('error', () => undefined);
    loaded = updater;
    return updater;
  }
  const ready = (): Promise<AppUpdater> => (prepared ??= prepare());

  return {
    async check() {
      try {
        const found = await (await ready()).checkForUpdates();
        return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
      } catch (error) {
        throw asUpdateError(error);
      }
    },
    async download(tell) {
      const updater = await ready();
      const onProgress = (progress: { readonly percent: number }) => {
        tell(Math.min(1, progress.percent / percent));
      };
      updater.on('download-progress', onProgress);
      try {
        await updater.downloadUpdate();
      } catch (error) {
        throw asUpdateError(error);
      } finally {
        updater.off('download-progress', onProgress);
      }
    },
    placeOnExit(on) {
      if (loaded !== null && placesOnExit) loaded.autoInstallOnAppQuit = on;
    },
    restartInto(failed) {
      if (loaded === null) {
        failed();
        return;
      }
      loaded.once('error', failed);
      loaded.quitAndInstall(true, true);
    },
  };
}

/** Codes of electron-updater, Node and Chromium's network, and the names of its errors. */
const unreachable =
  /^(?:ERR_UPDATER_(?:CHANNEL_FILE_NOT_FOUND|LATEST_VERSION_NOT_FOUND|NO_PUBLISHED_VERSIONS)|HTTP_ERROR_\d+|E(?:NOTFOUND|AI_AGAIN|CONN\w+|TIMEDOUT|HOSTUNREACH|NETUNREACH))$/u;
const damaged = /^ERR_(?:CHECKSUM_MISMATCH|UPDATER_(?:INVALID_\w+|NO_CHECKSUM|NO_FILES_PROVIDED))$/u;

function asUpdateError(error: unknown): UpdateError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isNetwork = unreachable.test(code) || (error instanceof Error && error.message.startsWith('net::'));
  return new UpdateError(isNetwork ? 'unreachable' : damaged.test(code) ? 'damaged' : 'other', error);
}
