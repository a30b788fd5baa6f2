import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Status } from '../../shared/contract/app.ts';
import { trayLook, type TrayLook } from './tray-look.ts';
import type { ShellWords } from './words.ts';

export interface TrayParams {
  readonly imagesDir: string;
  readonly words: () => ShellWords;
  readonly open: () => void;
  readonly setPaused: (paused: boolean) => void;
  readonly quit: () => void;
}

export interface ShellTray {
  /** Follows the status and the language; does nothing once destroyed. */
  show(status: Status): void;
  destroy(): void;
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
  return {
    show(status) {
      if (tray.isDestroyed()) return;
      const words = params.words();
      const look = trayLook(status);
      const tip = { idle: words.idle, working: words.working(status.running), 'needs-you': words.needsYou(status.waiting) }[look];
      const pauseLabel = status.paused ? words.resume : words.pause;
      const state = JSON.stringify([look, tip, words.open, pauseLabel, words.quit]);
      // Some desktops flicker when the menu is set anew.
      if (state === shown) return;
      shown = state;
      tray.setImage(image(look));
      tray.setToolTip(tip);
      tray.setContextMenu(
        Menu.buildFromTemplate([
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
