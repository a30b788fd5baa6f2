import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Status } from '../../shared/contract/app.ts';
import type { ApprovalAnswer, ApprovalView } from '../../shared/domain/approval.ts';
import type { ApprovalId, JobId } from '../../shared/domain/ids.ts';
import type { AskedOutside } from '../app/people/ask-words.ts';
import { trayLook, type TrayLook } from './tray-look.ts';
import type { ShellWords } from './words.ts';

export interface TrayParams {
  readonly imagesDir: string;
  readonly words: () => ShellWords;
  readonly open: () => void;
  /** What waits for the person, oldest first, as it can be told here. */
  readonly asked: () => readonly AskedInTray[];
  readonly show: (jobId: JobId) => void;
  readonly answer: (id: ApprovalId, answer: ApprovalAnswer) => void;
  readonly setPaused: (paused: boolean) => void;
  readonly quit: () => void;
}

export type AskedInTray = AskedOutside & Pick<ApprovalView, 'id' | 'jobId'>;

/** Questions in the menu: more would push the rest of it off a small screen; the window has them all. */
const shownAtMost = 5;

export interface ShellTray {
  /** Follows the status and the language; does nothing once destroyed. */
  show(status: Status): void;
  destroy(): void;
}

/** A menu takes `&` for the mark of an access key. */
function labelOf(text: string): string {
  return text.replaceAll('&', '&&');
}

/** Throws where the system refuses to make one; a Linux desktop without a tray accepts it and shows nothing. */
export function createTray(params: TrayParams): ShellTray {
  // macOS paints a template image to fit its menu bar; the name's ending tells it so.
  const image = (look: TrayLook) =>
    nativeImage.createFromPath(join(params.imagesDir, process.platform === 'darwin' ? `tray-${look}-Template.png` : `tray-${look}.png`));
  const tray = new Tray(image('idle'));
  let shown = '';
  // On macOS a click opens the menu, which has "open" in it.
  if (process.platform !== 'darwin') tray.on('click', params.open);
  function questions(asked: readonly AskedInTray[], words: ShellWords): Electron.MenuItemConstructorOptions[] {
    if (asked.length === 0) return [];
    const shown = asked.slice(0, shownAtMost).map(({ id, jobId, title, body, replies }): Electron.MenuItemConstructorOptions => ({
      id: `asked-${id}`,
      label: labelOf(body.split('\n', 1)[0] ?? title),
      submenu: [
        // SECURITY: a menu that allows tells all of what it allows; what does not fit here has no such item.
        ...body.split('\n').map(line => ({ label: labelOf(line), enabled: false })),
        { type: 'separator' },
        { id: `show-${id}`, label: words.showQuestion, click: () => params.show(jobId) },
        ...replies.map(({ label, answer }, at) => ({
          id: `reply-${id}-${at}`,
          label: labelOf(label),
          click: () => params.answer(id, answer),
        })),
      ],
    }));
    return [{ label: words.asked(asked.length), enabled: false }, ...shown, { type: 'separator' }];
  }

  return {
    show(status) {
      if (tray.isDestroyed()) return;
      const words = params.words();
      const look = trayLook(status);
      const tip = { idle: words.idle, working: words.working(status.running), 'needs-you': words.needsYou(status.waiting) }[look];
      const pauseLabel = status.paused ? words.resume : words.pause;
      const asked = params.asked();
      const state = JSON.stringify([asked, look, tip, words.open, pauseLabel, words.quit]);
      // Some desktops flicker when the menu is set anew.
      if (state === shown) return;
      shown = state;
      tray.setImage(image(look));
      tray.setToolTip(tip);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          ...questions(asked, words),
          { id: 'open', label: words.open, click: params.open },
          { type: 'separator' },
          {
            id: 'pause',
            label: pauseLabel,
            click: () => {
              params.setPaused(!status.paused);
            },
          },
          { type: 'separator' },
          { id: 'quit', label: words.quit, click: params.quit },
        ]),
      );
    },
    destroy() {
      tray.destroy();
    },
  };
}
