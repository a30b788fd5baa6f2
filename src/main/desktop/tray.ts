import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Status } from '../../shared/contract/app.ts';
import type { ShellWords } from './words.ts';

export type TrayLook = 'idle' | 'working' | 'needs-you';

export interface TrayParams {
  readonly imagesDir: string;
  readonly words: () => ShellWords;
  readonly open: () => void;
  readonly setPaused: (paused: boolean) => void;
  readonly quit: () => void;
}

export interface ShellTray {
  show(status: Status): void;
  destroy(): void;
}

export function trayLook(status: Pick<Status, 'running' | 'waiting'>): TrayLook {
  if (status.waiting > 0) return 'needs-you';
  return status.running > 0 ? 'working' : 'idle';
}

export function createTray(params: TrayParams): ShellTray {
  // macOS paints a template image to fit its menu bar; the name's ending tells it so.
  const image = (look: TrayLook) => nativeImage.createFromPath(join(params.imagesDir, process.platform === 'darwin' ? `tray-${look}-Template.png` : `tray-${look}.png`));
  const tray = new Tray(image('idle'));
  let shown = '';
  tray.on('click', params.open);
  return {
    show(status) {
      const words = params.words();
      const look = trayLook(status);
      const tip = { idle: words.idle, working: words.working(status.running), 'needs-you': words.needsYou(status.waiting) }[look];
      const state = JSON.stringify([look, tip, status.paused]);
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
            label: status.paused ? words.resume : words.pause,
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
