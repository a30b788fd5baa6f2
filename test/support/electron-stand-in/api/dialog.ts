import { modelled } from '../modelled.ts';
import { note } from '../record.ts';

/** Every dialog answers as if the person dismissed it; specs replace a method, as they do on the real Electron. */
type Modelled = Pick<
  Electron.Dialog,
  | 'showOpenDialog'
  | 'showSaveDialog'
  | 'showMessageBox'
  | 'showErrorBox'
  | 'showOpenDialogSync'
  | 'showSaveDialogSync'
  | 'showMessageBoxSync'
>;

const optionsOf = <T>(first: unknown, second: T | undefined): T => (second ?? first) as T;

export const dialog: Modelled = modelled('dialog', {
  async showOpenDialog(first: unknown, second?: Electron.OpenDialogOptions) {
    note('dialog.showOpenDialog', optionsOf(first, second));
    return { canceled: true, filePaths: [] };
  },
  async showSaveDialog(first: unknown, second?: Electron.SaveDialogOptions) {
    note('dialog.showSaveDialog', optionsOf(first, second));
    return { canceled: true, filePath: '' };
  },
  async showMessageBox(first: unknown, second?: Electron.MessageBoxOptions) {
    const options = optionsOf(first, second);
    note('dialog.showMessageBox', options);
    return { response: options.cancelId ?? 0, checkboxChecked: options.checkboxChecked ?? false };
  },
  showOpenDialogSync(first: unknown, second?: Electron.OpenDialogSyncOptions) {
    note('dialog.showOpenDialogSync', optionsOf(first, second));
    return undefined;
  },
  showSaveDialogSync(first: unknown, second?: Electron.SaveDialogSyncOptions) {
    note('dialog.showSaveDialogSync', optionsOf(first, second));
    return '';
  },
  showMessageBoxSync(first: unknown, second?: Electron.MessageBoxSyncOptions) {
    const options = optionsOf(first, second);
    note('dialog.showMessageBoxSync', options);
    return options.cancelId ?? 0;
  },
  showErrorBox(title: string, content: string) {
    note('dialog.showErrorBox', title, content);
  },
});
