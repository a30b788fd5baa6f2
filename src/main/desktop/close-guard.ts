import { dialog } from 'electron';
import type { App } from '../app/app.ts';
import type { ShellWords } from './words.ts';

export interface CloseGuardParams {
  readonly core: App;
  readonly words: () => ShellWords;
  readonly hide: () => void;
  readonly quit: () => void;
}

export interface CloseGuard {
  /** Asked by the window's close button: false when the window stays or goes to the tray. */
  mayClose(): boolean;
}

/** Closing hides the window into the tray; the first time with live jobs the person is asked which of the two they mean. */
export function createCloseGuard({ core, words, hide, quit }: CloseGuardParams): CloseGuard {
  let isAsking = false;

  async function ask(live: number): Promise<void> {
    isAsking = true;
    const text = words();
    const { response, checkboxChecked } = await dialog.showMessageBox({
      type: 'question',
      message: text.closeQuestion(live),
      detail: text.closeDetail,
      buttons: [text.keepWorking, text.stopAndQuit, text.cancel],
      defaultId: 0,
      cancelId: 2,
      checkboxLabel: text.remember,
      checkboxChecked: true,
      noLink: true,
    });
    isAsking = false;
    if (response === 2) return;
    if (checkboxChecked) core.settings.change({ onCloseWithJobs: response === 0 ? 'keep' : 'quit' });
    if (response === 0) hide();
    else quit();
  }

  return {
    mayClose() {
      const { running, queued } = core.status();
      const live = running + queued;
      const choice = core.settings.get().onCloseWithJobs;
      if (live === 0 || choice === 'keep') hide();
      else if (choice === 'quit') quit();
      else if (!isAsking) void ask(live);
      return false;
    },
  };
}
