import { dialog, type BrowserWindow } from 'electron';
import type { Settings } from '../../shared/domain/settings.ts';
import type { App } from '../app/app-api.ts';
import type { ShellWords } from './words.ts';

export interface CloseGuardParams {
  readonly core: Pick<App, 'status' | 'settings' | 'changeSettings'>;
  readonly words: () => ShellWords;
  /** Takes the window out of sight; the program stays. */
  readonly hide: () => void;
  readonly quit: () => void;
}

export interface CloseGuard {
  /** Asked by the window's close button: false when the window stays or goes to the tray. */
  mayClose(window: BrowserWindow): boolean;
}

type Answer = 'keep' | 'quit' | 'stay';
/** In the order of the dialog's buttons. */
const answers: readonly Answer[] = ['keep', 'quit', 'stay'];

/** Closing hides the window into the tray; the first time with live jobs the person is asked which of the two they mean. */
export function createCloseGuard({ core, words, hide, quit }: CloseGuardParams): CloseGuard {
  let isAsking = false;

  async function ask(window: BrowserWindow, live: number): Promise<void> {
    isAsking = true;
    const text = words();
    try {
      const { response, checkboxChecked } = await dialog.showMessageBox(window, {
        type: 'question',
        message: text.closeQuestion(live),
        detail: text.closeDetail,
        buttons: [text.keepWorking, text.stopAndQuit, text.cancel],
        defaultId: answers.indexOf('keep'),
        cancelId: answers.indexOf('stay'),
        checkboxLabel: text.remember,
        checkboxChecked: true,
        noLink: true,
      });
      const answer = answers[response] ?? 'stay';
      if (answer === 'stay') return;
      if (checkboxChecked) core.changeSettings({ onCloseWithJobs: answer } satisfies Partial<Settings>);
      doAs(answer);
    } finally {
      isAsking = false;
    }
  }

  function doAs(answer: Exclude<Answer, 'stay'>): void {
    if (answer === 'keep') hide();
    else quit();
  }

  return {
    mayClose(window) {
      const { running, queued } = core.status();
      const live = running + queued;
      const choice = core.settings.get().onCloseWithJobs;
      if (live === 0) doAs('keep');
      else if (choice !== 'ask') doAs(choice);
      else if (!isAsking) void ask(window, live);
      return false;
    },
  };
}
