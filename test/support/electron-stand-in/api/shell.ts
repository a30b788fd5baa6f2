import { modelled } from '../modelled.ts';
import { note } from '../record.ts';

type Modelled = Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'trashItem' | 'beep'>;

/** Nothing outside of the program is opened or moved; the calls are recorded. */
export const shell: Modelled = modelled<Modelled>('shell', {
  async openExternal(url, options) {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    note('shell.openExternal', url, ...(options === undefined ? [] : [options]));
  },
  async openPath(path) {
    note('shell.openPath', path);
    return '';
  },
  showItemInFolder(path) {
    note('shell.showItemInFolder', path);
  },
  async trashItem(path) {
    note('shell.trashItem', path);
  },
  beep() {
    note('shell.beep');
  },
});
